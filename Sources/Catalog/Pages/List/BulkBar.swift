import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// What can be done with the rows that are chosen; it shows once one is.
enum BulkBar {
    static let form = "bulk"
    static let field = "entityRef"

    static func html(_ filters: CatalogFilters, canStar: Bool, _ context: ViewContext) -> HTML {
        let words = context.words
        var acts: [SelectionBar.Act] = []
        if canStar {
            acts.append(.init(context.interface.star, to: "/starred", field: ("starred", "true")))
            acts.append(.init(words.removeStars, to: "/starred", field: ("starred", "false")))
        }
        acts.append(.init(words.refresh, to: BulkRefresh.url))
        acts.append(.init(words.exportCSV, to: CatalogExport.url, field: ("format", "csv"), method: "get"))
        acts.append(.init(words.exportJSON, to: CatalogExport.url, field: ("format", "json"), method: "get"))
        return SelectionBar.html(id: form, chosen: words.chosen, back: filters.url.text, acts)
    }
}

/// `POST /catalog/refresh`: asks for the sources of several entities.
struct BulkRefresh: Sendable {
    let index: PublishedIndex
    let sources: SourceStore
    let permissions: ServiceHandle<any PermissionService>

    static let url: SafeURL = "/catalog/refresh"
    static let doneParameter = "refreshed"
    private static let most = 200
    private static let longestForm = 256 << 10

    var route: Route {
        Route(
            .post, "/catalog/refresh", access: .permission(CatalogPermissions.entityRefresh),
            maximumBodyBytes: Self.longestForm, isPage: true, handler: refresh)
    }

    private func refresh(_ request: PortalRequest) async throws -> PortalResponse {
        let form = try request.form
        let back = SafeURL.local(form["return"], else: "/catalog")
        let references = try await request.refusing(on: back, { $0.interface.formNotUnderstood }) {
            Set(try form.references(BulkBar.field).map(\.description))
        }
        guard !references.isEmpty else { throw FormRefusal(request, on: back) { $0.catalog.noneChosen } }
        guard references.count <= Self.most else {
            throw FormRefusal(request, on: back) { $0.catalog.tooManyChosen(Self.most) }
        }
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        // What may not be read is not counted either.
        let readable = try await AuthorizedCatalog.read(index, by: request.principal, permissions)
        var ids: Set<Int64> = []
        var count = 0
        for reference in references
        where catalog.slot(reference: reference) != nil && readable.slot(reference: reference) != nil {
            ids.formUnion(try await sources.sources(of: reference) ?? [])
            count += 1
        }
        if !ids.isEmpty { try await sources.request(ids.sorted()) }
        return .redirect("\(back)\(back.text.contains("?") ? "&" : "?")\(Self.doneParameter)=\(count)")
    }
}
