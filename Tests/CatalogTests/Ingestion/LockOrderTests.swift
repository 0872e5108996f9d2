import Database
import EntityModel
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Whoever changes several sources does so by id, so that no two wait for each other.
@Suite struct LockOrderTests {
    /// A transaction that keeps which sources were changed, in their order.
    private final class Recording: Transaction {
        private let inner: any Transaction
        var ids: [Int] = []

        init(_ inner: any Transaction) { self.inner = inner }

        var dialect: Dialect { inner.dialect }
        func rows(_ sql: SQL) throws -> [Row] { try inner.rows(sql) }
        func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws { try inner.forEach(sql, body) }
        func savepoint<Result>(_ body: () throws -> Result) throws -> Result { try inner.savepoint(body) }
        func notify(_ channel: StaticString) throws { try inner.notify(channel) }
        func now() throws -> Int64 { try inner.now() }

        func run(_ sql: SQL) throws -> Int {
            let text = "\(sql)"
            if text.contains("UPDATE catalog_sources"), let id = text.matches(of: /integer\((\d+)\)/).last {
                ids.append(Int(id.1) ?? 0)
            }
            return try inner.run(sql)
        }
    }

    private static func children(_ numbers: [Int], isOptional: Bool) -> [ProcessedSource.Child] {
        numbers.map {
            .init(
                location: LocationReference(type: "file", target: "/\($0).yaml"), isOptional: isOptional,
                locationEntity: "location:default/a")
        }
    }

    @Test("sources that become required, and sources that move to another root, are changed by id")
    func byID() async throws {
        let database = try await TestDatabase.open(.sqlite, CatalogMigrations.all)
        let roots = RootStore(database: database)
        let places = ["/a.yaml", "/b.yaml"].map { LocationReference(type: "file", target: $0) }
        try await roots.synchronize(places, fingerprint: "")
        let store = SourceStore(database: database, queue: RefreshQueue(intervalMilliseconds: nil))
        let claimed = try await store.claim(limit: 2)
        let first = try #require(claimed.first { $0.location == places[0] })
        let second = try #require(claimed.first { $0.location == places[1] })
        let (required, moved) = try await database.write { transaction -> ([Int], [Int]) in
            var ways = try SourceWays(transaction, first, now: 0)
            try ways.add(Self.children(Array(0..<12), isOptional: true))
            let recording = Recording(transaction)
            ways = try SourceWays(recording, second, now: 0)
            try ways.add(Self.children((0..<12).reversed(), isOptional: false))
            let required = recording.ids
            recording.ids = []
            try transaction.run("UPDATE catalog_sources SET configured = 0 WHERE id = \(first.id)")
            var draft = EntityDraft(transaction, now: 0, cause: .configuration)
            try SourcePruning.prune(&draft, recording, strategy: .delete)
            return (required, recording.ids)
        }
        #expect(required.count == 12)
        #expect(required == required.sorted())
        #expect(moved.count == 12)
        #expect(moved == moved.sorted())
    }
}
