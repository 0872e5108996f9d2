import Database
import EntityModel
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Changes that are not kept any longer, and who reads the feed meanwhile.
@Suite struct HistoryPruningTests {
    private static let day: Int64 = 86_400_000

    private static func retention(_ change: (inout HistoryRetention) -> Void) -> HistoryRetention {
        var retention = HistoryRetention()
        retention.maxAgeMilliseconds = nil
        retention.maxChangesPerEntity = nil
        retention.maxChanges = nil
        retention.graceMilliseconds = -1_000
        change(&retention)
        return retention
    }

    private func prune(
        _ world: FeedWorld, _ change: (inout HistoryRetention) -> Void
    ) async throws -> Int {
        let retention = Self.retention(change)
        return try await world.prune(retention)
    }

    @Test("old changes go, but for the newest of each entity that exists", arguments: TestDatabase.engines)
    func age(_ engine: Dialect) async throws {
        let world = try await FeedWorld.open(engine)
        try await world.put(["a", "gone"], title: "First", at: Self.day)
        try await world.put(["a"], title: "Second", at: 2 * Self.day)
        try await world.put(["b"], title: "First", at: 2 * Self.day)
        try await world.delete(["gone"], at: 3 * Self.day)
        try await world.put(["b"], title: "Second")
        #expect(try await prune(world) { $0.maxAgeMilliseconds = Self.day } == 4)
        #expect(try await world.told() == ["updated b", "updated a"])
        let answer = try await world.json()
        #expect(answer["pageInfo"] == ["keptSince": "1970-01-04T00:00:00.000Z"])
        #expect(answer["items"]?.array?.last?["changes"]?.array?.count == 1)
        #expect(try await prune(world) { $0.maxAgeMilliseconds = Self.day } == 0)
        let entities = EntityStore(database: world.database)
        let changes = try await entities.history(of: "component:default/a", limit: 9, before: nil)
        #expect(try await entities.keptSince("component:default/a", changes) == 2 * Self.day)
        #expect(changes.first?.after?["metadata"]?["title"] == "Second")
        await world.database.close()
    }

    @Test("of one entity the newest are kept, and what is left goes on to the present", arguments: TestDatabase.engines)
    func perEntity(_ engine: Dialect) async throws {
        let world = try await FeedWorld.open(engine)
        for number in 0..<30 { try await world.put(["busy"], title: "\(number)") }
        try await world.put(["calm"], title: "First")
        #expect(try await prune(world) { $0.maxChangesPerEntity = 5 } == 25)
        let entities = EntityStore(database: world.database)
        let titles = try await entities.history(of: "component:default/busy", limit: 99, before: nil).map {
            "\($0.before?["metadata"]?["title"]?.string ?? "") \($0.after?["metadata"]?["title"]?.string ?? "")"
        }
        #expect(titles == ["28 29", "27 28", "26 27", "25 26", "24 25"])
        #expect(try await world.told("entity=component:calm") == ["created calm"])
        for number in 30..<33 { try await world.put(["busy"], title: "\(number)") }
        #expect(try await prune(world) { $0.maxChangesPerEntity = 5 } == 3)
        // Another limit looks at everything again.
        #expect(try await prune(world) { $0.maxChangesPerEntity = 2 } == 3)
        await world.database.close()
    }

    @Test("of all changes the newest are kept, and of each entity one", arguments: TestDatabase.engines)
    func total(_ engine: Dialect) async throws {
        let world = try await FeedWorld.open(engine)
        try await world.put(["a", "b", "c"], title: "First")
        for number in 0..<20 { try await world.put(["a"], title: "\(number)") }
        #expect(try await prune(world) { $0.maxChanges = 10 } == 13)
        let told = try await world.told()
        #expect(told.count == 10)
        #expect(told.suffix(2) == ["created c", "created b"])
        await world.database.close()
    }

    @Test(
        "what is young is kept whatever the limits", arguments: TestDatabase.engines
    )
    func grace(_ engine: Dialect) async throws {
        let world = try await FeedWorld.open(engine)
        for number in 0..<10 { try await world.put(["busy"], title: "\(number)") }
        let young = try await prune(world) {
            $0.maxChangesPerEntity = 2
            $0.maxChanges = 1
            $0.graceMilliseconds = 3_600_000
        }
        #expect(young == 0)
        // What was young is not passed over for good.
        #expect(try await prune(world) { $0.maxChangesPerEntity = 2 } == 8)
        await world.database.close()
    }

    @Test(
        "a replica that was away while deletions were removed reads everything anew, and does not keep what is gone",
        arguments: TestDatabase.engines)
    func awayReplica(_ engine: Dialect) async throws {
        let world = try await FeedWorld.open(engine)
        try await world.put(["a", "b"], title: "First", at: Self.day)
        let away = try await FeedWorld.open(engine, world.database)
        #expect(away.index.current.exists("component:default/a"))
        try await world.delete(["a"], at: 2 * Self.day)
        try await world.put(["b"], title: "Second")
        try await world.follower.catchUp()
        #expect(try await prune(world) { $0.maxAgeMilliseconds = Self.day } == 3)
        try await away.follower.catchUp()
        #expect(!away.index.current.exists("component:default/a"))
        #expect(away.index.current.head == world.index.current.head)
        // Who has seen all that was removed goes on as ever.
        let feed = SQLCatalogFeed(world.database)
        let epoch = world.index.current.epoch
        #expect(try await feed.delta(after: 2, epoch: epoch) == nil)
        #expect(try await feed.delta(after: 3, epoch: epoch)?.upserts.count == 1)
        await world.database.close()
    }

    @Test("the configuration says how much is kept, and what is no such number is refused by name")
    func configuration() throws {
        func retention(_ text: String) throws -> HistoryRetention {
            let loader = AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }
            let config = try loader.load(["/portal/app-config.yaml"]).config
            return try CatalogSettings(PluginConfig(config, keys: CatalogPlugin.configKeys, plugin: "catalog")).history
        }
        #expect(try retention("{}") == HistoryRetention())
        let all = try retention(
            "callboard: { history: { maxAge: { days: 30 }, maxChangesPerEntity: 50, maxChanges: false } }")
        #expect(all.maxAgeMilliseconds == 30 * Self.day)
        #expect(all.maxChangesPerEntity == 50)
        #expect(all.maxChanges == nil)
        for bad in ["maxAge: 5s", "maxAge: soon", "maxChangesPerEntity: 0", "maxChanges: 1.5", "maxChanges: many"] {
            let key = bad.prefix { $0 != ":" }
            do {
                _ = try retention("callboard: { history: { \(bad) } }")
                Issue.record("\(bad) was taken")
            } catch let error as PortalError {
                #expect(error.message.contains("callboard.history.\(key)"), "\(error.message)")
            }
        }
    }
}
