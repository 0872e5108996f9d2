import EntityModel
import HTTPTypes
import PortalKit

/// Tells open pages that the catalog has changed, and nothing of what: that would have to be judged for each of them.
struct CatalogEvents: Sendable {
    static let path = "/catalog/events"
    /// The number that a page was made of, so that nothing is missed between the page and its first connection.
    static let after = "after"

    private static let lastID = HTTPField.Name("Last-Event-ID")

    let index: PublishedIndex

    static let description = RouteDescription(
        .get, path, name: "GetCatalogEvents", group: "Portal", "Tells open pages that the catalog has changed",
        parameters: [
            .query(after, .text, "The number that the page was made of."),
            .header("Last-Event-ID", .text, "The last number that was told."),
        ],
        answers: [
            .content(200, ["text/event-stream": .text], "Numbers of changes, for as long as somebody listens."),
            .content(429, ["text/plain": .text], "Too many pages of theirs listen already."),
        ])

    var route: Route {
        Route(.get, Self.path, access: .permission(CatalogPermissions.entityRead)) { [index] request in
            let last = Self.lastID.flatMap { request.headers[$0] } ?? request.query[Self.after]
            var response = PortalResponse()
            response.events = {
                index.heads(after: last.flatMap { Int64($0) })
            }
            return response
        }
    }
}

extension PublishedIndex {
    fileprivate func heads(after known: Int64?) -> AsyncStream<ServerEvent> {
        let heads = changes(after: known)
        return AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let task = Task {
                for await head in heads { continuation.yield(ServerEvent("changed", id: String(head))) }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
