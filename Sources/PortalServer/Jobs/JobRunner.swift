import Database
import Logging
import PortalKit

/// Does the scheduled jobs of this replica's share: each in a loop of its own, so that a slow one holds up no other.
struct JobRunner: Sendable {
    private let jobs: [ScheduledJob]
    private let store: JobStore
    private let database: any SQLDatabase
    private let logger: Logger
    private let renewal: Duration

    /// Clocks are set, replicas die: nobody sleeps for longer than this without a look.
    private static let longestWait: Duration = .seconds(8)
    private static let pauseAfterFailure: Duration = .seconds(5)
    private static let longestError = 1_000

    /// - Throws: `PortalError` of kind `internal` where two jobs have one name, by which each would take the other's slots.
    init(
        _ jobs: [ScheduledJob], database: any SQLDatabase, logger: Logger,
        renewal: Duration = .milliseconds(JobStore.leaseMilliseconds / 4)
    ) throws {
        var names: Set<String> = []
        for job in jobs where !names.insert(job.name).inserted {
            throw PortalError(.internal, "Two plugins claim the scheduled job '\(job.name)'.")
        }
        self.jobs = jobs
        store = JobStore(database)
        self.database = database
        self.logger = logger
        self.renewal = renewal
    }

    var service: BackgroundService { BackgroundService("scheduled jobs", run: run) }

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            for job in jobs { group.addTask { await loop(job) } }
        }
        try Task.checkCancellation()
    }

    private func loop(_ job: ScheduledJob) async {
        let schedule = JobSchedule(interval: job.interval, name: job.name)
        while !Task.isCancelled {
            var pause = Self.pauseAfterFailure
            do { pause = try await step(job, schedule) } catch is CancellationError {
                return
            } catch {
                logger.warning("The job \(job.name) waits for the database, which is asked again in 5 s: \(error)")
            }
            try? await Task.sleep(for: pause)
        }
    }

    /// - Returns: how long there is nothing to do.
    func step(_ job: ScheduledJob, _ schedule: JobSchedule) async throws -> Duration {
        switch try await store.turn(of: job.name, schedule) {
        case .wait(let milliseconds): return min(.milliseconds(milliseconds), Self.longestWait)
        case .begin(let lease):
            try await run(job, lease)
            return .zero
        }
    }

    private func run(_ job: ScheduledJob, _ lease: Lease) async throws {
        do { try await finish(job, lease) } catch let error as DatabaseError where error.kind == .leaseLost {
            logger.warning("The job \(job.name) went to another replica, which took this one for dead.")
        }
    }

    /// - Throws: `DatabaseError`, of kind `leaseLost` where another replica has the run by now.
    private func finish(_ job: ScheduledJob, _ lease: Lease) async throws {
        var failure: (any Error)?
        do { try await renewed(lease) { try await job.run(lease) } } catch { failure = error }
        if let error = failure as? DatabaseError, error.kind == .leaseLost { throw error }
        // What is cut short by the end of this replica is for another one to do; what ended well is not done twice.
        if failure != nil, Task.isCancelled { return try await lease.release(in: database) }
        if let failure { logger.error("The job \(job.name) failed: \(failure)") }
        try await store.end(job.name, lease, error: failure.map(Self.words))
    }

    /// What is kept of a failure, and shown: no more secrets than in the log, and not endless.
    private static func words(_ error: any Error) -> String {
        let text = Redaction.redacted((error as? PortalError)?.message ?? "\(error)")
        return text.utf8.count <= longestError ? text : "\(text.prefix(longestError))…"
    }

    /// Does something as long as the lease can be kept.
    /// - Throws: what the work throws, or `DatabaseError` of kind `leaseLost`.
    private func renewed(_ lease: Lease, _ work: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await work()
                return true
            }
            group.addTask {
                while true {
                    do {
                        try await Task.sleep(for: renewal)
                        try await lease.renew(milliseconds: JobStore.leaseMilliseconds, in: database)
                    } catch is CancellationError {
                        // The work says how it ended.
                        return false
                    } catch let error as DatabaseError where error.kind != .leaseLost {
                        // The database may be back before the lease runs out.
                        continue
                    }
                }
            }
            defer { group.cancelAll() }
            while let isDone = try await group.next(), !isDone {}
        }
    }
}
