import Database
import EntityModel
import PortalKit

/// Which of several sources that declare the same entity has it. Who had it keeps it, over restarts too. Of those that
/// are read together for the first time it is the one whose location is first in the order of text: which of them is read
/// sooner is chance.
struct Precedence {
    private static let state = "settled"

    /// Entities up to this one belong to whoever has them.
    private let settled: Int64
    private let transaction: any Transaction

    init(_ transaction: any Transaction) throws {
        self.transaction = transaction
        settled = try Self.settled(transaction) ?? .max
    }

    /// Whether what `source` declares comes before what the present owner does.
    func isFirst(_ source: ClaimedSource, before owner: Int64, of entity: EntityDraft.Row) throws -> Bool {
        guard entity.id > settled,
            let row = try transaction.row("SELECT target, type FROM catalog_sources WHERE id = \(owner)")
        else { return false }
        let other = LocationReference(type: try row.text(1), target: try row.text(0))
        // What stands for a location is no file's.
        if entity.reference == GeneratedLocation.reference(of: other) { return false }
        return (source.location.target, source.location.type) < (other.target, other.type)
    }

    /// The owner's version waits from here on, and the newcomer has the entity.
    func giveWay(
        _ reference: String, from owner: Int64, to heir: Int64, now: Int64, _ draft: inout EntityDraft
    ) throws {
        try transaction.run(
            """
            INSERT INTO catalog_claims (ref, source_id, body, edges, hash, claimed_at)
            SELECT ref, source_id, body, edges, hash, \(now) FROM catalog_entities
            WHERE ref = \(reference) AND source_id = \(owner)
            """)
        draft.move(reference, to: heir)
        draft.note(reference) { notes in
            notes = notes.ofOthers
            // Any version of the heir is better than one of somebody else.
            notes.isPartial = true
        }
        try EntityClaims.withdraw([reference], from: heir, &draft, transaction)
        try EntityClaims.retell(reference, heir: heir, &draft, transaction)
    }
}

/// When what there is has been settled.
extension Precedence {
    /// Called before anything is read. What there is then was settled by earlier starts.
    static func begin(_ transaction: any Transaction) throws {
        if try settled(transaction) != nil { return }
        let last = try lastEntity(transaction)
        try transaction.run(
            "INSERT INTO catalog_state (name, value) VALUES (\(state), \(String(last))) ON CONFLICT (name) DO NOTHING")
    }

    /// Called where nothing is due, and now and then where something always is: once every source was read, those who
    /// lost something to a location that comes before are asked to say so; where nobody did, everybody keeps what is
    /// theirs from here on.
    /// - Returns: whether something is due now.
    @discardableResult
    static func settle(in database: any SQLDatabase) async throws -> Bool {
        guard try await database.read(isUnsettled) else { return false }
        return try await database.write { transaction in
            guard try isUnsettled(transaction), try !hasUnread(transaction) else { return false }
            if try askDisplaced(transaction) { return true }
            let last = try lastEntity(transaction)
            try transaction.run("UPDATE catalog_state SET value = \(String(last)) WHERE name = \(state)")
            return false
        }
    }

    /// Beside the keys of what a source reads, which go with its next reading as this does: that says what it lost.
    private static let displaced = "displaced:"

    /// Keeps which sources lost something, until they are read again. Whoever takes it from them holds entities, and asks
    /// for no other source then: its reader has that source, and may wait for those entities.
    static func remember(_ ids: Set<Int64>, in transaction: any Transaction) throws {
        try StatementBatch.insert(
            "INSERT INTO catalog_refresh_keys (key, source_id)",
            rows: ids.sorted().map { [.text(displaced), .integer($0)] },
            tail: "ON CONFLICT (key, source_id) DO NOTHING",
            in: transaction)
    }

    private static func askDisplaced(_ transaction: any Transaction) throws -> Bool {
        let ids = try transaction.rows(
            "SELECT source_id FROM catalog_refresh_keys WHERE key = \(displaced) ORDER BY source_id"
        ).map { try $0.integer(0) }
        // The sources first: who stores what one says has it, and then takes its keys away.
        try SourceStore.requestAnew(Set(ids), in: transaction)
        try StatementBatch.lists(ids) {
            try transaction.run(
                "DELETE FROM catalog_refresh_keys WHERE key = \(displaced) AND source_id IN \(list: $0)")
        }
        return !ids.isEmpty
    }

    private static func settled(_ transaction: any Transaction) throws -> Int64? {
        try transaction.row("SELECT value FROM catalog_state WHERE name = \(state)").flatMap { Int64(try $0.text(0)) }
    }

    private static func lastEntity(_ transaction: any Transaction) throws -> Int64 {
        try transaction.row("SELECT n FROM catalog_counters WHERE name = 'entity'")?.integer(0) ?? 0
    }

    @Sendable private static func isUnsettled(_ transaction: any Transaction) throws -> Bool {
        guard let settled = try settled(transaction) else { return false }
        return try settled != lastEntity(transaction)
    }

    /// Whether a source is still to be read for the first time. It has been asked for: of many sources few are, so that
    /// little is looked through.
    private static func hasUnread(_ transaction: any Transaction) throws -> Bool {
        try transaction.row(
            """
            SELECT 1 FROM catalog_sources WHERE next_at = 0
            AND succeeded_at IS NULL AND failing_since IS NULL AND missing_since IS NULL LIMIT 1
            """) != nil
    }
}
