import Database

/// What goes on without the database, where it does not answer.
public enum Outage {
    /// Does work for which there is something instead while the database is away; other errors are thrown on.
    public static func orElse<Result>(
        _ substitute: Result, _ work: () async throws -> Result
    ) async throws -> Result {
        do { return try await work() } catch let error as DatabaseError where error.isOutage {
            return substitute
        } catch let error as PortalError where error.kind == .unavailable {
            return substitute
        }
    }
}
