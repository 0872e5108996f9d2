import Database
import EntityModel
import PortalKit

/// What is known of the reading of a source, for people who ask why an entity is as it is.
struct SourceFacts: Sendable {
    let location: LocationReference
    /// Milliseconds since 1970, as all times here.
    let succeededAt: Int64?
    let nextAt: Int64
    let failingSince: Int64?
    let heldSince: Int64?
    let failures: Int64
    let error: String?
    let etag: String?
    /// Of everything that went into what was read; what has the same is not processed again.
    let inputHash: String?
    /// To be read, or being read.
    let isUnderWay: Bool
    /// The database's clock.
    let now: Int64
}

extension SourceStore {
    /// The source that an entity was read from; nil for one that none declares any more.
    func facts(of reference: String) async throws -> SourceFacts? {
        try await database.read { transaction in
            let row = try transaction.row(
                """
                SELECT s.type, s.target, s.succeeded_at, s.next_at, s.failing_since, s.held_since, s.failures, s.error,
                    s.etag, s.input_hash
                FROM catalog_entities e JOIN catalog_sources s ON s.id = e.source_id WHERE e.ref = \(reference)
                """)
            return try row.map { row in
                SourceFacts(
                    location: LocationReference(type: try row.text(0), target: try row.text(1)),
                    succeededAt: try row.optionalInteger(2), nextAt: try row.integer(3),
                    failingSince: try row.optionalInteger(4), heldSince: try row.optionalInteger(5),
                    failures: try row.integer(6), error: try row.optionalText(7), etag: try row.optionalText(8),
                    inputHash: try row.optionalText(9), isUnderWay: try row.integer(3) == 0, now: try transaction.now())
            }
        }
    }
}
