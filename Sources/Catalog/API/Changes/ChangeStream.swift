import EntityModel
import HTTPTypes
import Logging
import PortalKit

/// Where a subscriber is in the change feed: `<epoch>:<number>`.
struct StreamPosition: Sendable, Hashable {
    let number: Int64
    let epoch: String

    init(_ number: Int64, _ epoch: String) {
        self.number = number
        self.epoch = epoch
    }

    var text: String { "\(epoch):\(number)" }

    /// - Returns: nil for what is none; the number alone is of the database that there is.
    init?(_ text: String, epoch: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let number = parts.last.flatMap({ Int64($0) }), number >= 0 else {
            return nil
        }
        self.init(number, parts.count == 2 ? String(parts[0]) : epoch)
    }
}

/// `/api/callboard/v1/changes/stream`: every change that a subscriber may read, once and in the order of commits.
struct ChangeStream: Sendable {
    private static let lastID = HTTPField.Name("Last-Event-ID")
    private static let after = "after"
    /// What follows has no end, and begins where `after` says.
    static let filterNames = ChangeQuery.filterNames.filter { !ChangeQuery.timeNames.contains($0) }

    let log: ChangeLog
    let index: PublishedIndex
    var heartbeat: Duration = .seconds(15)

    func answer(_ request: PortalRequest) async throws -> PortalResponse {
        let filter = try ChangeQuery.filter(request.query, Self.filterNames, and: [Self.after])
        let state = try await log.state()
        let decision = request.decision
        let reader = ChangeReader(
            log: log, index: index, position: try position(request, state),
            sieve: { ChangeSieve(filter, AuthorizedCatalog($0, decision: decision)) }, heartbeat: heartbeat)
        var response = PortalResponse()
        response.stream = { { await reader.next() } }
        return response
    }

    /// Where it goes on: what the client has seen last, what the address says, or now.
    private func position(_ request: PortalRequest, _ state: FeedState) throws -> StreamPosition {
        let header = Self.lastID.flatMap { request.headers[$0] }.flatMap { $0.isEmpty ? nil : $0 }
        guard let text = header ?? request.query[Self.after] else { return StreamPosition(state.head, state.epoch) }
        guard let position = StreamPosition(text, epoch: state.epoch) else {
            let name = header == nil ? "request/query/after" : "The header Last-Event-ID"
            throw PortalError(.input, "\(name) must be the id of an event, or a change's number")
        }
        return position
    }
}
