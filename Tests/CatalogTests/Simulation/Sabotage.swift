import Database

@testable import Catalog
@testable import Database

/// Rules of the catalog that are broken on purpose, so that the simulation shows that it can fail. Statements are
/// rewritten on their way to the database: the code under test has no hooks.
enum Sabotage: String, Sendable, CaseIterable {
    /// What a frozen replica read is stored although another has the source by now.
    case forgetsTokens
    /// A request that comes while a source is read is not remembered.
    case forgetsRequests
    /// The feed leaves a number out.
    case skipsNumbers
    /// Who follows the feed takes a page's end for the end of it.
    case takesPagesForComplete
    /// Who claims does not look whether somebody has the source.
    case ignoresLeases
    /// Whoever had a source keeps it from its new holder.
    case renewsForeignLeases
    /// A job's slot that was done is done again.
    case repeatsJobs
    /// Whoever began a job ends it although another does it by now.
    case endsForeignJobs
    /// What is deleted is not looked for again.
    case forgetsDeletions
    /// Claims of sources that go are kept.
    case keepsClaims
    /// A change keeps another version than the one before it.
    case losesHistory

    /// A world in which it was found before; only from there on it is looked for, so that the search is short.
    var foundBefore: Int {
        switch self {
        case .endsForeignJobs: 84
        case .forgetsDeletions: 13
        case .keepsClaims: 10
        default: 0
        }
    }

    static let outcome = "SELECT next_at, requests, failures, lease_token"

    /// A statement as it reaches the database.
    func broken(_ parts: [SQL.Part], _ activity: Activity) -> [SQL.Part] {
        switch self {
        case .forgetsTokens:
            guard case .read(let source) = activity.kind else { return parts }
            return replacing(parts, "failures, lease_token", by: "failures, \(source.token)", if: Self.outcome)
        case .forgetsRequests:
            guard case .read(let source) = activity.kind else { return parts }
            let seen = replacing(parts, "next_at, requests,", by: "next_at, \(source.requests),", if: Self.outcome)
            return replacing(seen, "WHEN requests = ", by: "WHEN -1 < ", if: "UPDATE catalog_sources SET fail")
        case .skipsNumbers:
            guard parts.contains(.value(.text("feed"))) else { return parts }
            return replacing(parts, "SET n = n + ", by: "SET n = n + 1 + ", if: "UPDATE catalog_counters")
        case .takesPagesForComplete: return parts
        case .ignoresLeases: return replacing(parts, " AND lease_until <= ", by: " AND 0 <= ", if: "SELECT id, type")
        case .renewsForeignLeases:
            guard case .renew = activity.kind else { return parts }
            return replacing(parts, "AND lease_token = ", by: "AND 0 <> ", if: "UPDATE catalog_sources SET lease_u")
        case .repeatsJobs: return replacing(parts, "slot, is_done", by: "slot, 0", if: "SELECT slot, is_done")
        case .endsForeignJobs:
            guard let token = activity.facts.value.lease?.token else { return parts }
            return replacing(parts, "SELECT token", by: "SELECT \(token)", if: "SELECT token FROM callboard_leases")
        case .forgetsDeletions:
            guard case .delete = activity.kind else { return parts }
            return replacing(parts, "next_at = 0", by: "next_at = next_at", if: "UPDATE catalog_sources")
        case .keepsClaims:
            return replacing(parts, " AND source_id = ", by: " AND 0 = ", if: "DELETE FROM catalog_claims WHERE ref")
        case .losesHistory: return replacing(parts, "SELECT body", by: "SELECT x'7B7D'", if: "SELECT body FROM catalog")
        }
    }

    private func replacing(_ parts: [SQL.Part], _ old: String, by new: String, if head: String) -> [SQL.Part] {
        guard case .text(let first)? = parts.first, first.hasPrefix(head) else { return parts }
        return parts.map { part in
            if case .text(let text) = part { .text(text.replacing(old, with: new)) } else { part }
        }
    }
}

/// A feed that says after each page that there is no more.
struct ImpatientFeed: CatalogFeed {
    let feed: SQLCatalogFeed

    func load<Sink: Sendable>(
        into begin: @escaping @Sendable () -> Sink, _ chunk: @escaping @Sendable (Sink, [StoredEntity]) throws -> Void
    ) async throws -> (sink: Sink, epoch: String, head: Int64) {
        try await feed.load(into: begin, chunk)
    }

    func delta(after number: Int64, epoch: String) async throws -> CatalogDelta? {
        guard let delta = try await feed.delta(after: number, epoch: epoch) else { return nil }
        return CatalogDelta(
            epoch: delta.epoch, head: delta.head, isComplete: true, upserts: delta.upserts, deletes: delta.deletes)
    }

    func wakes() -> AsyncStream<Void> { feed.wakes() }
}
