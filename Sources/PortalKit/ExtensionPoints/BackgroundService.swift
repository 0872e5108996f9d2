/// Work that runs as long as the portal: loops, followers, schedulers.
public struct BackgroundService: Contribution {
    public let name: String
    /// Runs before the portal answers its first request; boot fails with what it throws.
    public let prepare: @Sendable () async throws -> Void
    /// Runs until its task is cancelled.
    public let run: @Sendable () async throws -> Void

    public init(
        _ name: String, prepare: @escaping @Sendable () async throws -> Void = {},
        run: @escaping @Sendable () async throws -> Void
    ) {
        self.name = name
        self.prepare = prepare
        self.run = run
    }
}
