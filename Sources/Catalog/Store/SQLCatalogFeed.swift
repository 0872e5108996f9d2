import Database
import EntityModel
import Foundation

/// The change feed in the database.
package struct SQLCatalogFeed: CatalogFeed {
    static let channel: StaticString = "callboard_catalog"
    private static let chunk = 2_000
    private static let columns: SQL = "SELECT id, uid, ref, body, edges, notes FROM catalog_entities"

    private let database: any SQLDatabase

    package init(_ database: any SQLDatabase) { self.database = database }

    package func load(
        _ chunk: @escaping @Sendable ([StoredEntity]) throws -> Void
    ) async throws -> (epoch: String, head: Int64) {
        try await database.read { transaction in
            var entities: [StoredEntity] = []
            try transaction.forEach("\(sql: Self.columns) ORDER BY id") { row in
                entities.append(try Self.entity(row))
                if entities.count == Self.chunk {
                    try chunk(entities)
                    entities.removeAll(keepingCapacity: true)
                }
            }
            try chunk(entities)
            return try Self.head(transaction)
        }
    }

    package func delta(after number: Int64, epoch: String) async throws -> CatalogDelta? {
        try await database.read { transaction in
            let (current, head) = try Self.head(transaction)
            // A restored backup may have fewer changes than this process has seen.
            if current != epoch || head < number { return nil }
            if head == number { return CatalogDelta(epoch: current, head: head, upserts: [], deletes: []) }
            let upserts = try transaction.rows("\(sql: Self.columns) WHERE feed_n > \(number) ORDER BY feed_n")
                .map(Self.entity)
            let deletes = try transaction.rows(
                "SELECT entity_id FROM catalog_feed WHERE n > \(number) AND kind = 'deleted'"
            ).map { try $0.integer(0) }
            return CatalogDelta(epoch: current, head: head, upserts: upserts, deletes: deletes)
        }
    }

    package func wakes() -> AsyncStream<Void> { database.notifications(Self.channel) }

    private static func head(_ transaction: any Transaction) throws -> (epoch: String, head: Int64) {
        let head = try transaction.row("SELECT n FROM catalog_counters WHERE name = 'feed'")?.integer(0) ?? 0
        let epoch = try transaction.row("SELECT value FROM catalog_state WHERE name = 'epoch'")?.text(0) ?? ""
        return (epoch, head)
    }

    private static func entity(_ row: Row) throws -> StoredEntity {
        let reference = try row.text(2)
        return StoredEntity(
            id: try row.integer(0), uid: try row.text(1), reference: reference,
            body: EntityNotes(column: try row.optionalText(5)).applied(to: try row.blob(3)),
            edges: EdgeCoding.edges(try row.text(4), of: reference))
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
}
