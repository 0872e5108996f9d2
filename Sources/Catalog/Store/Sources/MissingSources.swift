import Database
import PortalKit

/// Sources whose files have gone, while it is not decided yet whether what they declare goes too. Whoever else declares
/// it has it at once, with its uid: a file that was moved loses nothing.
enum MissingSources {
    /// Marks sources as missing and hands over what others declare too.
    static func mark(
        _ ids: Set<Int64>, now: Int64, _ draft: inout EntityDraft, _ transaction: any Transaction,
        strategy: CatalogSettings.OrphanStrategy
    ) throws {
        var claimed: [(reference: String, id: Int64)] = []
        try StatementBatch.lists(ids.sorted()) { ids in
            try transaction.run(
                """
                UPDATE catalog_sources SET missing_since = \(now) WHERE id IN \(list: ids) AND missing_since IS NULL
                """)
            try transaction.forEach(
                """
                SELECT DISTINCT e.ref, e.source_id FROM catalog_entities e
                JOIN catalog_claims c ON c.ref = e.ref AND c.source_id <> e.source_id
                WHERE e.source_id IN \(list: ids)
                """
            ) { claimed.append((try $0.text(0), try $0.integer(1))) }
        }
        try draft.load(claimed.map(\.reference))
        for (reference, id) in claimed where draft[reference]?.sourceID == id {
            try EntityClaims.release(reference, from: id, &draft, transaction, strategy: strategy)
        }
    }

    /// Of some sources those that are missing.
    static func among(_ ids: Set<Int64>, _ transaction: any Transaction) throws -> Set<Int64> {
        var found: Set<Int64> = []
        try StatementBatch.lists(ids.sorted()) { ids in
            try transaction.forEach(
                "SELECT id FROM catalog_sources WHERE id IN \(list: ids) AND missing_since IS NOT NULL"
            ) { found.insert(try $0.integer(0)) }
        }
        return found
    }

    /// Of sources that one no longer leads to, those that nothing else leads to.
    static func unreached(_ ids: Set<Int64>, without parent: Int64, _ transaction: any Transaction) throws -> Set<Int64>
    {
        var rest = ids
        try StatementBatch.lists(ids.sorted()) { ids in
            try transaction.forEach(
                """
                SELECT child_id FROM catalog_source_edges WHERE child_id IN \(list: ids) AND parent_id <> \(parent)
                UNION SELECT id FROM catalog_sources WHERE id IN \(list: ids) AND (configured <> 0 OR registered <> 0)
                """
            ) { rest.remove(try $0.integer(0)) }
        }
        return rest
    }
}
