import EntityModel
import PortalTesting
import Synchronization
import Testing

@testable import Catalog
@testable import Database

/// A feed that counts what it hands out at once.
private final class MeasuredFeed: CatalogFeed {
    private let feed: SQLCatalogFeed
    private let sizes = Mutex<[Int]>([])
    private let loads = Mutex(0)

    init(_ feed: SQLCatalogFeed) { self.feed = feed }

    var pages: [Int] { sizes.withLock { $0 } }
    var loadCount: Int { loads.withLock { $0 } }

    func load<Sink: Sendable>(
        into begin: @escaping @Sendable () -> Sink, _ chunk: @escaping @Sendable (Sink, [StoredEntity]) throws -> Void
    ) async throws -> (sink: Sink, epoch: String, head: Int64) {
        loads.withLock { $0 += 1 }
        return try await feed.load(into: begin, chunk)
    }

    func delta(after number: Int64, epoch: String) async throws -> CatalogDelta? {
        let delta = try await feed.delta(after: number, epoch: epoch)
        if let delta { sizes.withLock { $0.append(delta.upserts.count + delta.deletes.count) } }
        return delta
    }

    func wakes() -> AsyncStream<Void> { feed.wakes() }
}

/// A feed that wakes once, and whose database is away for the first look after that.
private final class InterruptedFeed: CatalogFeed {
    private let feed: SQLCatalogFeed
    private let isAway = Mutex(true)

    init(_ feed: SQLCatalogFeed) { self.feed = feed }

    func load<Sink: Sendable>(
        into begin: @escaping @Sendable () -> Sink, _ chunk: @escaping @Sendable (Sink, [StoredEntity]) throws -> Void
    ) async throws -> (sink: Sink, epoch: String, head: Int64) {
        try await feed.load(into: begin, chunk)
    }

    func delta(after number: Int64, epoch: String) async throws -> CatalogDelta? {
        let isFirst = isAway.withLock { away in
            defer { away = false }
            return away
        }
        if isFirst { throw DatabaseError(.connection, "The connection was lost.") }
        return try await feed.delta(after: number, epoch: epoch)
    }

    func wakes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        continuation.yield()
        return stream
    }
}

@Suite struct FeedFollowerTests {
    private let complaints = LogLines()

    private func database(_ engine: Dialect) async throws -> any SQLDatabase {
        let database = try await TestDatabase.open(engine, CatalogMigrations.all)
        try await SQLCatalogFeed.prepare(database)
        return database
    }

    private func change(
        _ database: any SQLDatabase, _ body: @escaping @Sendable (inout EntityDraft) throws -> Void
    ) async throws {
        try await database.write { transaction in
            var draft = EntityDraft(transaction, now: try transaction.now(), cause: .configuration)
            try body(&draft)
            try draft.write()
        }
    }

    private static func put(_ names: [String], _ title: String, _ draft: inout EntityDraft) throws {
        try draft.load(names.map { "component:default/\($0)" })
        for (number, name) in names.enumerated() {
            let entity = Sample.entity(id: Int64(number), name: name, title: title)
            draft.put(
                entity.reference, .init(body: entity.body, edges: "", hash: "\(name) \(title)"), source: 1)
        }
    }

    private func title(_ name: String, _ index: PublishedIndex) -> String? {
        let index = index.current
        return index.slot(reference: "component:default/\(name)").flatMap {
            Entity(index.object(of: $0)).metadata["title"]?.string
        }
    }

    @Test(
        "who is far behind catches up in pages, deletions included, and shows nothing in between",
        arguments: TestDatabase.engines)
    func pages(_ engine: Dialect) async throws {
        let database = try await database(engine)
        let feed = MeasuredFeed(SQLCatalogFeed(database, page: 3))
        let index = PublishedIndex()
        let follower = FeedFollower(feed, index: index, logger: complaints.logger)
        try await follower.load()
        let names = (0..<10).map { "n\($0)" }
        try await change(database) { try Self.put(names, "First", &$0) }
        try await change(database) { draft in
            try draft.load(names.map { "component:default/\($0)" })
            for name in names.prefix(5) { draft.delete("component:default/\(name)") }
        }
        try await change(database) { try Self.put(["n0", "n9"], "Second", &$0) }
        try await follower.catchUp()
        #expect(feed.pages.count > 2, "\(feed.pages)")
        #expect(feed.pages.allSatisfy { $0 <= 6 })
        #expect(feed.loadCount == 1)
        #expect(index.current.count == 6)
        let titles = (0..<10).map { title("n\($0)", index) }
        #expect(titles == ["Second", nil, nil, nil, nil, "First", "First", "First", "First", "Second"])
        let fresh = PublishedIndex()
        try await FeedFollower(feed, index: fresh, logger: complaints.logger).load()
        #expect(fresh.current.head == index.current.head && fresh.current.count == index.current.count)
        await database.close()
    }

    @Test(
        "a damaged body is told and left out, what was known stays, and following goes on",
        arguments: TestDatabase.engines)
    func damaged(_ engine: Dialect) async throws {
        let database = try await database(engine)
        let index = PublishedIndex()
        let follower = FeedFollower(SQLCatalogFeed(database), index: index, logger: complaints.logger)
        try await change(database) { try Self.put(["a", "b"], "First", &$0) }
        try await follower.load()
        try await database.write { transaction in
            let number = try Counters.take("feed", 1, in: transaction)
            try transaction.run(
                """
                UPDATE catalog_entities SET body = \([UInt8]("{\"kind\":".utf8)), feed_n = \(number)
                WHERE ref = 'component:default/a'
                """)
        }
        try await change(database) { try Self.put(["b"], "Second", &$0) }
        try await follower.catchUp()
        #expect(title("a", index) == "First")
        #expect(title("b", index) == "Second")
        #expect(complaints.all.count == 1)
        #expect(complaints.all.first?.contains("component:default/a") == true)
        try await follower.catchUp()
        #expect(complaints.all.count == 1, "it is told once")
        let fresh = PublishedIndex()
        try await FeedFollower(SQLCatalogFeed(database), index: fresh, logger: complaints.logger).load()
        #expect(title("a", fresh) == nil)
        #expect(title("b", fresh) == "Second")
        await database.close()
    }

    @Test("what could not be followed is tried again, though nobody wakes any more", arguments: TestDatabase.engines)
    func triesAgain(_ engine: Dialect) async throws {
        let database = try await database(engine)
        let index = PublishedIndex()
        let follower = FeedFollower(
            InterruptedFeed(SQLCatalogFeed(database)), index: index, logger: complaints.logger)
        try await follower.load()
        try await change(database) { try Self.put(["a"], "First", &$0) }
        let running = Task { try await follower.run() }
        for await head in index.changes(after: 0) where head > 0 { break }
        running.cancel()
        #expect(title("a", index) == "First")
        #expect(complaints.all.count == 1)
        await database.close()
    }

    @Test("everything comes in chunks that memory has room for", arguments: TestDatabase.engines)
    func chunks(_ engine: Dialect) async throws {
        let database = try await database(engine)
        try await change(database) { try Self.put(["a", "b", "c", "d", "e"], "First", &$0) }
        let bytes = Sample.entity(id: 0, name: "a", title: "First").body.count
        let (sizes, _, _) = try await SQLCatalogFeed(database, mostBytes: bytes + 1).load(into: { Sizes() }) {
            sizes, chunk in
            sizes.add(chunk.count)
        }
        #expect(sizes.all == [2, 2, 1])
        await database.close()
    }

    private final class Sizes: Sendable {
        private let sizes = Mutex<[Int]>([])
        var all: [Int] { sizes.withLock { $0 } }
        func add(_ size: Int) { sizes.withLock { $0.append(size) } }
    }

    @Test("a connection that is lost in the middle makes everything come anew, and nothing twice")
    func lostConnection() async throws {
        let database = try await database(.postgres)
        try await change(database) { try Self.put(["a", "b", "c"], "First", &$0) }
        let isLost = Mutex(false)
        let (sizes, _, _) = try await SQLCatalogFeed(database, mostBytes: 1).load(into: { Sizes() }) { sizes, chunk in
            sizes.add(chunk.count)
            let isFirst = isLost.withLock { lost in
                defer { lost = true }
                return !lost
            }
            if isFirst { throw DatabaseError(.connection, "The connection was lost.", retry: .connection) }
        }
        #expect(sizes.all == [1, 1, 1, 0])
        await database.close()
    }

    @Test(
        "what is damaged is left out at start however little it shows, and is back when it is stored anew",
        arguments: [[0xFF], [0x01], [0x5C, 0x71]] as [[UInt8]])
    func subtleDamage(_ damage: [UInt8]) async throws {
        let database = try await database(.sqlite)
        try await change(database) { try Self.put(["a", "b"], "First", &$0) }
        let body =
            Array("{\"kind\":\"Component\",\"metadata\":{\"name\":\"a\",\"etag\":\"".utf8) + damage + Array("\"}}".utf8)
        try await database.write { transaction in
            try transaction.run("UPDATE catalog_entities SET body = \(body) WHERE ref = 'component:default/a'")
        }
        let index = PublishedIndex()
        let follower = FeedFollower(SQLCatalogFeed(database), index: index, logger: complaints.logger)
        try await follower.load()
        #expect(title("a", index) == nil)
        #expect(title("b", index) == "First")
        #expect(complaints.all.count == 1)
        try await change(database) { try Self.put(["a"], "Second", &$0) }
        try await follower.catchUp()
        #expect(title("a", index) == "Second")
        await database.close()
    }
}
