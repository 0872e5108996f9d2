import Database
import Foundation
import PortalTesting
import Testing

/// What both engines promise alike.
@Suite struct StoreTests {
    private func make(_ engine: Dialect) async throws -> any SQLDatabase {
        let database = try await TestDatabase.open(engine)
        let bytes: SQL = engine == .postgres ? "BYTEA" : "BLOB"
        try await database.write { transaction in
            try transaction.run(
                """
                CREATE TABLE things (id BIGINT PRIMARY KEY, name TEXT UNIQUE, size DOUBLE PRECISION, data \(sql: bytes),
                note TEXT, CHECK (id >= 0))
                """)
        }
        return database
    }

    private func ids(_ database: any SQLDatabase) async throws -> [Int64] {
        try await database.read { try $0.rows("SELECT id FROM things ORDER BY id").map { try $0.integer(0) } }
    }

    @Test("every kind of value comes back as it went in", arguments: TestDatabase.engines)
    func values(_ engine: Dialect) async throws {
        let database = try await make(engine)
        let texts = [
            "x'); DROP TABLE things; --", "", "é e\u{301} 👩‍👩‍👧 \u{202E}\u{FFFF}", String(repeating: "a", count: 1 << 20),
        ]
        let numbers = [1.5, -0.1, 1e300, .leastNonzeroMagnitude, 9_007_199_254_740_991]
        let blobs: [[UInt8]] = [[], [0], Array(0...255), Array(repeating: 7, count: 1 << 20)]
        try await database.write { transaction in
            for (id, text) in texts.enumerated() {
                try transaction.run("INSERT INTO things (id, note) VALUES (\(id), \(text))")
            }
            for (id, number) in numbers.enumerated() {
                try transaction.run("INSERT INTO things (id, size) VALUES (\(id + 10), \(number))")
            }
            for (id, blob) in blobs.enumerated() {
                try transaction.run("INSERT INTO things (id, data) VALUES (\(id + 20), \(blob))")
            }
            try transaction.run(
                "INSERT INTO things VALUES (\(Int64.max), \(SQLValue.null), \(SQLValue.null), NULL, NULL)")
        }
        let rows = try await database.read { try $0.rows("SELECT * FROM things ORDER BY id") }
        #expect(try rows[0..<4].map { Array(try $0.text("note").utf8) } == texts.map { Array($0.utf8) })
        #expect(try rows[4..<9].map { try $0.double("size") } == numbers)
        #expect(try rows[9..<13].map { try $0.blob("data") } == blobs)
        #expect(try rows[13].integer("id") == .max)
        #expect(try rows[13].optionalText("name") == nil)
        #expect(try rows[13].optionalDouble("size") == nil)
        #expect(try rows[13].optionalBlob("data") == nil)
        let some = try await database.read { try $0.rows("SELECT id FROM things WHERE id IN \(list: [1, 12, 99])") }
        #expect(some.count == 2)
        let none = try await database.read { try $0.rows("SELECT id FROM things WHERE id IN \(list: [Int]())") }
        #expect(none.isEmpty)
    }

    @Test("what throws leaves no trace, and its error is the caller's", arguments: TestDatabase.engines)
    func rollsBack(_ engine: Dialect) async throws {
        struct Refused: Error {}
        let database = try await make(engine)
        try await database.write { try $0.run("INSERT INTO things (id) VALUES (1)") }
        await #expect(throws: Refused.self) {
            try await database.write { transaction in
                try transaction.run("INSERT INTO things (id) VALUES (2)")
                try transaction.run("DELETE FROM things WHERE id = 1")
                throw Refused()
            }
        }
        #expect(try await ids(database) == [1])
    }

    @Test("a broken rule of a table is told apart, and undoes its own write only", arguments: TestDatabase.engines)
    func violations(_ engine: Dialect) async throws {
        let database = try await make(engine)
        try await database.write { try $0.run("INSERT INTO things (id, name) VALUES (1, 'a')") }
        await #expect {
            try await database.write { transaction in
                try transaction.run("INSERT INTO things (id, name) VALUES (2, 'b')")
                try transaction.run("INSERT INTO things (id, name) VALUES (3, 'a')")
            }
        } throws: { ($0 as? DatabaseError)?.kind == .uniqueViolation }
        await #expect {
            try await database.write { try $0.run("INSERT INTO things (id) VALUES (-1)") }
        } throws: { ($0 as? DatabaseError)?.kind == .constraintViolation }
        #expect(try await ids(database) == [1])
    }

    @Test(
        "after a failed statement nothing more succeeds, even where the body hides the error",
        arguments: TestDatabase.engines)
    func failureSticks(_ engine: Dialect) async throws {
        let database = try await make(engine)
        await #expect {
            try await database.write { transaction in
                try transaction.run("INSERT INTO things (id) VALUES (1)")
                _ = try? transaction.run("INSERT INTO things (id) VALUES (1)")
            }
        } throws: { ($0 as? DatabaseError)?.kind == .uniqueViolation }
        #expect(try await ids(database) == [])
    }

    @Test("a savepoint undoes its own changes, and the transaction goes on", arguments: TestDatabase.engines)
    func savepoints(_ engine: Dialect) async throws {
        let database = try await make(engine)
        try await database.write { transaction in
            try transaction.run("INSERT INTO things (id) VALUES (1)")
            let inner: ()? = try? transaction.savepoint {
                try transaction.run("INSERT INTO things (id) VALUES (2)")
                _ = try transaction.savepoint { try transaction.run("INSERT INTO things (id) VALUES (3)") }
                try transaction.run("INSERT INTO things (id) VALUES (1)")
            }
            #expect(inner == nil)
            _ = try transaction.savepoint { try transaction.run("INSERT INTO things (id) VALUES (4)") }
        }
        #expect(try await ids(database) == [1, 4])
    }

    @Test(
        "an error of the body within a result does not spoil the transaction, and a nested statement is refused",
        arguments: TestDatabase.engines)
    func streaming(_ engine: Dialect) async throws {
        struct Enough: Error {}
        let database = try await make(engine)
        try await database.write { transaction in
            for id in 1...100 { try transaction.run("INSERT INTO things (id) VALUES (\(id))") }
            var seen = 0
            #expect(throws: Enough.self) {
                try transaction.forEach("SELECT id FROM things ORDER BY id") { _ in
                    seen += 1
                    if seen == 10 { throw Enough() }
                }
            }
            #expect(seen == 10)
            try transaction.run("INSERT INTO things (id) VALUES (101)")
        }
        #expect(try await ids(database).count == 101)
        await #expect(throws: DatabaseError.self) {
            try await database.read { transaction in
                try transaction.forEach("SELECT id FROM things") { _ in _ = try transaction.rows("SELECT 1") }
            }
        }
    }

    @Test(
        "an error in the midst of a result is an error, and the next statement works", arguments: TestDatabase.engines)
    func errorWithinResult(_ engine: Dialect) async throws {
        let database = try await make(engine)
        try await database.write { transaction in
            for id in 1...3000 { try transaction.run("INSERT INTO things (id, name) VALUES (\(id), \("\(id)"))") }
        }
        await #expect {
            try await database.read { transaction in
                // SQLite answers null where PostgreSQL refuses; reading it as a number is refused by both.
                try transaction.forEach("SELECT 1 / (2500 - id) FROM things ORDER BY id") { _ = try $0.integer(0) }
            }
        } throws: { ($0 as? DatabaseError)?.kind == .statement }
        #expect(try await ids(database).count == 3000)
    }

    @Test(
        "what the engines would keep differently is refused, and nothing else is hurt", arguments: TestDatabase.engines)
    func refusesValues(_ engine: Dialect) async throws {
        let database = try await make(engine)
        let refused: [SQLValue] = [.text("a\0b"), .double(.nan), .double(.infinity)]
        for value in refused {
            await #expect {
                try await database.write { try $0.run("INSERT INTO things (id, name) VALUES (1, \(value))") }
            } throws: { ($0 as? DatabaseError)?.kind == .statement }
        }
        let many = Array(repeating: 1, count: 70_000)
        await #expect {
            try await database.read { try $0.rows("SELECT id FROM things WHERE id IN \(list: many)") }
        } throws: { ($0 as? DatabaseError)?.message == "A statement has 70000 values; 32766 are the limit." }
        let most = Array(0..<32_766)
        try await database.write { try $0.run("INSERT INTO things (id, data) VALUES (1, \([0, 0] as [UInt8]))") }
        let found = try await database.read { try $0.rows("SELECT id FROM things WHERE id IN \(list: most)").count }
        #expect(found == 1)
    }

    @Test("reads change nothing, and transactions end with their body", arguments: TestDatabase.engines)
    func ends(_ engine: Dialect) async throws {
        final class Escaped: @unchecked Sendable { var transaction: (any Transaction)? }
        let database = try await make(engine)
        await #expect(throws: DatabaseError.self) {
            try await database.read { try $0.run("INSERT INTO things (id) VALUES (1)") }
        }
        let escaped = Escaped()
        try await database.write { escaped.transaction = $0 }
        #expect {
            try escaped.transaction?.run("INSERT INTO things (id) VALUES (1)")
        } throws: { ($0 as? DatabaseError)?.message == "A transaction was used after its end." }
        #expect(try await ids(database) == [])
    }

    @Test("wrong columns and types are errors, not traps", arguments: TestDatabase.engines)
    func mistakes(_ engine: Dialect) async throws {
        let database = try await make(engine)
        let row = try #require(
            try await database.read { try $0.row("SELECT CAST('a' AS TEXT) AS a, NULL AS b") })
        #expect(throws: DatabaseError.self) { try row.integer("a") }
        #expect(throws: DatabaseError.self) { try row.text("b") }
        #expect(throws: DatabaseError.self) { try row.text("c") }
        #expect(throws: DatabaseError.self) { try row.text(2) }
        await #expect(throws: DatabaseError.self) { try await database.read { try $0.rows("SELEC 1") } }
        await #expect(throws: DatabaseError.self) { try await database.read { try $0.rows("SELECT 1 FROM nowhere") } }
    }

    @Test("many at once all come to their end, and none is lost", arguments: TestDatabase.engines)
    func manyAtOnce(_ engine: Dialect) async throws {
        let database = try await make(engine)
        try await database.write { try $0.run("INSERT INTO things (id, size) VALUES (0, 0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...200 {
                group.addTask {
                    let priority: WritePriority = number.isMultiple(of: 3) ? .interactive : .background
                    try await database.write(priority: priority) { transaction in
                        try transaction.run("UPDATE things SET size = size + 1 WHERE id = 0")
                    }
                    _ = try await database.read { try $0.row("SELECT size FROM things WHERE id = 0") }
                }
            }
            try await group.waitForAll()
        }
        let sum = try await database.read { try $0.row("SELECT size FROM things WHERE id = 0")?.double(0) }
        #expect(sum == 200)
    }

    @Test("after closing, calls fail clearly and streams end", arguments: TestDatabase.engines)
    func closes(_ engine: Dialect) async throws {
        let database = try await make(engine)
        let stream = database.notifications("closing")
        await database.close()
        for await _ in stream {}
        for await _ in database.notifications("closing") {}
        await #expect {
            try await database.write { try $0.run("INSERT INTO things (id) VALUES (1)") }
        } throws: { ($0 as? DatabaseError)?.kind == .connection }
        await #expect(throws: DatabaseError.self) { try await database.read { try $0.rows("SELECT 1") } }
        await database.close()
    }

    @Test("the clock of the database is near ours", arguments: TestDatabase.engines)
    func clock(_ engine: Dialect) async throws {
        let now = try await make(engine).now()
        #expect(abs(Double(now) / 1000 - Date().timeIntervalSince1970) < 60)
    }
}

@Suite struct NotificationTests {
    /// Two open databases where the engine can be opened twice, else one by two names.
    private func pair(_ engine: Dialect) async throws -> (any SQLDatabase, any SQLDatabase) {
        if engine == .sqlite {
            let one = try await TestDatabase.open(engine)
            return (one, one)
        }
        let configuration = TestDatabase.configuration(engine)
        return (try await ConfiguredDatabase.open(configuration), try await ConfiguredDatabase.open(configuration))
    }

    @Test("who listens on one database hears what was committed on the other", arguments: TestDatabase.engines)
    func heard(_ engine: Dialect) async throws {
        let (speaker, hearer) = try await pair(engine)
        var elements = hearer.notifications("heard").makeAsyncIterator()
        // The first says that listening has begun.
        _ = await elements.next()
        for _ in 0..<3 {
            try await speaker.write { try $0.notify("heard") }
            #expect(await elements.next() != nil)
        }
        await speaker.close()
        await hearer.close()
    }

    @Test("what is rolled back, or said on another channel, wakes nobody", arguments: TestDatabase.engines)
    func unheard(_ engine: Dialect) async throws {
        struct Refused: Error {}
        let (speaker, hearer) = try await pair(engine)
        var others = hearer.notifications("unheard by others").makeAsyncIterator()
        _ = await others.next()
        try await speaker.write { try $0.notify("unheard by others") }
        _ = await others.next()
        // Listening is in effect now, so that from here on every element is somebody's word.
        let news = hearer.notifications("unheard")
        let markers = hearer.notifications("marker")
        for stream in [news, markers] {
            for await _ in stream { break }
        }
        await #expect(throws: Refused.self) {
            try await speaker.write { transaction in
                try transaction.notify("unheard")
                throw Refused()
            }
        }
        let waiter = Task { () -> Bool in
            for await _ in news { return true }
            return false
        }
        try await speaker.write { try $0.notify("marker") }
        // Messages keep their order, so what the other would have had came before this.
        for await _ in markers { break }
        await hearer.close()
        #expect(await waiter.value == false)
        await speaker.close()
    }
}
