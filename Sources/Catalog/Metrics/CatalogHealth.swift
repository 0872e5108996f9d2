import Database
import PortalKit

/// Whether the catalog can do its work: reads are answered from memory, but nothing new can be learned or kept without
/// the database, nor shown without the change feed.
struct CatalogHealth: Sendable {
    /// Milliseconds that a change may wait to be shown; a large import stays far below.
    private static let longestLag: Int64 = 60_000

    let database: any SQLDatabase
    let index: PublishedIndex

    var databaseCheck: HealthCheck { HealthCheck("catalog database", explainedBy: databaseProblem) }
    var feedCheck: HealthCheck { HealthCheck("catalog feed", explainedBy: feedProblem) }

    private func databaseProblem() async -> HealthCheck.Problem? {
        do {
            _ = try await database.read { try $0.row("SELECT n FROM catalog_counters WHERE name = 'feed'") }
            return nil
        } catch let error as DatabaseError where error.kind == .statement {
            return .init("The database does not have the tables of this version.", detail: error.message)
        } catch let error as DatabaseError where error.kind == .full {
            return .init("The disk of the database is full.", detail: error.message)
        } catch {
            return .init("The database does not answer.", detail: "\(error)")
        }
    }

    /// A database that does not answer is told by the other check.
    private func feedProblem() async -> HealthCheck.Problem? {
        let head = index.current.head
        let lag = try? await database.read { transaction -> Int64 in
            let missed = try transaction.row("SELECT at FROM catalog_feed WHERE n > \(head) ORDER BY n LIMIT 1")
            return try missed.map { max(0, try transaction.now() - (try $0.integer(0))) } ?? 0
        }
        guard let lag, lag > Self.longestLag else { return nil }
        return .init("Changes of the last \(lag / 1_000) seconds are not shown yet.")
    }
}
