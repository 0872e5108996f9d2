import Database
import EntityModel
import Foundation

/// The change feed in the database.
package struct SQLCatalogFeed: CatalogFeed {
    static let channel: StaticString = "callboard_catalog"
    private static let chunk = 2_000
    /// Changes of one delta: who is far behind catches up in steps.
    package static let largestPage = 2_000
    /// Bytes of bodies after which a delta, or a chunk of everything, ends early.
    package static let largestBytes = 64 << 20
    private static let columns: SQL = "SELECT id, uid, ref, body, edges, notes FROM catalog_entities"

    private let database: any SQLDatabase
    private let page: Int
    private let mostBytes: Int

    package init(_ database: any SQLDatabase, page: Int = largestPage, mostBytes: Int = largestBytes) {
        self.database = database
        self.page = page
        self.mostBytes = mostBytes
    }

    package func load<Sink: Sendable>(
        into begin: @escaping @Sendable () -> Sink, _ chunk: @escaping @Sendable (Sink, [StoredEntity]) throws -> Void
    ) async throws -> (sink: Sink, epoch: String, head: Int64) {
        try await database.readAtLength { [mostBytes] transaction in
            let sink = begin()
            var entities: [StoredEntity] = []
            var bytes = 0
            try transaction.forEach("\(sql: Self.columns) ORDER BY id") { row in
                let entity = try Self.entity(row)
                entities.append(entity)
                bytes += entity.body.count
                guard entities.count == Self.chunk || bytes >= mostBytes else { return }
                try chunk(sink, entities)
                entities.removeAll(keepingCapacity: true)
                bytes = 0
            }
            try chunk(sink, entities)
            let state = try FeedState.read(transaction)
            return (sink, state.epoch, state.head)
        }
    }

    package func delta(after number: Int64, epoch: String) async throws -> CatalogDelta? {
        try await database.read { [page, mostBytes] transaction in
            let state = try FeedState.read(transaction)
            let (current, head) = (state.epoch, state.head)
            // A restored backup may have fewer changes than this process has seen; deletions that came after what it has
            // seen may have been removed from the history.
            guard state.canFollow(number, epoch: epoch) else { return nil }
            if head == number {
                return CatalogDelta(epoch: current, head: head, isComplete: true, upserts: [], deletes: [])
            }
            let (upserts, lastUpsert) = try Self.upserts(after: number, page, mostBytes, transaction)
            let (deletes, lastDelete) = try Self.deletes(after: number, page, transaction)
            // Whichever list was cut first says how far this goes.
            let end = min(lastUpsert ?? head, lastDelete ?? head)
            return CatalogDelta(
                epoch: current, head: end, isComplete: end == head,
                upserts: upserts.filter { $0.number <= end }.map(\.entity),
                deletes: deletes.filter { $0.number <= end }.map(\.id))
        }
    }

    /// - Returns: a page, and the last number that it is complete to where there are more.
    private static func upserts(
        after number: Int64, _ page: Int, _ mostBytes: Int, _ transaction: any Transaction
    ) throws -> (found: [(number: Int64, entity: StoredEntity)], end: Int64?) {
        var found: [(number: Int64, entity: StoredEntity)] = []
        var bytes = 0
        var end: Int64?
        try transaction.forEach(
            """
            SELECT id, uid, ref, body, edges, notes, feed_n FROM catalog_entities
            WHERE feed_n > \(number) ORDER BY feed_n LIMIT \(page + 1)
            """
        ) { row in
            if end != nil { return }
            let next = try row.integer(6)
            guard found.count < page, bytes < mostBytes else {
                end = next - 1
                return
            }
            let entity = try entity(row)
            bytes += entity.body.count
            found.append((next, entity))
        }
        return (found, end)
    }

    /// - Returns: as `upserts`.
    private static func deletes(
        after number: Int64, _ page: Int, _ transaction: any Transaction
    ) throws -> (found: [(number: Int64, id: Int64)], end: Int64?) {
        let rows = try transaction.rows(
            """
            SELECT n, entity_id FROM catalog_feed WHERE n > \(number) AND kind = 'deleted' ORDER BY n
            LIMIT \(page + 1)
            """
        ).map { (number: try $0.integer(0), id: try $0.integer(1)) }
        return (Array(rows.prefix(page)), rows.count > page ? rows.last.map { $0.number - 1 } : nil)
    }

    package func wakes() -> AsyncStream<Void> { database.notifications(Self.channel) }

    private static func entity(_ row: Row) throws -> StoredEntity {
        let reference = try row.text(2)
        return StoredEntity(
            id: try row.integer(0), uid: try row.text(1), reference: reference,
            body: EntityNotes(column: try row.optionalText(5)).applied(to: try row.blob(3)),
            edges: StoredEdges(text: try row.text(4)))
    }

    /// Gives the database its identity, by which a restored or exchanged one is told apart.
    package static func prepare(_ database: any SQLDatabase) async throws {
        let epoch = UUID().uuidString.lowercased()
        try await database.write { transaction in
            try transaction.run(
                """
                INSERT INTO catalog_state (name, value) VALUES ('epoch', \(epoch)) ON CONFLICT (name) DO NOTHING
                """)
        }
    }

    /// Gives a restored database an identity of its own: whoever followed the one before, or the one that the backup was
    /// made of, loads everything anew.
    static func renew(_ transaction: any Transaction) throws {
        let epoch = UUID().uuidString.lowercased()
        try transaction.run(
            """
            INSERT INTO catalog_state (name, value) VALUES ('epoch', \(epoch))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """)
    }
}
