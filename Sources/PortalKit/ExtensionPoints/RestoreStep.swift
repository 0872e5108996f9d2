public import Database

/// What a plugin changes in its tables when a backup was restored: the database is another one from then on, and older
/// than what processes and browsers may remember.
///
///     static let restoreSteps = [RestoreStep { try $0.run("UPDATE shop_orders SET lease_until = 0") }]
public struct RestoreStep: Sendable {
    /// Runs after all rows are there and all migrations applied, in the same transaction.
    public let run: @Sendable (any Transaction) throws -> Void

    public init(_ run: @escaping @Sendable (any Transaction) throws -> Void) { self.run = run }
}
