import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// `POST /starred`: sets stars and takes them away, from pages without scripts.
///
/// A cookie counts only where the form is the portal's own; that is seen to before any form gets here.
struct StarsForm: Sendable {
    let settings: any UserSettingsService
    let catalog: ServiceHandle<any CatalogService>

    static let path = "/starred"
    private static let mostAtOnce = 200
    /// So many references at their longest, encoded.
    private static let longestForm = 256 << 10
    private static let mostNamed = 3

    var routes: [Route] {
        [
            Route(
                .post, Self.path, access: .authenticated, maximumBodyBytes: Self.longestForm, isPage: true,
                handler: star)
        ]
    }

    private func star(_ request: PortalRequest) async throws -> PortalResponse {
        let user = try request.principal.settingsUser
        let form = try request.form
        let back = SafeURL.local(form["return"])
        let (references, isStarred) = try await request.refusing(on: back, { $0.interface.formNotUnderstood }) {
            try (form.references("entityRef"), Self.isStarred(form))
        }
        guard !references.isEmpty else { throw FormRefusal(request, on: back) { $0.essentials.noneToStar } }
        guard references.count <= Self.mostAtOnce else {
            throw FormRefusal(request, on: back) { $0.essentials.tooManyToStar(Self.mostAtOnce) }
        }
        // Taking away tells nothing of what there is.
        if isStarred { try await check(references, request, back) }
        try await request.refusing(on: back, { $0.essentials.tooManyStars(Stars.most) }) {
            try await Stars(settings, of: user).set(references, isStarred: isStarred)
        }
        var response = PortalResponse.redirect(back.text)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private static func isStarred(_ form: QueryParameters) throws -> Bool {
        switch form["starred"] {
        case "true": true
        case "false": false
        default: throw PortalError(.input, "The field starred must be true or false")
        }
    }

    /// One answer for what is missing and what is hidden.
    private func check(_ references: [EntityReference], _ request: PortalRequest, _ back: SafeURL) async throws {
        let catalog = try catalog.service
        let known = try await catalog.known(references, as: request.principal)
        let missing = references.filter { !known.contains($0) }.map(\.description)
        if missing.isEmpty { return }
        let named = Array(missing.prefix(Self.mostNamed))
        throw FormRefusal(request, on: back, kind: .notFound) {
            $0.essentials.notThereToStar(named, more: missing.count - named.count)
        }
    }
}
