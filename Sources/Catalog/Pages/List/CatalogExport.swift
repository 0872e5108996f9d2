import EntityModel
import Foundation
import HTTPTypes
import PortalKit

/// `GET /catalog/export`: the whole result of the page's filters, or the rows that were chosen, as a file. Programs have
/// `ExportAPI`, which takes the parameters of by-query.
struct CatalogExport: Sendable {
    let index: PublishedIndex
    let personal: PersonalServices

    static let url: SafeURL = "/catalog/export"

    static func url(_ filters: CatalogFilters, _ format: ExportFormat) -> SafeURL {
        SafeURL("\(url.text)?format=\(format.rawValue)&\(filters.query)") ?? url
    }

    var route: Route {
        Route(
            .get, "/catalog/export", access: .permission(CatalogPermissions.entityRead), isPage: true,
            handler: export)
    }

    private func export(_ request: PortalRequest) async throws -> PortalResponse {
        guard let format = ExportFormat(rawValue: request.query["format"] ?? "csv") else {
            throw PortalError(.input, "The format must be csv, json or ndjson")
        }
        let filters = CatalogFilters(request.query)
        // A file cannot say what it leaves aside, as the page does.
        if let other = filters.ignored.first {
            throw PortalError(
                .input,
                "A part of the address is not understood: \(other.text)")
        }
        let context = ViewContext(principal: request.principal, now: .distantPast)
        let stars = filters.isStarred ? try await personal.stars(of: context) : []
        // One version for what matches and for what is written of it.
        let version = index.version
        let catalog = AuthorizedCatalog(version, decision: request.decision)
        let slots = slots(request, filters, catalog, ListScope(catalog, context.user, stars: stars))
        // Who saves a table from a page opens it in a spreadsheet.
        var response = ExportedFile(format: format, hasByteOrderMark: format == .csv).answer(slots, of: version)
        response.headers[.cacheControl] = "private, no-store"
        return response
    }

    private func slots(
        _ request: PortalRequest, _ filters: CatalogFilters, _ catalog: AuthorizedCatalog, _ scope: ListScope
    ) -> [UInt32] {
        let chosen = request.query.all(BulkBar.field)
        guard chosen.isEmpty else {
            return chosen.compactMap { text in
                (try? EntityReference(parsing: text)).flatMap { catalog.slot(reference: $0.description) }
            }
        }
        let found = scope.matches(filters)
        return catalog.version.index.page(of: found, order: filters.order, limit: found.count).slots
    }
}
