import EntityModel
import Foundation
import HTTPTypes
import PortalKit

/// `GET|POST /api/callboard/v1/entities/export`: everything that matches, as CSV, JSON or NDJSON.
struct ExportAPI: Sendable {
    static let path = "/api/callboard/v1/entities/export"

    let index: PublishedIndex
    let policyVersion: @Sendable () throws -> String
    let personal: PersonalServices

    var routes: [Route] {
        let read = Route.Access.permission(CatalogPermissions.entityRead)
        let get = Route(.get, Self.path, access: read) { try await export($0, ExportQuery($0)) }
        let post = Route(.post, Self.path, access: read) {
            try await export($0, ExportQuery(body: JSONBody.object($0), $0))
        }
        return [
            QueryNames.checked(get, ExportQuery.names), QueryNames.checked(post, ExportQuery.namesBesideBody),
        ]
    }

    private func export(_ request: PortalRequest, _ query: ExportQuery) async throws -> PortalResponse {
        let context = ViewContext(principal: request.principal, now: .distantPast)
        let stars = query.isStarred ? try await personal.stars(of: context) : []
        // From here on one version: what changes while the file is sent is in the next one.
        let version = index.version
        let tag = try EntityTag(
            request, version, policyVersion: policyVersion(), and: [query.file.format.rawValue] + stars.sorted())
        if let unchanged = tag.unchanged(request) { return varying(unchanged) }
        let catalog = AuthorizedCatalog(version, decision: request.decision)
        let slots = try query.slots(in: catalog, for: request.principal, stars: stars)
        return varying(tag.answer(query.file.answer(slots, of: version)))
    }

    private func varying(_ response: PortalResponse) -> PortalResponse {
        var response = response
        response.headers[.vary] = "Accept"
        return response
    }
}
