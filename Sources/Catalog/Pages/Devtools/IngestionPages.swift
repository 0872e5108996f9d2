import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// What operators see of reading: the tab of `/devtools`, and asking for a source to be read.
struct IngestionPages: Sendable {
    /// All sources, as the store has them.
    typealias Overview = @Sendable (SourceOverview.Wish) async throws -> SourceOverview

    let overview: Overview
    let sources: SourceStore
    let index: PublishedIndex
    let operators: Operators
    let report: ServiceHandle<any PortalReport>
    let paths: @Sendable () -> ShownPaths

    static let path = "/devtools/ingestion"
    private static let readPath = "/devtools/ingestion/read"
    private static let longestForm = 4 << 10

    var contributions: [any Contribution] {
        [
            DevtoolsPanel("ingestion", rank: 30, title: { $0.ingestion.ingestion }) { request, context in
                try await panel(request, context).html
            },
            DevtoolsFact(title: { $0.ingestion.entities }) { [index] _ in
                Plain.html(String(index.current.count))
            },
            DevtoolsFact(title: { $0.ingestion.bodies }) { [index] context in
                Plain.html(context.interface.size(index.current.bodies.bytes))
            },
            DevtoolsFact(title: { $0.ingestion.memoryOfEach }) { [index, report] context in
                let count = index.current.count
                guard count > 0, let bytes = try report.service.process().residentBytes else { return Plain.html("–") }
                return Plain.html(context.interface.size(bytes / count))
            },
            DevtoolsFact(title: { $0.ingestion.change }) { [index] _ in
                Plain.html(String(index.current.head))
            },
            APIRoutes([
                Route(
                    .post, Self.readPath, access: .permission(CatalogPermissions.entityRefresh),
                    maximumBodyBytes: Self.longestForm, isPage: true, handler: read),
                Route(.get, "/catalog-unprocessed-entities", access: .authenticated, isPage: true) { _ in
                    .redirect("\(Self.path)?failing=true", status: .found)
                },
            ]),
        ]
    }

    private func panel(_ request: PortalRequest, _ context: ViewContext) async throws -> IngestionPanel {
        let view = IngestionPanel.View(request.query)
        return IngestionPanel(
            overview: try await overview(view.wish), view: view, paths: paths(),
            isAsked: request.query[IngestionPanel.asked] == "true", context: context)
    }

    /// Asks for one source to be read as soon as possible.
    private func read(_ request: PortalRequest) async throws -> PortalResponse {
        guard operators.contains(request.principal) else { throw Operators.refusal }
        // What holds for some entities alone says nothing of a whole source.
        guard request.decision == .allow else {
            throw PortalError(.notAllowed, "Reading whole sources again is not allowed")
        }
        let form = try request.form
        let view = IngestionPanel.View(QueryParameters(form["view"] ?? ""))
        guard let id = form["source"].flatMap({ Int64($0) }) else {
            throw FormRefusal(request, on: view.url(page: view.page)) { $0.interface.formNotUnderstood }
        }
        try await sources.request([id])
        var response = PortalResponse.redirect(view.url(page: view.page, isAsked: true).text)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The form that asks for a source; `view` brings people back to where they were.
    static func readForm(
        _ id: Int64, of target: String, _ view: IngestionPanel.View, _ words: any IngestionWords
    ) -> HTML {
        let query = view.url(page: view.page).text.split(separator: "?", maxSplits: 1).dropFirst().first
        return QuietButton.form(
            words.readNow, label: words.readNow(target), to: "/devtools/ingestion/read",
            fields: [("source", String(id)), ("view", query.map(String.init) ?? "")])
    }
}
