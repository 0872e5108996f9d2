import Database
import EntityModel
import PortalKit

/// What always holds in the catalog's tables, in every committed state.
package enum CatalogChecks {
    package static let all = entities + sources + claims + feed

    private static let readAgain =
        "Stop the portal, set input_hash and etag of the source to NULL and next_at to 0, start it: the source is read "
        + "anew."
    private static let startAgain = "Start the portal again: it lets go at start of what has lost its source."
    private static let restore = "Restore a backup; `callboard restore FILE --replace`."

    private static let entities = [
        DatabaseCheck(
            "every entity has a source, or is marked as an orphan", mend: startAgain,
            finds: """
                SELECT e.ref, 'of source', e.source_id FROM catalog_entities e
                LEFT JOIN catalog_sources s ON s.id = e.source_id
                WHERE s.id IS NULL AND (e.source_id IS NOT NULL OR e.notes IS NULL OR e.notes NOT LIKE '%"orphan":true%')
                """),
        DatabaseCheck(
            "every stored entity can be read, and is what its row says",
            mend: "Delete the entity by its uid (DELETE /api/catalog/entities/by-uid/…): its source is read again.",
            find: StoredBodies.check),
        DatabaseCheck(
            "the counters are ahead of all numbers that were given out", mend: restore,
            finds: """
                SELECT 'entity', MAX(id) FROM catalog_entities
                HAVING MAX(id) > (SELECT COALESCE(MAX(n), -1) FROM catalog_counters WHERE name = 'entity')
                UNION ALL SELECT 'source', MAX(id) FROM catalog_sources
                HAVING MAX(id) > (SELECT COALESCE(MAX(n), -1) FROM catalog_counters WHERE name = 'source')
                UNION ALL SELECT 'lease', MAX(lease_token) FROM catalog_sources
                HAVING MAX(lease_token) > (SELECT COALESCE(MAX(n), -1) FROM catalog_counters WHERE name = 'lease')
                """),
    ]

    private static let sources = [
        DatabaseCheck(
            "nothing leads to or from a source that is not there",
            mend: "Stop the portal, delete these rows of catalog_source_edges and catalog_refresh_keys, start it.",
            finds: """
                SELECT 'edge', e.parent_id, 'to', e.child_id, 'of', e.location_ref FROM catalog_source_edges e
                LEFT JOIN catalog_sources p ON p.id = e.parent_id LEFT JOIN catalog_sources c ON c.id = e.child_id
                WHERE p.id IS NULL OR c.id IS NULL
                UNION ALL SELECT 'key', k.source_id, 'to', NULL, 'of', k.key FROM catalog_refresh_keys k
                LEFT JOIN catalog_sources s ON s.id = k.source_id WHERE s.id IS NULL
                """),
        DatabaseCheck(
            "every source is a root, or another leads to it",
            mend: "Start the portal again: it removes at start what nothing leads to.",
            finds: """
                SELECT s.id, s.type, s.target FROM catalog_sources s
                WHERE s.configured = 0 AND s.registered = 0
                AND NOT EXISTS (SELECT 1 FROM catalog_source_edges e WHERE e.child_id = s.id)
                """),
        DatabaseCheck(
            "registered locations and registered sources are the same",
            mend: "Unregister the location on its page or by DELETE /api/catalog/locations/…, and register it again.",
            finds: """
                SELECT l.type, l.target FROM catalog_locations l WHERE NOT EXISTS
                (SELECT 1 FROM catalog_sources s WHERE s.type = l.type AND s.target = l.target AND s.registered <> 0)
                UNION ALL SELECT s.type, s.target FROM catalog_sources s WHERE s.registered <> 0 AND NOT EXISTS
                (SELECT 1 FROM catalog_locations l WHERE l.type = s.type AND l.target = s.target)
                """),
        DatabaseCheck(
            "every source that must be read has a time for it, or is being read", mend: readAgain,
            finds: """
                SELECT id, type, target FROM catalog_sources
                WHERE next_at >= \(RefreshQueue.never) AND lease_until = 0
                AND (error IS NOT NULL OR held_since IS NOT NULL OR (succeeded_at IS NULL AND failing_since IS NULL))
                """),
        DatabaseCheck(
            "no source is held for longer than a lease lasts",
            mend: "See that the clock of the database is right; on SQLite start the portal again."
        ) { transaction, findings in
            let most = try transaction.now() + RefreshQueue.leaseMilliseconds
            try transaction.forEach(
                "SELECT id, type, target FROM catalog_sources WHERE lease_until > \(most) ORDER BY id"
            ) { findings.add($0.text) }
        },
    ]

    private static let claims = [
        DatabaseCheck(
            "every claim is of a source that is there", mend: startAgain,
            finds: """
                SELECT c.ref, 'of source', c.source_id FROM catalog_claims c
                LEFT JOIN catalog_sources s ON s.id = c.source_id WHERE s.id IS NULL
                """),
        DatabaseCheck(
            "what is claimed is an entity of another source, or its source is read again soon", mend: readAgain,
            finds: """
                SELECT c.ref, 'of source', c.source_id FROM catalog_claims c
                JOIN catalog_sources s ON s.id = c.source_id LEFT JOIN catalog_entities e ON e.ref = c.ref
                WHERE (e.ref IS NULL AND s.next_at >= \(RefreshQueue.never) AND s.lease_until = 0)
                OR e.source_id = c.source_id
                """),
    ]

    private static let feed = [
        DatabaseCheck(
            "the feed's counter is there, and no change is beyond it", mend: restore,
            finds: """
                SELECT 'entity', e.ref, e.feed_n FROM catalog_entities e
                WHERE e.feed_n > (SELECT COALESCE(MAX(n), 0) FROM catalog_counters WHERE name = 'feed')
                UNION ALL SELECT 'change', f.ref, f.n FROM catalog_feed f
                WHERE f.n > (SELECT COALESCE(MAX(n), 0) FROM catalog_counters WHERE name = 'feed')
                """),
        DatabaseCheck(
            "no two entities share a number of the feed", mend: restore,
            finds: """
                SELECT feed_n, MIN(ref), MAX(ref) FROM catalog_entities GROUP BY feed_n HAVING COUNT(*) > 1
                """),
        DatabaseCheck(
            "each change has a number of its own: what it made carries it, or something newer",
            mend: "Restart every replica: they load the catalog anew. If it stays, restore a backup.",
            finds: """
                SELECT f.kind, f.ref, f.n, e.feed_n FROM catalog_feed f JOIN catalog_entities e ON e.id = f.entity_id
                WHERE f.kind = 'deleted' OR f.n > e.feed_n
                UNION ALL SELECT f.kind, f.ref, f.n, e.feed_n FROM catalog_feed f JOIN catalog_entities e
                ON e.feed_n = f.n AND e.id <> f.entity_id
                """),
        DatabaseCheck(
            "what the feed says last of an entity that is gone is that it was deleted",
            mend: "Stop the portal, set input_hash and etag of all sources to NULL and next_at to 0, start it: every "
                + "source is read anew, and what is declared yet is there again. If it stays, restore a backup.",
            finds: """
                SELECT f.kind, f.ref, f.n FROM catalog_feed f
                WHERE f.kind <> 'deleted' AND NOT EXISTS (SELECT 1 FROM catalog_entities e WHERE e.id = f.entity_id)
                AND NOT EXISTS (SELECT 1 FROM catalog_feed d WHERE d.ref = f.ref AND d.n > f.n)
                """),
        DatabaseCheck(
            "every change that is kept can be read",
            mend: "Delete the row of that number from catalog_feed: the change is gone from the history, and nothing "
                + "else.",
            find: StoredChanges.check),
    ]
}
