import EntityModel
import PortalKit

/// Reads the change feed for one subscriber, as fast as that one takes it: nothing is held but one page.
actor ChangeReader {
    private static let mostChanges = 100
    /// What the client waits before it comes back, in milliseconds.
    private static let hello = "retry: 1000\n\n"

    private let log: ChangeLog
    private let index: PublishedIndex
    private let sieve: @Sendable (IndexVersion) -> ChangeSieve
    private let heartbeat: Duration
    private var position: StreamPosition
    /// The last that was told, also without an event.
    private var told: StreamPosition
    private var isNew = true

    init(
        log: ChangeLog, index: PublishedIndex, position: StreamPosition,
        sieve: @escaping @Sendable (IndexVersion) -> ChangeSieve, heartbeat: Duration
    ) {
        self.log = log
        self.index = index
        self.position = position
        self.sieve = sieve
        self.heartbeat = heartbeat
        told = position
    }

    /// What is told next, or a sign of life; nil where the database does not answer, and the client had better come back.
    func next() async -> [UInt8]? {
        if isNew {
            isNew = false
            return Array(Self.hello.utf8)
        }
        let end = ContinuousClock.now + heartbeat
        while !Task.isCancelled {
            let version = index.version
            guard let text = try? await step(version) else { return nil }
            if !text.isEmpty { return Array(text.utf8) }
            // More may be there already; else what the index learns next is waited for.
            if position.number < version.index.head, ContinuousClock.now < end { continue }
            guard await isAwaited(version.index.head, until: end) else { return Array(life.utf8) }
        }
        return nil
    }

    /// What is not told of is passed, too: who comes back much later does not begin before all of it.
    private var life: String {
        if told == position { return ":\n\n" }
        told = position
        return "id: \(position.text)\n\n"
    }

    /// One page.
    private func step(_ version: IndexVersion) async throws -> String {
        let following = try await log.following(
            position.number, epoch: position.epoch, upTo: version.index.head, sieve(version), count: Self.mostChanges)
        switch following {
        case .changes(let changes, let end):
            position = StreamPosition(end, position.epoch)
            if let last = changes.last { told = StreamPosition(last.change.number, position.epoch) }
            return changes.map(event).joined()
        case .broken(let state):
            let reason = Self.reason(position, state)
            position = StreamPosition(state.head, state.epoch)
            told = position
            return Self.text("reset", position, ["reason": .string(reason), "number": .number(Double(state.head))])
        }
    }

    /// Why nobody knows what follows upon a position.
    private static func reason(_ position: StreamPosition, _ state: FeedState) -> String {
        if state.epoch != position.epoch { return "replaced" }
        return position.number > state.head ? "unknown" : "removed"
    }

    private func event(_ entry: CatalogChange) -> String {
        Self.text(
            "change", StreamPosition(entry.change.number, position.epoch),
            ChangeJSON.object(entry, Set(ChangeJSON.fields)))
    }

    private static func text(_ name: String, _ id: StreamPosition, _ data: JSONValue) -> String {
        "event: \(name)\nid: \(id.text)\ndata: \(JSONWriter.text(data))\n\n"
    }

    /// Waits for a newer index.
    /// - Returns: false where the time is up.
    private func isAwaited(_ head: Int64, until end: ContinuousClock.Instant) async -> Bool {
        let heads = index.changes(after: head)
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in heads { return true }
                return false
            }
            group.addTask {
                try? await Task.sleep(until: end)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }
}
