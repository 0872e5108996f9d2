/// How far the memory of this replica follows the database, so that whoever has seen or written something on one replica
/// sees it on every other.
///
/// Contributed once, and only where there can be other replicas: alone there is nothing to wait for.
public struct ReadPosition: Contribution {
    /// The number of the last change that reads here include.
    public let current: @Sendable () -> Int64
    /// Waits until reads include a number, or as long as it may.
    public let reach: @Sendable (_ number: Int64, _ atMost: Duration) async -> Void

    public init(
        current: @escaping @Sendable () -> Int64,
        reach: @escaping @Sendable (_ number: Int64, _ atMost: Duration) async -> Void
    ) {
        self.current = current
        self.reach = reach
    }
}
