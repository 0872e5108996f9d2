import Database
import Logging
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import PortalServer

@Suite struct JobRunnerTests {
    private final class Count: Sendable {
        private let value = Mutex(0)
        func add() { value.withLock { $0 += 1 } }
        var now: Int { value.withLock { $0 } }
    }

    private static let hour = JobSchedule(interval: .seconds(3_600), name: "job")

    private static func runner(
        _ database: any SQLDatabase, renewal: Duration = .seconds(5), lines: LogLines = LogLines()
    ) throws -> JobRunner {
        try JobRunner([], database: database, logger: lines.logger, renewal: renewal)
    }

    /// As if the slot of now had not been begun yet.
    private static func makeDue(_ database: any SQLDatabase) async throws {
        try await database.write { try $0.run("UPDATE callboard_jobs SET slot = slot - 1, is_done = 1") }
    }

    private static func known(_ engine: Dialect) async throws -> any SQLDatabase {
        let database = try await TestDatabase.open(engine)
        let job = ScheduledJob("job", every: .seconds(3_600)) { _ in Issue.record("It is not its time yet.") }
        #expect(try await runner(database).step(job, hour) > .zero)
        try await makeDue(database)
        return database
    }

    @Test("two jobs of one name would take each other's slots, which ends the start")
    func names() async throws {
        let database = try await TestDatabase.open(.sqlite)
        let job = ScheduledJob("job", every: .seconds(60)) { _ in }
        #expect {
            try JobRunner([job, job], database: database, logger: LogLines().logger)
        } throws: { "\($0)".contains("'job'") }
    }

    @Test("of ten replicas one does the job of a slot", arguments: TestDatabase.engines)
    func once(_ engine: Dialect) async throws {
        let database = try await Self.known(engine)
        let count = Count()
        let job = ScheduledJob("job", every: .seconds(3_600)) { _ in
            count.add()
            try await Task.sleep(for: .milliseconds(50))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { _ = try await Self.runner(database).step(job, Self.hour) } }
            try await group.waitForAll()
        }
        #expect(count.now == 1)
        #expect(try await Self.runner(database).step(job, Self.hour) > .zero)
        #expect(count.now == 1)
        let report = try #require(try await JobStore(database).reports().first)
        #expect(report.runs == 1 && report.failures == 0 && !report.isRunning && report.error == nil)
    }

    @Test("a run whose replica died is taken up once its lease has run out", arguments: TestDatabase.engines)
    func takenUp(_ engine: Dialect) async throws {
        let database = try await Self.known(engine)
        guard case .begin(let dead) = try await JobStore(database).turn(of: "job", Self.hour) else {
            Issue.record("It was due.")
            return
        }
        try await database.write { try $0.run("UPDATE callboard_leases SET until = until + 600000") }
        let count = Count()
        let job = ScheduledJob("job", every: .seconds(3_600)) { _ in count.add() }
        #expect(try await Self.runner(database).step(job, Self.hour) > .zero)
        #expect(count.now == 0)
        try await database.write { try $0.run("UPDATE callboard_leases SET until = 1") }
        _ = try await Self.runner(database).step(job, Self.hour)
        #expect(count.now == 1)
        // What the frozen one says now is no longer heard.
        await #expect {
            try await JobStore(database).end("job", dead, error: "late")
        } throws: { ($0 as? DatabaseError)?.kind == .leaseLost }
        #expect(try await JobStore(database).reports().first?.error == nil)
    }

    @Test("a replica that was taken for dead stops, and writes nothing more")
    func frozen() async throws {
        let database = try await Self.known(.sqlite)
        let lines = LogLines()
        let ended = Count()
        let job = ScheduledJob("job", every: .seconds(3_600)) { lease in
            try await database.write { try $0.run("UPDATE callboard_leases SET token = token + 1") }
            do { try await Task.sleep(for: .seconds(20)) } catch { ended.add() }
            try await database.write { transaction in
                try lease.check(in: transaction)
                try transaction.run("DELETE FROM callboard_jobs")
            }
        }
        _ = try await Self.runner(database, renewal: .milliseconds(10), lines: lines).step(job, Self.hour)
        #expect(ended.now == 1)
        #expect(try await JobStore(database).reports().first?.isRunning == true)
        #expect(lines.all == ["warning: The job job went to another replica, which took this one for dead."])
    }

    @Test("a failure is kept and waits for the next slot", arguments: TestDatabase.engines)
    func failure(_ engine: Dialect) async throws {
        let database = try await Self.known(engine)
        let count = Count()
        let job = ScheduledJob("job", every: .seconds(3_600)) { _ in
            count.add()
            throw PortalError(.unavailable, "The moon is full.")
        }
        for _ in 0..<3 { _ = try await Self.runner(database).step(job, Self.hour) }
        #expect(count.now == 1)
        let report = try #require(try await JobStore(database).reports().first)
        #expect(report.failures == 1 && report.error == "The moon is full.")
    }

    @Test("what is kept of a failure holds no secret and has an end")
    func failureText() async throws {
        let database = try await Self.known(.sqlite)
        let job = ScheduledJob("job", every: .seconds(3_600)) { _ in
            let more = String(repeating: "x", count: 100_000)
            throw PortalError(.unavailable, "https://portal:hunter2hunter2@host.example does not answer: \(more)")
        }
        _ = try await Self.runner(database).step(job, Self.hour)
        let error = try #require(try await JobStore(database).reports().first?.error)
        #expect(error.hasPrefix("https://") && !error.contains("hunter2"))
        #expect(error.count < 2_000)
    }

    @Test("what ended well as the portal stopped is not done again", arguments: TestDatabase.engines)
    func endedAsStopped(_ engine: Dialect) async throws {
        let database = try await Self.known(engine)
        let started = Count()
        let late = ScheduledJob("job", every: .seconds(3_600)) { _ in
            started.add()
            // Work that cannot be cut short any more, and goes on to its end.
            while !Task.isCancelled { await Task.yield() }
            try await Task { try await Task.sleep(for: .milliseconds(50)) }.value
        }
        let stopped = Task { try await Self.runner(database).step(late, Self.hour) }
        while started.now == 0 { try await Task.sleep(for: .milliseconds(5)) }
        stopped.cancel()
        _ = await stopped.result
        let report = try #require(try await JobStore(database).reports().first)
        #expect(!report.isRunning && report.failures == 0)
        _ = try await Self.runner(database).step(late, Self.hour)
        #expect(started.now == 1)
    }

    @Test("a portal that stops leaves its run to another one")
    func stopped() async throws {
        let database = try await Self.known(.sqlite)
        let started = Count()
        let job = ScheduledJob("job", every: .seconds(3_600)) { _ in
            started.add()
            try await Task.sleep(for: .seconds(20))
        }
        let run = Task { try await Self.runner(database).step(job, Self.hour) }
        while started.now == 0 { try await Task.sleep(for: .milliseconds(5)) }
        run.cancel()
        _ = await run.result
        let count = Count()
        let next = ScheduledJob("job", every: .seconds(3_600)) { _ in count.add() }
        _ = try await Self.runner(database).step(next, Self.hour)
        #expect(count.now == 1)
    }
}
