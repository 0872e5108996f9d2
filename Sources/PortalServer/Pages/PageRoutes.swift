import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalUI

/// Turns the pages of plugins into routes, and serves what belongs to no plugin: assets, sign-in, theme, the root.
struct PageRoutes: Sendable {
    static let signInPath = "/sign-in"
    private static let themeCookie = "callboard-theme"
    private static let longestForm = 4_096

    let frame: LiveFrame
    let pages: [Page]
    let signIn: [SignInProvider]
    let clock: any PortalClock
    let isSecure: Bool
    let catalog: ServiceHandle<any CatalogService>

    var shell: PageShell { frame.current }

    var routes: [Route] {
        pages.map(route) + [
            Route(.get, "/", access: .open(reason: "leads to the catalog"), isPage: true) { _ in
                .redirect("/catalog", status: .found)
            },
            Route(
                .get, "/assets/{name}", access: .open(reason: "style and scripts, the same for everybody"),
                handler: asset),
            Route(
                .get, Self.signInPath, access: .open(reason: "offers the ways to sign in"), isPage: true,
                handler: signInPage),
            Route(
                .post, "/theme", access: .open(reason: "sets a cookie that holds light or dark, nothing else"),
                maximumBodyBytes: Self.longestForm, isPage: true, handler: setTheme),
        ]
    }

    private func route(_ page: Page) -> Route {
        Route(.get, page.path, access: page.access, isPage: true) { request in
            let context = ViewContext(principal: request.principal, now: clock.now, requestID: request.id)
            let content = try await page.content(request, context)
            let html = shell.html(content, current: content.navigation ?? page.navigation, for: await reader(request))
            return Self.answer(html, content.status, request)
        }
    }

    /// The page, or 304 where the browser has exactly it.
    private static func answer(
        _ html: HTML, _ status: HTTPResponse.Status, _ request: PortalRequest
    ) -> PortalResponse {
        var response = PortalResponse.html(html, status: status)
        if status != .ok { return response }
        let hash = html.bytes.withUnsafeBufferPointer { bytes in
            bytes.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
        let tag = "W/\"\(String(hash, radix: 36))\""
        if request.headers[.ifNoneMatch] == tag { response = PortalResponse(.notModified) }
        response.headers[.eTag] = tag
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }

    /// What the frame shows of the person and their choices.
    func reader(_ request: PortalRequest) async -> PageShell.Reader {
        var name: String?
        var profile: SafeURL?
        switch request.principal {
        case .none: break
        case .user(let user):
            let reference = try? EntityReference(parsing: user.userEntityRef)
            name = reference.map(Self.name) ?? user.userEntityRef
            profile = reference.map { EntityLink.url($0) }
            // The frame is drawn without the catalog as well as with it.
            if let reference,
                let entity = try? await catalog.service.entity(reference, as: request.principal)
            {
                name = EntityName.title(of: entity)
            }
        case .service(let service): name = service.subject
        }
        return PageShell.Reader(name: name, profile: profile, theme: theme(request.headers), path: request.target)
    }

    /// What somebody is called whom the catalog does not have.
    private static func name(_ reference: EntityReference) -> String {
        reference.name.lowercased() == "guest" ? "Guest" : EntityLink.shortName(reference)
    }

    private func theme(_ headers: HTTPFields) -> String? {
        for field in headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                guard parts.count == 2, parts[0] == Self.themeCookie else { continue }
                return ["light", "dark"].contains(parts[1]) ? parts[1] : nil
            }
        }
        return nil
    }

    private func setTheme(_ request: PortalRequest) async throws -> PortalResponse {
        let form = QueryParameters(String(decoding: request.body, as: UTF8.self))
        let theme = form["theme"] ?? "auto"
        guard ["auto", "light", "dark"].contains(theme) else {
            throw PortalError(.input, "The theme must be auto, light or dark")
        }
        let back = SafeURL(form["return"] ?? "/").flatMap { $0.isLocal ? $0.text : nil } ?? "/"
        var response = PortalResponse.redirect(back)
        let age = theme == "auto" ? 0 : 31_536_000
        let cookie = "\(Self.themeCookie)=\(theme); Path=/; Max-Age=\(age); SameSite=Lax\(isSecure ? "; Secure" : "")"
        response.headers[.setCookie] = cookie
        return response
    }

    private func asset(_ request: PortalRequest) async throws -> PortalResponse {
        guard let file = Assets.shared.file(at: "/assets/\(try request.parameter("name"))") else {
            throw PortalError(.notFound, "There is no such asset")
        }
        return PortalResponse(
            headers: [.contentType: file.contentType, .cacheControl: "public, max-age=31536000, immutable"],
            body: file.bytes)
    }
}
