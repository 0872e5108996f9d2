/// A condition of `/.backstage/health/v1/readiness`.
public struct HealthCheck: Contribution {
    /// What is wrong.
    public struct Problem: Sendable, Hashable {
        /// One sentence for anybody who asks: no host, path, name or secret.
        public let reason: String
        /// For an operator: the log and the pages of operators have it.
        public let detail: String

        public init(_ reason: String, detail: String? = nil) {
            self.reason = reason
            self.detail = detail ?? reason
        }
    }

    public let name: String
    /// Returns nil when healthy. What takes more than two seconds counts as a failure.
    public let find: @Sendable () async -> Problem?

    /// - Parameter problem: nil when healthy, else what is wrong, for an operator alone.
    public init(_ name: String, problem: @escaping @Sendable () async -> String?) {
        self.name = name
        find = { await problem().map { Problem("It fails; the portal's log says why.", detail: $0) } }
    }

    /// - Parameter find: nil when healthy, else what anybody may know of what is wrong.
    public init(_ name: String, explainedBy find: @escaping @Sendable () async -> Problem?) {
        self.name = name
        self.find = find
    }

    /// Nil when healthy, else what is wrong, for an operator.
    public func problem() async -> String? { await find()?.detail }
}
