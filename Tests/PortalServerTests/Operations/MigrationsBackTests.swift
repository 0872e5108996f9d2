import Foundation
import PortalTesting
import Testing

@testable import Database
@testable import PortalServer

/// Upgrades, and the way back from them.
@Suite struct MigrationsBackTests {
    @Test("a database of the first release comes to the present with all its rows", arguments: TestDatabase.engines)
    func upgrade(_ engine: Dialect) async throws {
        let database = try await FilledDatabase.make(engine, migrates: false)
        let first = database.operations.migrations.filter { migration in
            ["auth 1", "callboard 1", "catalog 1", "catalog 2", "catalog 3"].contains(migration.key)
        }
        let before = try await database.checksums(first)
        #expect(before.count == 12)
        try await database.migrate()
        #expect(try await database.checksums(first) == before)
        #expect(try await database.operations.migrationStates().allSatisfy { $0.standing == .applied })
    }

    @Test("forward, back and forward again is the same schema with the same rows", arguments: TestDatabase.engines)
    func forwardBackForward(_ engine: Dialect) async throws {
        let database = try await FilledDatabase.make(engine)
        let (schema, rows) = (try await database.schema(), try await database.checksums())
        let migrations = database.operations.migrations
        for migration in migrations.reversed() where migration.number > 1 {
            // One at a time, so that each is known to lead to where the one before it led.
            let older = migrations.filter { $0.feature != migration.feature || $0.number < migration.number }
            let fresh = try await FilledDatabase.make(engine, fill: false)
            try await fresh.change { _ = try Migrator(older).migrate(in: $0) }
            let taken = try await database.operations.goBack(to: [migration.feature: migration.number - 1])
            #expect(taken.map(\.key).last == migration.key)
            #expect(try await database.schema() == fresh.schema(), "back from \(migration.key)")
            try await database.migrate()
            #expect(try await database.schema() == schema, "again \(migration.key)")
        }
        let after = try await database.checksums()
        // What going back says it loses is what it loses.
        let losing: Set = ["catalog_feed", "catalog_sources", "callboard_jobs"]
        for table in rows.keys where !losing.contains(table) { #expect(after[table] == rows[table], "\(table)") }
        let everything = Dictionary(migrations.map { ($0.feature, 0) }) { first, _ in first }
        _ = try await database.operations.goBack(to: everything)
        #expect(try await database.read { try $0.tableNames() } == ["callboard_migrations"])
        try await database.migrate()
        #expect(try await database.schema() == schema)
    }

    @Test(
        "the older program's refusal names what to take back, and after that it starts", arguments: TestDatabase.engines
    )
    func refusal(_ engine: Dialect) async throws {
        let database = try await FilledDatabase.make(engine)
        let older = Migrator(
            database.operations.migrations.filter { migration in
                migration.feature != "user-settings" && (migration.feature != "catalog" || migration.number < 4)
            })
        let message = await FilledDatabase.message { try await database.change { _ = try older.migrate(in: $0) } }
        #expect(message.contains("newer Callboard") && message.contains("catalog 5"), "\(message)")
        #expect(message.contains("callboard migrate --back-to catalog:3,user-settings:0 (and --config"), "\(message)")
        let plan = try await database.operations.planBack(to: ["catalog": 3, "user-settings": 0])
        #expect(plan.map(\.key) == ["user-settings 1", "catalog 7", "catalog 6", "catalog 5", "catalog 4"])
        let before = try await database.checksums()["catalog_entities"]
        _ = try await database.operations.goBack(to: ["catalog": 3, "user-settings": 0])
        try await database.change { _ = try older.migrate(in: $0) }
        #expect(try await database.checksums(older.migrations)["catalog_entities"] == before)
    }

    @Test("what cannot be taken back says why, and changes nothing", arguments: TestDatabase.engines)
    func noWay(_ engine: Dialect) async throws {
        let database = try await FilledDatabase.make(engine, fill: false)
        let migrations = [
            Migration("a", 1, "one", sqlite: ["CREATE TABLE a (x TEXT)"], postgres: ["CREATE TABLE a (x TEXT)"]),
            Migration(
                "a", 2, "two", sqlite: ["DELETE FROM a"], postgres: ["DELETE FROM a"],
                back: .none(because: "what it removed is known to nobody")),
            Migration(
                "b", 1, "other", sqlite: ["CREATE TABLE b (x TEXT)"], postgres: ["CREATE TABLE b (x TEXT)"],
                back: .statements(sqlite: ["DROP TABLE b"], postgres: ["DROP TABLE b"], loses: nil)),
        ]
        let migrator = Migrator(migrations)
        try await database.change { _ = try migrator.migrate(in: $0) }
        func back(_ targets: [String: Int]) async -> String {
            await FilledDatabase.message {
                let open = try await ConfiguredDatabase.open(database.configuration, for: .alone)
                do { _ = try await migrator.goBack(to: targets, in: open) } catch {
                    await open.close()
                    throw error
                }
                await open.close()
            }
        }
        let reason = await back(["a": 1, "b": 0])
        #expect(reason.contains("a 2 (two) cannot be taken back: what it removed is known to nobody."), "\(reason)")
        #expect(await back(["a": 0]).contains("what it removed"))
        #expect(await back(["c": 1]) == "There is no feature 'c' with tables; there are a, b.")
        #expect(await back(["a": 3]) == "a has the migrations 1 to 2, so there is no way back to 3.")
        #expect(await back(["a": 2]) == "It succeeded.")
        #expect(try await database.read { try $0.hasTable("b") })
        #expect(await back(["b": 0]) == "It succeeded.")
        #expect(try await database.read { try !$0.hasTable("b") })
    }

    @Test("every migration of the program says how it is taken back") func all() {
        let operations = Operations(standardPlugins, database: .memory)
        for migration in operations.migrations { #expect(migration.tellsWayBack, "\(migration.key)") }
    }
}
