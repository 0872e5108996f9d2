public import Foundation

/// How one background service fares.
public struct BackgroundReport: Sendable, Hashable {
    public enum Phase: Sendable, Hashable {
        /// Not started yet.
        case waiting
        case running(since: Date)
        /// Failed, and started again at a time.
        case paused(until: Date)
        /// Has come to its end by itself.
        case ended
    }

    public let name: String
    public var phase: Phase
    /// Since the portal started.
    public var failures: Int
    public var lastError: String?
    public var lastFailure: Date?

    public init(
        name: String, phase: Phase = .waiting, failures: Int = 0, lastError: String? = nil, lastFailure: Date? = nil
    ) {
        self.name = name
        self.phase = phase
        self.failures = failures
        self.lastError = lastError
        self.lastFailure = lastFailure
    }
}
