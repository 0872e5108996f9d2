/// Gives work a time to end by.
public enum Deadline {
    /// - Throws: `PortalError` of kind `unavailable` where the work does not end in time, or what it throws itself.
    public static func run<Result: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw PortalError(.unavailable, "No answer within \(limit).")
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}
