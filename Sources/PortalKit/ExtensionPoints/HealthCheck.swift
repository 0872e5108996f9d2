/// A condition of `/.backstage/health/v1/readiness`.
public struct HealthCheck: Contribution {
    public let name: String
    /// Returns nil when healthy, else what is wrong, for an operator.
    public let problem: @Sendable () async -> String?

    public init(_ name: String, problem: @escaping @Sendable () async -> String?) {
        self.name = name
        self.problem = problem
    }
}
