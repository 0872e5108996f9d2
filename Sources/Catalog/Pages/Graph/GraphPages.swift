import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalUI

/// Serves the graph as a page and as a file.
struct GraphPages: Sendable {
    let index: PublishedIndex

    var contributions: [any Contribution] {
        let read = Route.Access.permission(CatalogPermissions.entityRead)
        return [
            Page("catalog-graph", path: "/catalog-graph", access: read, navigation: "catalog") { request, context in
                let catalog = AuthorizedCatalog(index.version, decision: request.decision)
                return GraphPage.load(GraphQuery(request.query), catalog, context).content
            },
            APIRoutes([
                Route(.get, "/catalog-graph/drawing.svg", access: read, isPage: true) { request in
                    let catalog = AuthorizedCatalog(index.version, decision: request.decision)
                    return file(GraphQuery(request.query), catalog, request.language)
                }
            ]),
        ]
    }

    private func file(_ query: GraphQuery, _ catalog: AuthorizedCatalog, _ language: Language) -> PortalResponse {
        let page = GraphPage.load(
            query, catalog, ViewContext(principal: .none, now: .distantPast, language: language),
            mostTies: GraphWalk.mostTiesInFile)
        let name = query.roots.first.map { "\($0.kind)-\($0.name)".lowercased() } ?? "graph"
        let title = language.catalog.graph(of: page.query.roots.map(\.description).joined(separator: ", "))
        let svg = GraphFile.svg(
            GraphDrawing(page.graph, direction: query.direction), title: title, language.interface)
        let safe = String(name.unicodeScalars.filter { $0.isASCII && $0 != "\"" && $0.value > 0x20 && $0.value < 0x7F })
        return PortalResponse(
            headers: [
                .contentType: GraphFile.contentType, .contentDisposition: "attachment; filename=\"\(safe).svg\"",
            ], body: svg.bytes)
    }
}
