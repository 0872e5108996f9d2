import Foundation
import PortalTesting
import Testing

@testable import Database

@Suite struct MigratorTests {
    private func migration(_ number: Int, _ statement: SQL = "SELECT 1", feature: String = "test") -> Migration {
        Migration(feature, number, "step \(number)", sqlite: [statement], postgres: [statement])
    }

    /// With the migrations that every database has.
    private func migrate(_ database: any SQLDatabase, _ migrations: [Migration]) async throws {
        try await Migrator(Lease.migrations + migrations).migrate(database)
    }

    @Test("migrations run once, by feature and number", arguments: TestDatabase.engines)
    func order(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine)
        let migrations = [
            migration(2, "INSERT INTO log VALUES ('test 2')"), migration(1, "INSERT INTO log VALUES ('test 1')"),
            migration(10, "INSERT INTO log VALUES ('test 10')"),
            migration(1, "CREATE TABLE log (entry TEXT)", feature: "alpha"),
        ]
        for _ in 0..<2 { try await migrate(database, migrations) }
        let later = migrations + [migration(11, "INSERT INTO log VALUES ('test 11')")]
        try await migrate(database, later)
        let log = try await database.read { try $0.rows("SELECT entry FROM log").map { try $0.text("entry") } }
        #expect(log == ["test 1", "test 2", "test 10", "test 11"])
    }

    @Test("a failing migration leaves nothing behind, and can be mended", arguments: TestDatabase.engines)
    func failure(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine)
        let failing = [migration(1, "CREATE TABLE a (x TEXT)"), migration(2, "nonsense")]
        await #expect(throws: DatabaseError.self) { try await migrate(database, failing) }
        await #expect(throws: DatabaseError.self) { try await database.read { try $0.rows("SELECT x FROM a") } }
        try await migrate(database, [migration(1, "CREATE TABLE a (x TEXT)")])
        let rows = try await database.read { try $0.rows("SELECT x FROM a") }
        #expect(rows.isEmpty)
    }

    @Test("a database of a newer version, or an edited migration, is refused", arguments: TestDatabase.engines)
    func refusals(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine)
        try await migrate(database, [migration(1), migration(2)])
        await #expect {
            try await migrate(database, [migration(1)])
        } throws: { error in
            guard let error = error as? DatabaseError else { return false }
            return error.kind == .newerVersion && error.message.contains("newer Callboard")
                && error.message.contains("test 2")
        }
        await #expect {
            try await migrate(
                database, [migration(1), migration(2, "SELECT 2"), migration(3, "CREATE TABLE b (x TEXT)")])
        } throws: { ($0 as? DatabaseError)?.kind == .editedMigration }
        await #expect(throws: DatabaseError.self) { try await database.read { try $0.rows("SELECT x FROM b") } }
    }

    @Test(
        "who waits in vain for another replica's migrations is told so",
        arguments: TestDatabase.engines.filter { $0 == .postgres })
    func waits(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine)
        let (isHeld, mayGo) = (Shared(false), Shared(false))
        let other = Task {
            try await database.write { transaction in
                try Migrator.lock(transaction)
                isHeld.change { $0 = true }
                for _ in 0..<1_000 where !mayGo.value { Thread.sleep(forTimeInterval: 0.01) }
            }
        }
        for _ in 0..<1_000 where !isHeld.value { try await Task.sleep(for: .milliseconds(10)) }
        await #expect {
            try await database.write { try Migrator.lock($0, atMost: .milliseconds(300)) }
        } throws: { ($0 as? DatabaseError)?.message.contains("Another replica") == true }
        let waiter = Task { try await database.write { try Migrator.lock($0) } }
        mayGo.change { $0 = true }
        try await other.value
        try await waiter.value
    }

    @Test(
        "replicas that start together make the schema and its tables once",
        arguments: TestDatabase.engines.filter { $0 == .postgres })
    func together(_ engine: Dialect) async throws {
        let configuration = TestDatabase.configuration(engine)
        let migrations = [migration(1, "CREATE TABLE a (x TEXT)"), migration(2, "INSERT INTO a VALUES ('once')")]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    let database = try await ConfiguredDatabase.open(configuration)
                    try await Migrator(migrations).migrate(database)
                    await database.close()
                }
            }
            try await group.waitForAll()
        }
        let database = try await ConfiguredDatabase.open(configuration)
        let count = try await database.read { try $0.rows("SELECT x FROM a").count }
        #expect(count == 1)
    }
}
