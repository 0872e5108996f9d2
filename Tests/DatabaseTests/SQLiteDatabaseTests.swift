import Database
import Foundation
import PortalTesting
import Testing

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

    @Test("a long read ends with its task", .timeLimit(.minutes(1))) func cancellation() async throws {
        let database = try await make()
        let (begun, begins) = AsyncStream<Void>.makeStream()
        let read = Task {
            try await database.readAtLength { transaction in
                begins.finish()
                return try transaction.row(
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n")?
                    .integer(0)
            }
        }
        for await _ in begun {}
        read.cancel()
        await #expect(throws: (any Error).self) { try await read.value }
        #expect(try await database.read { try $0.row("SELECT 1")?.integer(0) } == 1)
        await database.close()
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

    private func refusal(_ path: String) -> String? {
        do {
            _ = try SQLiteDatabase(.file(path))
            return nil
        } catch { return (error as? DatabaseError).map { "\($0.kind): \($0.message)" } }
    }

    @Test("files keep a journal ahead and sync at every commit")
    func durability() async throws {
        let database = try await make()
        let (journal, synchronous) = try await database.write { transaction in
            (
                try transaction.row("PRAGMA journal_mode")?.text(0),
                try transaction.row("PRAGMA synchronous")?.integer(0)
            )
        }
        #expect(journal == "wal")
        #expect(synchronous == 2)
    }

    @Test(
        "what is no database, or a part of one, is refused in a sentence and left as it is",
        arguments: ["text", "begin", "cut", "header"])
    func refused(_ damage: String) async throws {
        let path = "\(folder.path)/deep/callboard.sqlite"
        let database = try await make()
        try await database.write { transaction in
            for id in 0..<2000 {
                try transaction.run("INSERT INTO things (id, name) VALUES (\(id), \("name of \(id)"))")
            }
        }
        await database.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        switch damage {
        case "text": bytes = Data("backend: {}".utf8)
        case "begin": bytes = bytes.prefix(9)
        case "cut": bytes = bytes.prefix(bytes.count / 2)
        default: bytes.replaceSubrange(16..<100, with: Data(repeating: 0xEE, count: 84))
        }
        try bytes.write(to: URL(fileURLWithPath: path))
        let message = try #require(refusal(path))
        #expect(message.hasPrefix("damaged: "))
        #expect(message.contains(path))
        #expect(message.contains("restore a backup"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test("a page that is damaged is an error of whoever reads it, never other data")
    func damagedPage() async throws {
        let path = "\(folder.path)/deep/callboard.sqlite"
        let database = try await make()
        try await database.write { transaction in
            for id in 0..<5000 {
                try transaction.run("INSERT INTO things (id, name) VALUES (\(id), \("name of \(id)"))")
            }
        }
        await database.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for page in stride(from: 4096 * 4, to: bytes.count - 4096, by: 8192) {
            bytes.replaceSubrange(page..<(page + 4096), with: Data(repeating: 0xAA, count: 4096))
        }
        try bytes.write(to: URL(fileURLWithPath: path))
        let again = try SQLiteDatabase(.file(path))
        await #expect {
            try await again.read { try $0.rows("SELECT name FROM things NOT INDEXED").map { try $0.text(0) } }
        } throws: { ($0 as? DatabaseError)?.kind == .damaged }
        await again.close()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test("a file of a newer version is refused and keeps what it has")
    func newerFile() async throws {
        let path = "\(folder.path)/callboard.sqlite"
        let newer = [Migration("test", 1, "one", sqlite: ["CREATE TABLE a (x TEXT)"], postgres: [])]
        let first = try SQLiteDatabase(.file(path))
        try await Migrator(newer).migrate(first)
        try await first.write { try $0.run("INSERT INTO a VALUES ('kept')") }
        await first.close()
        let second = try SQLiteDatabase(.file(path))
        await #expect {
            try await Migrator([]).migrate(second)
        } throws: { ($0 as? DatabaseError)?.kind == .newerVersion }
        await second.close()
        let third = try SQLiteDatabase(.file(path))
        try await Migrator(newer).migrate(third)
        let kept = try await third.read { try $0.row("SELECT x FROM a")?.text(0) }
        #expect(kept == "kept")
    }

    @Test("a folder in place of the file, or a file in place of the folder, is a clear error")
    func inTheWay() throws {
        try FileManager.default.createDirectory(atPath: "\(folder.path)/d.sqlite", withIntermediateDirectories: true)
        #expect(refusal("\(folder.path)/d.sqlite")?.contains("\(folder.path)/d.sqlite") == true)
        try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/file"))
        #expect(refusal("\(folder.path)/file/callboard.sqlite")?.contains("\(folder.path)/file") == true)
    }
}
