public import Database

/// Work that is done once in each interval, by one of all replicas.
///
///     ScheduledJob("shop: forget old orders", every: .seconds(600)) { run in
///         try await database.write { transaction in
///             try run.check(in: transaction)
///             try transaction.run("DELETE FROM shop_orders WHERE …")
///         }
///     }
///
/// A run whose replica dies is taken up by another within half a minute; one that fails waits for the next interval.
/// What nobody did while no replica was there is not made up for.
public struct ScheduledJob: Contribution {
    /// Its key in the database, where the words of a log and the devtools page come from: not to be changed lightly.
    public let name: String
    /// At least a second.
    public let interval: Duration
    /// Ends early when its task is cancelled: another replica has taken the run up, or the portal stops.
    public let run: @Sendable (Lease) async throws -> Void

    /// - Parameter run: gets the lease of the run, whose `check(in:)` keeps a replica that was frozen from writing.
    public init(_ name: String, every interval: Duration, run: @escaping @Sendable (Lease) async throws -> Void) {
        self.name = name
        self.interval = interval
        self.run = run
    }
}
