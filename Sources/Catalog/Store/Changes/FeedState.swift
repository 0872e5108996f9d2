import Database

/// How far the change feed goes, and from where on it is kept.
struct FeedState: Sendable, Hashable {
    /// Which database it is.
    let epoch: String
    /// The number of the last change.
    private(set) var head: Int64
    /// The highest number that was removed; who has seen less has missed something. 0 where nothing was.
    let removed: Int64
    /// From when on nothing was removed for its age; nil where nothing ever was.
    let keptSince: Int64?

    private static let removedName = "feed_removed"
    private static let sinceName = "feed_kept_since"

    static func read(_ transaction: any Transaction) throws -> FeedState {
        let head = try transaction.row("SELECT n FROM catalog_counters WHERE name = 'feed'")?.integer(0) ?? 0
        var values: [String: String] = [:]
        for row in try transaction.rows("SELECT name, value FROM catalog_state") {
            values[try row.text(0)] = try row.text(1)
        }
        return FeedState(
            epoch: values["epoch"] ?? "", head: head, removed: values[removedName].flatMap { Int64($0) } ?? 0,
            keptSince: values[sinceName].flatMap { Int64($0) })
    }

    /// The same as far as an index knows it.
    func asOf(_ head: Int64) -> FeedState {
        var state = self
        state.head = min(self.head, head)
        return state
    }

    /// Whether who has seen everything up to a number can go on from there.
    func canFollow(_ number: Int64, epoch: String) -> Bool {
        epoch == self.epoch && number <= head && number >= removed
    }

    /// Remembers what was removed, in the transaction that removes it.
    /// - Parameter since: the time of the newest of them where they were too old; nil where there were too many of one
    ///   entity.
    static func note(removed number: Int64, since: Int64?, _ transaction: any Transaction) throws {
        try raise(removedName, to: number, transaction)
        if let since { try raise(sinceName, to: since, transaction) }
    }

    private static func raise(_ name: String, to value: Int64, _ transaction: any Transaction) throws {
        let known = try text(name, transaction).flatMap { Int64($0) } ?? 0
        if value > known { try keep(name, String(value), transaction) }
    }

    static func text(_ name: String, _ transaction: any Transaction) throws -> String? {
        try transaction.row("SELECT value FROM catalog_state WHERE name = \(name)")?.text(0)
    }

    static func keep(_ name: String, _ value: String, _ transaction: any Transaction) throws {
        try transaction.run(
            """
            INSERT INTO catalog_state (name, value) VALUES (\(name), \(value))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """)
    }
}
