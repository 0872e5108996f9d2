import Foundation
import PortalTesting
import Testing

@testable import Database

/// PostgreSQL behind a network that swallows everything: connections are open, and nothing comes back.
@Suite(.enabled(if: TestDatabase.engines.contains(.postgres)), .serialized) struct SilentPostgresTests {
    private func opened() async throws -> (proxy: StallingProxy, database: ConfiguredDatabase) {
        var settings = try #require(ThrowawayPostgres.shared).settings()
        let folder = try #require(settings.parameters["host"])
        let proxy = try StallingProxy(to: "\(folder)/.s.PGSQL.5432")
        settings.parameters["host"] = "127.0.0.1"
        settings.parameters["port"] = String(proxy.port)
        settings.patience = PostgresSettings().patience
        return (proxy, try await ConfiguredDatabase.open(.postgres(settings)))
    }

    private func failure(_ work: @Sendable () async throws -> Void) async -> (error: DatabaseError?, time: Duration) {
        let (error, time) = await TestPace.timed { () -> DatabaseError? in
            do {
                try await work()
                return nil
            } catch { return error as? DatabaseError }
        }
        return (error, time)
    }

    private func ask(
        _ database: ConfiguredDatabase, isRead: Bool
    ) async -> (error: DatabaseError?, time: Duration) {
        await failure {
            if isRead {
                _ = try await database.read { try $0.row("SELECT 1") }
            } else {
                _ = try await database.write(priority: .interactive) { try $0.run("INSERT INTO t VALUES (1)") }
            }
        }
    }

    @Test("people are told within ten seconds, the next at once, and it goes on when the network does")
    func silence() async throws {
        let (proxy, database) = try await opened()
        try await database.write { try $0.run("CREATE TABLE t (x BIGINT)") }
        proxy.fallSilent()
        let first = await failure { _ = try await database.read { try $0.row("SELECT 1") } }
        #expect(first.error?.kind == .timeout)
        #expect(first.time < .seconds(9))
        let next = await failure { _ = try await database.read { try $0.row("SELECT 1") } }
        #expect([.timeout, .connection].contains(next.error?.kind))
        #expect(next.time < .seconds(1), "one request must not wait as often as it asks")
        #expect((database.figures.silences ?? 0) >= 1)
        // Very many at once: all are told in time, and the connections stay few.
        let outcomes = await withTaskGroup(of: (error: DatabaseError?, time: Duration).self) { group in
            for number in 0..<200 { group.addTask { await ask(database, isRead: number % 2 == 0) } }
            var all: [(error: DatabaseError?, time: Duration)] = []
            for await outcome in group { all.append(outcome) }
            return all
        }
        let slowest = outcomes.map(\.time).max() ?? .zero
        let told = outcomes.count { $0.error != nil }
        #expect(told == 200)
        #expect(slowest < .seconds(10))
        #expect(proxy.open <= 8)
        proxy.speak()
        let (_, recovery) = try await TestPace.timed {
            while await ask(database, isRead: true).error != nil { try await Task.sleep(for: .milliseconds(50)) }
        }
        #expect(recovery < .seconds(5))
        let rows = try await database.read { try $0.row("SELECT COUNT(*) FROM t")?.int(0) }
        #expect(rows == 0, "what was not answered was not written")
        await database.close()
        proxy.close()
    }

    @Test("who listens notices the silence, and hears what comes after it")
    func listener() async throws {
        let (proxy, database) = try await opened()
        var news = database.notifications("news").makeAsyncIterator()
        _ = await news.next()
        proxy.fallSilent()
        proxy.speak()
        try await database.write(priority: .interactive) { try $0.notify("news") }
        #expect(await news.next() != nil)
        await database.close()
        proxy.close()
    }

    @Test("a statement that takes too long for people is ended by the server, and the connection is kept")
    func slowStatement() async throws {
        var settings = try #require(ThrowawayPostgres.shared).settings()
        settings.patience = .seconds(30)
        let database = try await ConfiguredDatabase.open(.postgres(settings))
        let slow = await failure {
            _ = try await database.read { transaction in
                try transaction.run("SET LOCAL statement_timeout = 200")
                return try transaction.row("SELECT pg_sleep(5)")
            }
        }
        #expect(slow.error?.kind == .timeout)
        #expect(slow.time < .seconds(4))
        #expect(database.figures.silences == 0)
        let limits = try await database.read { try $0.row("SELECT current_setting('statement_timeout')")?.text(0) }
        #expect(limits?.hasSuffix("ms") == true || limits == "30s")
        let background = try await database.write { try $0.row("SELECT current_setting('statement_timeout')")?.text(0) }
        #expect(background == "1min")
        await database.close()
    }

    @Test("who waits too long for a lock is told so, and nobody takes the server for silent")
    func lockedRow() async throws {
        var settings = try #require(ThrowawayPostgres.shared).settings()
        settings.patience = .seconds(2)
        let database = try await ConfiguredDatabase.open(.postgres(settings))
        try await database.write { transaction in
            try transaction.run("CREATE TABLE locked (x BIGINT)")
            try transaction.run("INSERT INTO locked VALUES (1)")
        }
        let (locks, locking) = AsyncStream<Void>.makeStream()
        let done = DispatchSemaphore(value: 0)
        let holder = Task {
            try await database.write { transaction in
                try transaction.run("UPDATE locked SET x = 2")
                locking.finish()
                done.wait()
            }
        }
        for await _ in locks {}
        let late = await failure {
            _ = try await database.write(priority: .interactive) { try $0.run("UPDATE locked SET x = 3") }
        }
        #expect([.timeout, .busy].contains(late.error?.kind))
        #expect(database.figures.silences == 0)
        let next = await failure { _ = try await database.read { try $0.row("SELECT 1") } }
        #expect(next.error == nil)
        done.signal()
        try await holder.value
        await database.close()
    }

    @Test("commands may rest within a transaction for longer than portals", arguments: [DatabaseUse.reading, .alone])
    func rest(_ use: DatabaseUse) async throws {
        let settings = try #require(ThrowawayPostgres.shared).settings()
        let portal = try await ConfiguredDatabase.open(.postgres(settings))
        let command = try await ConfiguredDatabase.open(.postgres(settings), for: use)
        let question: SQL = "SELECT current_setting('idle_in_transaction_session_timeout')"
        #expect(try await portal.read { try $0.row(question)?.text(0) } == "10s")
        #expect(try await command.read { try $0.row(question)?.text(0) } == "30min")
        await command.close()
        await portal.close()
    }

    @Test("pool and line are told as figures") func figures() async throws {
        let database = try await TestDatabase.open(.postgres)
        let figures = database.figures
        #expect(figures.connections.map(\.state) == ["idle", "people", "background"])
        #expect(figures.connections.map(\.count).reduce(0, +) == 3)
        #expect(figures.waiting.map(\.count) == [0, 0])
        await database.close()
    }
}

@Suite struct SQLiteFiguresTests {
    @Test("commits and what shared them are counted") func tallies() async throws {
        let database = try await TestDatabase.open(.sqlite)
        let before = try #require(database.figures.groups)
        try await database.write { try $0.run("CREATE TABLE t (x BIGINT)") }
        try await database.write { try $0.run("INSERT INTO t VALUES (1)") }
        let groups = try #require(database.figures.groups)
        #expect(groups.sum - before.sum == 2)
        #expect(groups.counts.reduce(0, +) - before.counts.reduce(0, +) == 2)
        #expect((database.figures.commits?.sum ?? 0) > 0)
        #expect(database.figures.connections.isEmpty)
        await database.close()
    }
}
