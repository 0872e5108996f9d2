/// The jobs of all replicas in the table `callboard_jobs`: which slot of each was begun, and how it went.
public struct JobStore: Sendable {
    /// A run whose replica died is free to be taken up after so long.
    public static let leaseMilliseconds: Int64 = 20_000

    private let database: any SQLDatabase

    public init(_ database: any SQLDatabase) { self.database = database }

    /// What came of asking for a job's turn.
    public enum Turn: Sendable {
        /// It is to be done now, by whoever asked.
        case begin(Lease)
        /// There may be something to do after so many milliseconds.
        case wait(Int64)
    }

    /// Begins a job where its slot has not been done yet and nobody else does it.
    ///
    /// The slot in which a job is first heard of counts as done: what all replicas do does not begin with their start.
    public func turn(of name: String, _ schedule: JobSchedule) async throws -> Turn {
        if let wait = try await wait(for: name, schedule) { return .wait(wait) }
        guard let lease = try await Lease.acquire(Self.lease(name), milliseconds: Self.leaseMilliseconds, in: database)
        else { return .wait(try await untilFree(name)) }
        let hasBegun = try await database.write { transaction in
            try lease.check(in: transaction)
            let now = try transaction.now()
            // Another may have done it between the look and the lease.
            guard let state = try Self.state(of: name, transaction), let next = schedule.begin(state, now: now) else {
                return false
            }
            try transaction.run(
                """
                UPDATE callboard_jobs SET slot = \(next.slot), is_done = 0, started_at = \(now), runs = runs + 1
                WHERE name = \(name)
                """)
            return true
        }
        if hasBegun { return .begin(lease) }
        try await lease.release(in: database)
        return .wait(schedule.delay(at: try await database.now()))
    }

    /// Notes how a run went, where it is still the holder's, and gives its lease back.
    /// - Parameter error: nil where it went well; a failure waits for the next slot.
    /// - Throws: `DatabaseError` of kind `leaseLost` where another replica took it up; then nothing is noted.
    public func end(_ name: String, _ lease: Lease, error: String?) async throws {
        try await database.write { transaction in
            try lease.check(in: transaction)
            let now = try transaction.now()
            try transaction.run(
                """
                UPDATE callboard_jobs SET is_done = 1, ended_at = \(now), error = \(error),
                failures = failures + \(error == nil ? 0 : 1) WHERE name = \(name)
                """)
        }
        try await lease.release(in: database)
    }

    /// - Returns: nil where there is something to do.
    private func wait(for name: String, _ schedule: JobSchedule) async throws -> Int64? {
        let known = try await database.read { transaction -> Int64?? in
            let now = try transaction.now()
            guard let state = try Self.state(of: name, transaction) else { return nil }
            return .some(schedule.begin(state, now: now) == nil ? schedule.delay(at: now) : nil)
        }
        if let known { return known }
        return try await database.write { transaction in
            let now = try transaction.now()
            try transaction.run(
                """
                INSERT INTO callboard_jobs (name, slot, is_done, runs, failures)
                VALUES (\(name), \(schedule.slot(at: now)), 1, 0, 0) ON CONFLICT (name) DO NOTHING
                """)
            return schedule.delay(at: now)
        }
    }

    private func untilFree(_ name: String) async throws -> Int64 {
        try await database.read { transaction in
            let until = try transaction.row("SELECT until FROM callboard_leases WHERE name = \(Self.lease(name))")
            return max(1, (try until?.integer(0) ?? 0) - (try transaction.now()))
        }
    }

    private static func lease(_ name: String) -> String { "job \(name)" }

    private static func state(of name: String, _ transaction: any Transaction) throws -> JobSchedule.State? {
        try transaction.row("SELECT slot, is_done FROM callboard_jobs WHERE name = \(name)").map {
            JobSchedule.State(slot: try $0.integer(0), isDone: try $0.bool(1))
        }
    }

    /// How a job has fared.
    public struct Report: Sendable, Hashable {
        public let name: String
        /// Milliseconds since 1970; nil before the first run.
        public let startedAt: Int64?
        public let endedAt: Int64?
        public let isRunning: Bool
        public let runs: Int64
        public let failures: Int64
        /// Of the last run, where it failed.
        public let error: String?

        public init(
            name: String, startedAt: Int64?, endedAt: Int64?, isRunning: Bool, runs: Int64, failures: Int64,
            error: String?
        ) {
            self.name = name
            self.startedAt = startedAt
            self.endedAt = endedAt
            self.isRunning = isRunning
            self.runs = runs
            self.failures = failures
            self.error = error
        }
    }

    /// Every job that was ever heard of, by name.
    public func reports() async throws -> [Report] {
        try await database.read { transaction in
            try transaction.rows(
                "SELECT name, started_at, ended_at, is_done, runs, failures, error FROM callboard_jobs ORDER BY name"
            ).map { row in
                Report(
                    name: try row.text(0), startedAt: try row.optionalInteger(1), endedAt: try row.optionalInteger(2),
                    isRunning: try !row.bool(3), runs: try row.integer(4), failures: try row.integer(5),
                    error: try row.optionalText(6))
            }
        }
    }

    static let table: SQL = """
        CREATE TABLE callboard_jobs (
            name TEXT PRIMARY KEY, slot BIGINT NOT NULL, is_done BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT,
            runs BIGINT NOT NULL, failures BIGINT NOT NULL, error TEXT
        )
        """
}
