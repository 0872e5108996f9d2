import Database
import Foundation
import Testing

/// A folder of one test, removed with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "callboard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite struct SQLiteDatabaseTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func make(_ isFile: Bool = true) async throws -> SQLiteDatabase {
        let database = try SQLiteDatabase(isFile ? .file("\(folder.path)/deep/callboard.sqlite") : .memory)
        try await database.write { transaction in
            try transaction.run(
                "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, size DOUBLE, data BLOB)")
        }
        return database
    }

    @Test("every kind of value comes back as it went in", arguments: [true, false])
    func values(isFile: Bool) async throws {
        let database = try await make(isFile)
        let hostile = "x'); DROP TABLE things; --"
        try await database.write { transaction in
            try transaction.run(
                "INSERT INTO things VALUES (\(1), \(hostile), \(1.5), \([0, 255, 7] as [UInt8]))")
            try transaction.run("INSERT INTO things VALUES (2, \(SQLValue.null), \(SQLValue.null), \([] as [UInt8]))")
        }
        let rows = try await database.read {
            try $0.rows("SELECT * FROM things WHERE id IN \(list: [1, 2]) ORDER BY id")
        }
        #expect(try rows.map { try $0.integer("id") } == [1, 2])
        #expect(try rows[0].text("name") == hostile)
        #expect(try rows[0].double("size") == 1.5)
        #expect(try rows[0].blob("data") == [0, 255, 7])
        #expect(try rows[1].optionalText("name") == nil)
        #expect(try rows[1].optionalDouble("size") == nil)
        let none = try await database.read { try $0.rows("SELECT 1 AS one WHERE 1 IN \(list: [Int]())") }
        #expect(none.isEmpty)
    }

    @Test("wrong columns and types are errors, not traps")
    func mistakes() async throws {
        let database = try await make()
        let row = try #require(try await database.read { try $0.row("SELECT 'a' AS a, NULL AS b") })
        #expect(throws: DatabaseError.self) { try row.integer("a") }
        #expect(throws: DatabaseError.self) { try row.text("b") }
        #expect(throws: DatabaseError.self) { try row.text("c") }
        await #expect(throws: DatabaseError.self) { try await database.read { try $0.rows("SELEC 1") } }
        await #expect(throws: DatabaseError.self) { try await database.read { try $0.run("DELETE FROM things") } }
    }

    @Test("writes that share a commit do not undo one another")
    func groupCommit() async throws {
        struct Refused: Error {}
        let database = try await make()
        let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
            for number in 0..<500 {
                group.addTask {
                    do {
                        try await database.write { transaction in
                            try transaction.run("INSERT INTO things (id, name) VALUES (\(number), \("n\(number)"))")
                            if number % 7 == 0 { throw Refused() }
                        }
                        return (number, true)
                    } catch { return (number, false) }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect((0..<500).allSatisfy { outcomes[$0] == ($0 % 7 != 0) })
        let ids = try await database.read {
            try $0.rows("SELECT id FROM things ORDER BY id").map { try $0.integer("id") }
        }
        #expect(ids == (0..<500).filter { $0 % 7 != 0 }.map(Int64.init))
    }

    @Test("a unique violation is told apart, and undoes its own write only")
    func uniqueViolation() async throws {
        let database = try await make()
        try await database.write { try $0.run("INSERT INTO things (id, name) VALUES (1, 'a')") }
        await #expect {
            try await database.write { transaction in
                try transaction.run("INSERT INTO things (id, name) VALUES (2, 'b')")
                try transaction.run("INSERT INTO things (id, name) VALUES (3, 'a')")
            }
        } throws: { ($0 as? DatabaseError)?.kind == .uniqueViolation }
        let count = try await database.read { try $0.row("SELECT COUNT(*) AS n FROM things")?.integer("n") }
        #expect(count == 1)
    }

    @Test("what was acknowledged is there after reopening")
    func reopening() async throws {
        var database: SQLiteDatabase? = try await make()
        try await database?.write { try $0.run("INSERT INTO things (id) VALUES (42)") }
        database = nil
        let again = try SQLiteDatabase(.file("\(folder.path)/deep/callboard.sqlite"))
        let id = try await again.read { try $0.row("SELECT id FROM things")?.integer("id") }
        #expect(id == 42)
    }

    @Test("a file that is no database is refused and left as it is")
    func damaged() throws {
        let path = "\(folder.path)/callboard.sqlite"
        let garbage = Data(repeating: 0x41, count: 8192)
        try garbage.write(to: URL(fileURLWithPath: path))
        #expect {
            try SQLiteDatabase(.file(path))
        } throws: { error in
            guard let error = error as? DatabaseError else { return false }
            return error.kind == .damaged && error.message.contains(path)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == garbage)
    }

    @Test("the clock of the database is near ours")
    func clock() async throws {
        let database = try await make(false)
        let now = try await database.read { try $0.now() }
        #expect(abs(Double(now) / 1000 - Date().timeIntervalSince1970) < 60)
    }
}

@Suite struct MigratorTests {
    private func migration(_ number: Int, _ statement: SQL = "SELECT 1", feature: String = "test") -> Migration {
        Migration(feature, number, "step \(number)", sqlite: [statement], postgres: [statement])
    }

    @Test("migrations run once, by feature and number")
    func order() async throws {
        let database = try SQLiteDatabase(.memory)
        let migrations = [
            migration(2, "INSERT INTO log VALUES ('test 2')"), migration(1, "INSERT INTO log VALUES ('test 1')"),
            migration(1, "CREATE TABLE log (entry TEXT)", feature: "alpha"),
        ]
        for _ in 0..<2 { try await Migrator(migrations).migrate(database) }
        let log = try await database.read { try $0.rows("SELECT entry FROM log").map { try $0.text("entry") } }
        #expect(log == ["test 1", "test 2"])
    }

    @Test("a failing migration leaves nothing behind")
    func failure() async throws {
        let database = try SQLiteDatabase(.memory)
        let failing = [migration(1, "CREATE TABLE a (x TEXT)"), migration(2, "nonsense")]
        await #expect(throws: DatabaseError.self) { try await Migrator(failing).migrate(database) }
        let tables = try await database.read { try $0.rows("SELECT name FROM sqlite_master WHERE name = 'a'") }
        #expect(tables.isEmpty)
        try await Migrator([migration(1, "CREATE TABLE a (x TEXT)")]).migrate(database)
    }

    @Test("a database of a newer version, or an edited migration, is refused")
    func refusals() async throws {
        let database = try SQLiteDatabase(.memory)
        try await Migrator([migration(1), migration(2)]).migrate(database)
        await #expect {
            try await Migrator([migration(1)]).migrate(database)
        } throws: { ($0 as? DatabaseError)?.kind == .newerVersion }
        await #expect {
            try await Migrator([migration(1), migration(2, "SELECT 2")]).migrate(database)
        } throws: { ($0 as? DatabaseError)?.kind == .editedMigration }
    }
}
