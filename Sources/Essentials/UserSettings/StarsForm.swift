import EntityModel
import HTTPTypes
import PortalKit

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
        let references = try Self.references(form)
        let isStarred = try Self.isStarred(form)
        // Taking away tells nothing of what there is.
        if isStarred { try await check(references, request.principal) }
        try await Stars(settings, of: user).set(references, isStarred: isStarred)
        var response = PortalResponse.redirect(SafeURL.local(form["return"]).text)
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

    private static func references(_ form: QueryParameters) throws -> [EntityReference] {
        let references = try form.references("entityRef")
        guard !references.isEmpty else { throw PortalError(.input, "The field entityRef names no entity") }
        guard references.count <= mostAtOnce else {
            throw PortalError(.input, "More than \(mostAtOnce) entities cannot be starred at once")
        }
        return references
    }

    /// One answer for what is missing and what is hidden.
    private func check(_ references: [EntityReference], _ principal: Principal) async throws {
        let catalog = try catalog.service
        let known = try await catalog.known(references, as: principal)
        let missing = references.filter { !known.contains($0) }.map(\.description)
        if missing.isEmpty { return }
        let more = missing.count - Self.mostNamed
        let named = missing.prefix(Self.mostNamed).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        throw PortalError(.notFound, "There is no \(named) in the catalog; nothing was starred")
    }
}
