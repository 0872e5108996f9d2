import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalUI

/// Turns the pages of plugins into routes, and serves what belongs to no plugin: assets, sign-in, help, how pages look.
struct PageRoutes: Sendable {
    static let signInPath = "/sign-in"
    private static let longestForm = 4_096

    let frame: LiveFrame
    let pages: [Page]
    let signIn: [SignInProvider]
    let clock: any PortalClock
    let isSecure: Bool
    let catalog: ServiceHandle<any CatalogService>
    let visits: ServiceHandle<any VisitService>

    var shell: PageShell { frame.current.shell }

    var routes: [Route] {
        (pages + [helpPage, signOutPage]).map(route) + home + [
            Route(
                .get, "/assets/{name}", access: .open(reason: "style and scripts, the same for everybody"),
                handler: asset),
            Route(
                .get, Self.signInPath, access: .open(reason: "offers the ways to sign in"), isPage: true,
                handler: signInPage),
            Route(
                .post, "/settings/view", access: .open(reason: "sets a cookie that holds how pages look, nothing else"),
                maximumBodyBytes: Self.longestForm, isPage: true, handler: setPreferences),
        ]
    }

    /// Of what is no page.
    var descriptions: [RouteDescription] {
        [
            RouteDescription(
                .get, "/assets/{name}", name: "GetAsset", group: "Portal",
                "A style sheet, script or picture of the pages; its name holds its content's hash",
                answers: [.content(200, ["*/*": [:]], "The file; packed where the client takes that.")],
                errors: [.notFound])
        ]
    }

    /// Leads to the catalog where no plugin has a home page.
    private var home: [Route] {
        if pages.contains(where: { $0.path == "/" }) { return [] }
        return [
            Route(.get, "/", access: .open(reason: "leads to the catalog"), isPage: true) { _ in
                .redirect("/catalog", status: .found)
            }
        ]
    }

    private func route(_ page: Page) -> Route {
        Route(.get, page.path, access: page.access, isPage: true) { request in
            let reader = await reader(request)
            let context = ViewContext(
                principal: request.principal, now: clock.now, requestID: request.id, language: reader.language,
                preferences: reader.preferences, refusal: request.refusal)
            let content = try await page.content(request, context)
            if let refusal = request.refusal { return refused(refusal, page, content, reader) }
            if page.isNoted, content.status == .ok { note(request, content.title) }
            let html = shell.html(content, current: content.navigation ?? page.navigation, for: reader)
            return Self.answer(html, content.status, request)
        }
    }

    /// A page with why the form that was sent from it cannot be taken.
    private func refused(
        _ refusal: FormRefusal, _ page: Page, _ content: PageContent, _ reader: PageShell.Reader
    ) -> PortalResponse {
        let noted = PageContent(
            content.title, trail: content.trail, navigation: content.navigation, modules: content.modules,
            html: HTML { h in
                h.add(RefusalNote.html(refusal, reader.language))
                h.add(content.html)
            })
        var response = PortalResponse.html(
            shell.html(noted, current: content.navigation ?? page.navigation, for: reader),
            status: HTTPResponse.Status(code: refusal.kind.statusCode))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Notes that somebody was there. Parts of one entity's page count as one; a part that scripts fetch is no visit,
    /// nor is the question whether a page may still be shown.
    private func note(_ request: PortalRequest, _ title: String) {
        if request.method == .head { return }
        if let part = Self.part, request.headers[part] != nil { return }
        guard let visits = try? visits.service else { return }
        let entity = Self.entity(of: request)
        let path = request.target.prefix { $0 != "?" && $0 != "#" }
        let isTab = entity != nil && request.parameters["tab"] != nil
        let shown = isTab ? path.lastIndex(of: "/").map { path[..<$0] } ?? path : path
        visits.record(String(shown), title: title, entity: entity, by: request.principal)
    }

    private static let part = HTTPField.Name("X-Part")

    /// What a page is about whose path names an entity.
    private static func entity(of request: PortalRequest) -> EntityReference? {
        guard let kind = request.parameters["kind"], let namespace = request.parameters["namespace"],
            let name = request.parameters["name"]
        else { return nil }
        return EntityReference(kind: kind, namespace: namespace, name: name)
    }

    /// The page, or 304 where the browser has exactly it.
    private static func answer(
        _ html: HTML, _ status: HTTPResponse.Status, _ request: PortalRequest
    ) -> PortalResponse {
        var response = PortalResponse.html(html, status: status)
        if status == .ok {
            let tag = "W/\"\(String(ContentHash.of(html.bytes), radix: 36))\""
            response.headers[.eTag] = tag
            response.headers[.cacheControl] = "private, no-cache"
            response.headers[.vary] = "Accept-Encoding"
            if request.headers[.ifNoneMatch] == tag {
                response.status = .notModified
                response.headers[.contentType] = nil
                response.body = []
                return response
            }
        }
        return response
    }

    /// What the frame shows of the person and their choices.
    func reader(_ request: PortalRequest) async -> PageShell.Reader {
        let preferences = ViewPreferences(of: request.headers)
        let language = request.language
        var name: String?
        var profile: SafeURL?
        switch request.principal {
        case .none: break
        case .user(let user):
            let reference = try? EntityReference(parsing: user.userEntityRef)
            name = reference.map { Self.name($0, language) } ?? user.userEntityRef
            profile = reference.map { EntityLink.url($0) }
            // The frame is drawn without the catalog as well as with it.
            if let reference,
                let entity = try? await catalog.service.listed([reference], as: request.principal)[reference]
            {
                name = EntityName.title(of: entity)
            }
        case .service(let service): name = service.subject
        }
        return PageShell.Reader(
            name: name, principal: request.principal, profile: profile, preferences: preferences,
            language: language, path: request.target)
    }

    /// What somebody is called whom the catalog does not have.
    private static func name(_ reference: EntityReference, _ language: Language) -> String {
        reference.name.lowercased() == "guest" ? language.interface.guest : EntityLink.shortName(reference)
    }

    private func asset(_ request: PortalRequest) async throws -> PortalResponse {
        guard let file = shell.frame.assets.file(at: "/assets/\(try request.parameter("name"))") else {
            throw PortalError(.notFound, "There is no such asset")
        }
        var response = PortalResponse(
            headers: [
                .contentType: file.contentType, .cacheControl: "public, max-age=31536000, immutable",
                .vary: "Accept-Encoding",
            ], body: file.bytes)
        if let packed = file.packed, Gzip.isAccepted(by: request.headers) {
            response.body = packed
            response.headers[.contentEncoding] = "gzip"
        }
        return response
    }
}
