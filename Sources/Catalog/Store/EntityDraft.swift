import Database
import EntityModel
import Foundation

/// The entities that one transaction touches: loaded, changed in memory, and written with their feed rows at the end.
struct EntityDraft {
    /// An entity as the store keeps it, without its body, which is rarely needed.
    struct Row {
        let id: Int64
        let reference: String
        let uid: String
        /// Who declares it; nil for an orphan.
        var sourceID: Int64?
        var hash: String
        var notes: EntityNotes
    }

    /// What an entity's file says.
    struct Content {
        let body: [UInt8]
        let edges: String
        let hash: String
    }

    private let transaction: any Transaction
    private let now: Int64
    private let cause: ChangeCause
    private var original: [String: Row] = [:]
    private var rows: [String: Row] = [:]
    private var contents: [String: Content] = [:]
    private var missing: Set<String> = []
    /// Of sources that may lose entities here, by id.
    var places: [Int64: String] = [:]

    /// Entities that were created since, without an id yet.
    private var created: [String] = []

    /// - Parameter cause: of all that is changed here, for the history.
    init(_ transaction: any Transaction, now: Int64, cause: ChangeCause) {
        self.transaction = transaction
        self.now = now
        self.cause = cause
    }

    private static let columns: SQL = "SELECT id, ref, uid, source_id, hash, notes FROM catalog_entities"

    /// PostgreSQL has several writers, and what is loaded is written back whole: notes of a Location that two of its
    /// sources change at once would otherwise lose those of one.
    private var lock: SQL { transaction.dialect == .postgres ? "FOR UPDATE" : "" }

    /// Loads the entities of a source.
    /// - Returns: their references, and those of what the source was given since.
    mutating func load(source: Int64) throws -> [String] {
        let stored = try keep(
            transaction.rows("\(sql: Self.columns) WHERE source_id = \(source) ORDER BY id \(sql: lock)"))
        return stored + given(to: source).sorted()
    }

    private func given(to source: Int64) -> [String] {
        rows.values.filter { $0.sourceID == source && original[$0.reference]?.sourceID != source }.map(\.reference)
    }

    /// Loads entities by reference, where they exist and are not loaded yet.
    mutating func load(_ references: some Sequence<String>) throws {
        let wanted = references.filter { rows[$0] == nil && !missing.contains($0) }
        missing.formUnion(wanted)
        try StatementBatch.lists(wanted) { chunk in
            _ = try keep(transaction.rows("\(sql: Self.columns) WHERE ref IN \(list: chunk) ORDER BY id \(sql: lock)"))
        }
    }

    private mutating func keep(_ found: [Database.Row]) throws -> [String] {
        try found.map { row in
            let reference = try row.text(1)
            missing.remove(reference)
            if rows[reference] == nil, original[reference] == nil {
                let kept = Row(
                    id: try row.integer(0), reference: reference, uid: try row.text(2),
                    sourceID: try row.optionalInteger(3), hash: try row.text(4),
                    notes: EntityNotes(column: try row.optionalText(5)))
                rows[reference] = kept
                original[reference] = kept
            }
            return reference
        }
    }

    subscript(reference: String) -> Row? { rows[reference] }

    /// Creates or changes what an entity's file says; `load` it first.
    mutating func put(_ reference: String, _ content: Content, source: Int64) {
        if rows[reference] == nil {
            rows[reference] = Row(
                id: 0, reference: reference, uid: UUID().uuidString.lowercased(), sourceID: source, hash: content.hash,
                notes: EntityNotes())
            contents[reference] = content
            created.append(reference)
            return
        }
        rows[reference]?.sourceID = source
        if rows[reference]?.hash != content.hash {
            rows[reference]?.hash = content.hash
            contents[reference] = content
        }
    }

    /// Another source declares an entity from here on.
    mutating func move(_ reference: String, to source: Int64) { rows[reference]?.sourceID = source }

    mutating func note(_ reference: String, _ change: (inout EntityNotes) -> Void) {
        guard var notes = rows[reference]?.notes else { return }
        change(&notes)
        rows[reference]?.notes = notes
    }

    mutating func orphan(_ reference: String) {
        rows[reference]?.sourceID = nil
        note(reference) { $0 = EntityNotes(isOrphan: true) }
    }

    mutating func delete(_ reference: String) {
        rows[reference] = nil
        contents[reference] = nil
    }

    /// What the sources of `places` lose by this, those that were made first at the front.
    var losses: [EntityLoss] {
        var found: [Int64: EntityLoss] = [:]
        for (reference, before) in original {
            guard let id = before.sourceID, let place = places[id] else { continue }
            guard let now = rows[reference] else {
                found[id, default: EntityLoss(place: place)].removed.append(reference)
                continue
            }
            if now.sourceID == nil { found[id, default: EntityLoss(place: place)].orphaned.append(reference) }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Writes everything that changed. Call it last: from here on other writers of the feed wait.
    mutating func write() throws {
        let deleted = original.values.filter { rows[$0.reference] == nil }.sorted { $0.id < $1.id }
        let made = created.compactMap { rows[$0] }.filter { original[$0.reference] == nil }
        let changed = rows.values.filter { original[$0.reference].map(differs($0)) ?? false }.sorted { $0.id < $1.id }
        let count = deleted.count + made.count + changed.count
        if count == 0 { return }
        let last = try Counters.take("feed", count, in: transaction)
        var feed = FeedRows(transaction, now: now, cause: cause, first: last - Int64(count) + 1)
        try feed.deleted(deleted)
        try create(made, &feed)
        try change(changed, &feed)
        try feed.write()
        try transaction.notify(SQLCatalogFeed.channel)
    }

    private func differs(_ row: Row) -> (Row) -> Bool {
        { row.sourceID != $0.sourceID || row.hash != $0.hash || row.notes != $0.notes }
    }

    private func create(_ made: [Row], _ feed: inout FeedRows) throws {
        if made.isEmpty { return }
        var id = try Counters.take("entity", made.count, in: transaction) - Int64(made.count)
        var values: [[SQLValue]] = []
        for row in made {
            guard let content = contents[row.reference] else { continue }
            id += 1
            let number = feed.add("created", row.reference, id: id, uid: row.uid, before: nil)
            values.append([
                .integer(id), .text(row.reference), .text(row.uid), row.sourceID.sqlValue, .blob(content.body),
                .text(content.edges), .text(content.hash), row.notes.column.sqlValue, .integer(number), .integer(now),
            ])
        }
        try StatementBatch.insert(
            """
            INSERT INTO catalog_entities (id, ref, uid, source_id, body, edges, hash, notes, feed_n, changed_at)
            """, rows: values, in: transaction)
    }

    private func change(_ changed: [Row], _ feed: inout FeedRows) throws {
        for row in changed {
            guard let content = contents[row.reference] else {
                // Notes are no part of the history, but followers of the feed must see them.
                try transaction.run(
                    """
                    UPDATE catalog_entities SET source_id = \(row.sourceID), notes = \(row.notes.column),
                    feed_n = \(feed.skip()) WHERE id = \(row.id)
                    """)
                continue
            }
            let before = try transaction.row("SELECT body FROM catalog_entities WHERE id = \(row.id)")?.blob(0)
            let number = feed.add("updated", row.reference, id: row.id, uid: row.uid, before: before)
            try transaction.run(
                """
                UPDATE catalog_entities SET source_id = \(row.sourceID), body = \(content.body),
                edges = \(content.edges), hash = \(content.hash), notes = \(row.notes.column), feed_n = \(number),
                changed_at = \(now) WHERE id = \(row.id)
                """)
        }
    }
}

/// Numbers that are never given out twice.
enum Counters {
    /// Takes `count` numbers; returns the last of them.
    static func take(_ name: String, _ count: Int, in transaction: any Transaction) throws -> Int64 {
        guard
            let row = try transaction.row(
                "UPDATE catalog_counters SET n = n + \(count) WHERE name = \(name) RETURNING n")
        else { throw DatabaseError(.statement, "The counter \(name) is missing.") }
        return try row.integer(0)
    }
}

/// The feed rows of one transaction, numbered without a gap.
struct FeedRows {
    private let transaction: any Transaction
    private let now: Int64
    private let cause: String
    private var next: Int64
    private var values: [[SQLValue]] = []

    init(_ transaction: any Transaction, now: Int64, cause: ChangeCause, first: Int64) {
        self.transaction = transaction
        self.now = now
        self.cause = cause.column
        next = first
    }

    /// The number for a change that is no part of the history.
    mutating func skip() -> Int64 {
        defer { next += 1 }
        return next
    }

    mutating func add(_ kind: String, _ reference: String, id: Int64, uid: String, before: [UInt8]?) -> Int64 {
        let number = skip()
        values.append([
            .integer(number), .integer(now), .text(kind), .text(reference), .integer(id), .text(uid), before.sqlValue,
            .text(cause),
        ])
        return number
    }

    mutating func deleted(_ rows: [EntityDraft.Row]) throws {
        for row in rows {
            let before = try transaction.row("SELECT body FROM catalog_entities WHERE id = \(row.id)")?.blob(0)
            _ = add("deleted", row.reference, id: row.id, uid: row.uid, before: before)
        }
        try StatementBatch.lists(rows.map(\.id)) {
            try transaction.run("DELETE FROM catalog_entities WHERE id IN \(list: $0)")
        }
    }

    func write() throws {
        try StatementBatch.insert(
            "INSERT INTO catalog_feed (n, at, kind, ref, entity_id, uid, body_before, cause)", rows: values,
            in: transaction)
    }
}
