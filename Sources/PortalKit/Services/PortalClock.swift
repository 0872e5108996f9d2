public import Foundation

/// The time of day, so that tests can set it.
public protocol PortalClock: Sendable {
    var now: Date { get }
    /// Waits; throws `CancellationError` when cancelled.
    func sleep(for duration: Duration) async throws
}

/// The machine's clock.
public struct SystemClock: PortalClock {
    public init() {}
    public var now: Date { Date() }
    public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
