import Foundation
import PortalTesting
import Testing

@testable import Database

/// What only PostgreSQL has: a pool, a server that comes and goes, neighbours.
@Suite(.enabled(if: ThrowawayPostgres.shared != nil, "PostgreSQL is not installed."))
struct PostgresTests {
    private struct Opened {
        let database: ConfiguredDatabase
        let settings: PostgresSettings
        /// What the server shows of these connections.
        let name: String
    }

    private func settings() throws -> PostgresSettings { try #require(ThrowawayPostgres.shared).settings() }

    private func open() async throws -> Opened {
        var settings = try settings()
        let name = "callboard \(UUID().uuidString)"
        settings.parameters["application_name"] = name
        return Opened(database: try await ConfiguredDatabase.open(.postgres(settings)), settings: settings, name: name)
    }

    /// A second way to the same server, to look and to interfere.
    private func admin() async throws -> ConfiguredDatabase { try await ConfiguredDatabase.open(.postgres(settings())) }

    private static func sessions(_ name: String, _ admin: ConfiguredDatabase) async throws -> Int {
        try await admin.read { transaction in
            try transaction.row("SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = \(name)")?.int(0) ?? 0
        }
    }

    private static func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end {
            if try await condition() { return true }
            await Task.yield()
        }
        return false
    }

    @Test("background work never has the last connection, and all of it is done")
    func keepsOneForPeople() async throws {
        let opened = try await open()
        let gate = DispatchSemaphore(value: 0)
        let (started, start) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<10 {
                group.addTask {
                    try await opened.database.write { _ in
                        start.yield(number)
                        gate.wait()
                    }
                }
            }
            var beginnings = started.makeAsyncIterator()
            for _ in 0..<2 { _ = await beginnings.next() }
            // Two of three connections are held and eight wait; a person does not.
            let one = try await opened.database.read { try $0.row("SELECT 1")?.integer(0) }
            #expect(one == 1)
            try await opened.database.write(priority: .interactive) { _ = try $0.rows("SELECT 1") }
            for _ in 0..<10 { gate.signal() }
            try await group.waitForAll()
        }
        await opened.database.close()
    }

    @Test("people's work, however much, does not keep the background's waiting for ever")
    func isPatient() async throws {
        let opened = try await open()
        let isDone = Shared(false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    while !isDone.value {
                        try await opened.database.write(priority: .interactive) { _ = try $0.rows("SELECT 1") }
                    }
                }
            }
            group.addTask {
                for _ in 0..<5 { try await opened.database.write { _ = try $0.rows("SELECT 1") } }
                isDone.change { $0 = true }
            }
            try await group.waitForAll()
        }
        await opened.database.close()
    }

    @Test("a cancelled read leaves the line; a write that was begun comes to its end")
    func cancellation() async throws {
        let opened = try await open()
        try await opened.database.write { try $0.run("CREATE TABLE t (x BIGINT)") }
        let gate = DispatchSemaphore(value: 0)
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let holders = (0..<3).map { _ in
            Task {
                try await opened.database.write(priority: .interactive) { _ in
                    start.yield()
                    gate.wait()
                }
            }
        }
        var beginnings = started.makeAsyncIterator()
        for _ in 0..<3 { _ = await beginnings.next() }
        let reads = (0..<50).map { _ in Task { try await opened.database.read { try $0.rows("SELECT 1").count } } }
        let write = Task { try await opened.database.write { try $0.run("INSERT INTO t VALUES (1)") } }
        for read in reads { read.cancel() }
        write.cancel()
        for read in reads {
            await #expect(throws: CancellationError.self) { try await read.value }
        }
        for _ in 0..<3 { gate.signal() }
        for holder in holders { try await holder.value }
        #expect(try await write.value == 1)
        // No connection went missing on the way.
        try await keepsThree(opened.database)
        await opened.database.close()
    }

    /// Whether three bodies can be in transactions at once.
    private func keepsThree(_ database: ConfiguredDatabase) async throws {
        let inside = Shared(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    try await database.write(priority: .interactive) { _ in
                        inside.change { $0 += 1 }
                        let end = ContinuousClock.now + .seconds(10)
                        while inside.value < 3, ContinuousClock.now < end {}
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.value == 3)
    }

    @Test("closing refuses who waits, lets who is inside finish, and leaves no session")
    func closes() async throws {
        let opened = try await open()
        let admin = try await admin()
        let gate = DispatchSemaphore(value: 0)
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let holders = (0..<3).map { _ in
            Task {
                try await opened.database.write(priority: .interactive) { transaction in
                    start.yield()
                    gate.wait()
                    return try transaction.row("SELECT 1")?.int(0)
                }
            }
        }
        var beginnings = started.makeAsyncIterator()
        for _ in 0..<3 { _ = await beginnings.next() }
        let late = (0..<20).map { _ in Task { try await opened.database.write { _ = try $0.rows("SELECT 1") } } }
        let closing = Task { await opened.database.close() }
        for task in late {
            await #expect { try await task.value } throws: { ($0 as? DatabaseError)?.kind == .connection }
        }
        for _ in 0..<3 { gate.signal() }
        for holder in holders { #expect(try await holder.value == 1) }
        await closing.value
        #expect(try await Self.eventually { try await Self.sessions(opened.name, admin) == 0 })
        await admin.close()
    }

    @Test("after the server ends all sessions, reads, writes and listening go on")
    func recovers() async throws {
        let opened = try await open()
        let admin = try await admin()
        try await opened.database.write { try $0.run("CREATE TABLE t (x BIGINT)") }
        let news = opened.database.notifications("news")
        var elements = news.makeAsyncIterator()
        _ = await elements.next()
        try await admin.write { try $0.notify("news") }
        _ = await elements.next()
        for round in 1...2 {
            let name = opened.name
            try await admin.write { transaction in
                _ = try transaction.rows(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = \(name)")
            }
            let count = try await opened.database.write { transaction in
                try transaction.run("INSERT INTO t VALUES (\(round))")
                return try transaction.row("SELECT COUNT(*) FROM t")?.int(0)
            }
            #expect(count == round)
            // Whoever listens looks again, because what was said meanwhile is not known.
            #expect(await elements.next() != nil)
        }
        try await admin.write { try $0.notify("news") }
        #expect(await elements.next() != nil)
        await opened.database.close()
        await admin.close()
    }

    @Test("a body whose connection is lost runs again, and what it did is there once")
    func retriesLostConnections() async throws {
        let opened = try await open()
        try await opened.database.write { try $0.run("CREATE TABLE t (x BIGINT)") }
        let runs = Shared(0)
        let attempt = try await opened.database.write { transaction in
            let run = runs.change { $0 += 1 }
            try transaction.run("INSERT INTO t VALUES (\(run))")
            if run < 3 { _ = try transaction.rows("SELECT pg_terminate_backend(pg_backend_pid())") }
            return run
        }
        #expect(attempt == 3)
        let rows = try await opened.database.read { try $0.rows("SELECT x FROM t").map { try $0.int(0) } }
        #expect(rows == [3])
        await opened.database.close()
    }

    @Test("of two that lock each other out one runs again, and both succeed")
    func deadlocks() async throws {
        let opened = try await open()
        try await opened.database.write { transaction in
            try transaction.run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT)")
            try transaction.run("INSERT INTO t VALUES (1, 0), (2, 0)")
        }
        let met = Shared(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (first, second) in [(1, 2), (2, 1)] {
                group.addTask {
                    try await opened.database.write(priority: .interactive) { transaction in
                        try transaction.run("UPDATE t SET n = n + 1 WHERE id = \(first)")
                        met.change { $0 += 1 }
                        let end = ContinuousClock.now + .seconds(10)
                        while met.value < 2, ContinuousClock.now < end {}
                        try transaction.run("UPDATE t SET n = n + 1 WHERE id = \(second)")
                    }
                }
            }
            try await group.waitForAll()
        }
        let sums = try await opened.database.read { try $0.rows("SELECT n FROM t").map { try $0.int(0) } }
        #expect(sums == [2, 2])
        #expect(met.value > 2, "one of them ran twice")
        await opened.database.close()
    }

    @Test("more different statements than are kept prepared do no harm, in failed transactions neither")
    func manyStatements() async throws {
        let opened = try await open()
        try await opened.database.write { try $0.run("CREATE TABLE t (x BIGINT PRIMARY KEY)") }
        for round in 0..<3 {
            try await opened.database.write { transaction in
                for count in 1...399 {
                    _ = try transaction.rows("SELECT x FROM t WHERE x IN \(list: Array(0..<(count + round * 399)))")
                }
                try transaction.run("INSERT INTO t VALUES (\(round))")
                for _ in 0..<5 {
                    _ = try? transaction.savepoint {
                        try transaction.savepoint { try transaction.run("INSERT INTO t (x) VALUES (\(round))") }
                    }
                }
            }
        }
        let count = try await opened.database.read { try $0.rows("SELECT x FROM t").count }
        #expect(count == 3)
        await opened.database.close()
    }

    @Test("a table that another replica changed is read anew")
    func changedTables() async throws {
        let opened = try await open()
        try await opened.database.write { try $0.run("CREATE TABLE t (x BIGINT)") }
        let other = try await ConfiguredDatabase.open(.postgres(opened.settings))
        for column in ["a", "b", "c"] {
            for _ in 0..<4 { _ = try await opened.database.read { try $0.rows("SELECT * FROM t") } }
            try await other.write { transaction in
                switch column {
                case "a": try transaction.run("ALTER TABLE t ADD COLUMN a TEXT")
                case "b": try transaction.run("ALTER TABLE t ALTER COLUMN x TYPE TEXT")
                default: try transaction.run("ALTER TABLE t DROP COLUMN a")
                }
            }
        }
        let rows = try await opened.database.read { try $0.rows("SELECT * FROM t") }
        #expect(rows.isEmpty)
        await opened.database.close()
        await other.close()
    }

    @Test("whoever may not make schemas can use one that is there")
    func limitedRights() async throws {
        var settings = try settings()
        let admin = try await admin()
        let schema = settings.schema
        let role = "limited_\(schema)"
        // The names are this test's own.
        try await admin.write { transaction in
            try transaction.run(SQL(trusted: "CREATE ROLE \(role) LOGIN"))
            try transaction.run(SQL(trusted: "CREATE SCHEMA \(schema) AUTHORIZATION \(role)"))
        }
        settings.parameters["user"] = role
        let database = try await ConfiguredDatabase.open(.postgres(settings))
        try await Migrator(Lease.migrations).migrate(database)
        settings.schema = "another_\(settings.schema)"
        await #expect {
            _ = try await ConfiguredDatabase.open(.postgres(settings))
        } throws: { ($0 as? DatabaseError)?.message.contains("permission denied") == true }
        await database.close()
        await admin.close()
    }

    @Test("a server that is not there is named, its password is not")
    func unreachable() async throws {
        let secret = "correct-horse"
        let wrong = [
            PostgresSettings(parameters: ["host": "/nowhere", "user": "u", "password": secret]),
            PostgresSettings(connectionString: "postgresql://u:\(secret)@%2Fnowhere/db"),
            PostgresSettings(connectionString: "postgres//u:\(secret)@host/db?x=y"),
            PostgresSettings(connectionString: "host=/nowhere password=\(secret) unknown=1"),
        ]
        for settings in wrong {
            await #expect {
                _ = try await ConfiguredDatabase.open(.postgres(settings))
            } throws: { error in
                guard let error = error as? DatabaseError else { return false }
                return error.message.contains("cannot be re") && !error.message.contains(secret)
            }
        }
    }

    @Test("certificates that are given as text are files for as long as they are needed")
    func certificates() throws {
        var settings = PostgresSettings()
        settings.certificates = ["sslkey": "-----BEGIN KEY-----\nx\n"]
        var held: (PostgresSettings, [CertificateFile])? = try CertificateFile.files(of: settings)
        let path = try #require(held?.0.parameters["sslkey"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "-----BEGIN KEY-----\nx\n")
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o077 == 0, "libpq refuses keys that others can read")
        held = nil
        // The number of the file may be another's by now.
        #expect((try? String(contentsOfFile: path, encoding: .utf8)) != "-----BEGIN KEY-----\nx\n")
    }
}
