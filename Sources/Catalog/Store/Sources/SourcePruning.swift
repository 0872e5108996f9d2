import Database
import EntityModel
import PortalKit

/// What becomes of sources that no root leads to any more.
enum SourcePruning {
    /// Removes the sources that nothing leads to any more, and what they declare.
    static func prune(
        _ draft: inout EntityDraft, _ transaction: any Transaction, strategy: CatalogSettings.OrphanStrategy
    ) throws {
        let outcome = try SourceGraph.load(transaction).outcome()
        try lock(outcome.unreachable.union(outcome.moved.keys), transaction)
        // In the order of their ids, as everybody who changes several does: two of another order could wait for each
        // other without end.
        for (id, root) in outcome.moved.sorted(by: { $0.key < $1.key }) {
            // Its rules and annotations depend on the origin, so it is read again.
            try transaction.run(
                """
                UPDATE catalog_sources SET origin_type = (SELECT type FROM catalog_sources WHERE id = \(root)),
                origin_target = (SELECT target FROM catalog_sources WHERE id = \(root)), input_hash = NULL, etag = NULL,
                next_at = 0, requests = requests + 1 WHERE id = \(id)
                """)
        }
        try StatementBatch.lists(outcome.unreachable.sorted()) { ids in
            for row in try transaction.rows("SELECT id, type, target FROM catalog_sources WHERE id IN \(list: ids)") {
                draft.places[try row.integer(0)] = "\(try row.text(1)):\(try row.text(2))"
            }
        }
        // What is wrong where these led is told by those that still lead there, and what is wrong with them by nobody.
        var gone = GoneWays()
        try gone.cut(outcome.unreachable.sorted(), transaction)
        try gone.forget(&draft, transaction)
        // Before anything is handed over: of those that go, none is the heir of another.
        for id in outcome.unreachable.sorted() {
            let claims = try transaction.rows("SELECT ref FROM catalog_claims WHERE source_id = \(id)")
            try EntityClaims.withdraw(claims.map { try $0.text(0) }, from: id, &draft, transaction)
        }
        for id in outcome.unreachable.sorted() {
            try release(id, &draft, transaction, strategy: strategy)
            try transaction.run("DELETE FROM catalog_refresh_keys WHERE source_id = \(id)")
            try transaction.run("DELETE FROM catalog_sources WHERE id = \(id)")
        }
    }

    /// Hands over what a source without claims declares, or lets it go.
    private static func release(
        _ id: Int64, _ draft: inout EntityDraft, _ transaction: any Transaction,
        strategy: CatalogSettings.OrphanStrategy
    ) throws {
        for reference in try draft.load(source: id) where draft[reference]?.sourceID == id {
            try EntityClaims.release(reference, from: id, &draft, transaction, strategy: strategy)
        }
    }

    /// Lets go of entities whose source is not there any more, as earlier versions left them where two sources that
    /// declared the same went at once.
    static func heal(_ draft: inout EntityDraft, _ transaction: any Transaction) throws {
        try transaction.run("DELETE FROM catalog_claims WHERE source_id NOT IN (SELECT id FROM catalog_sources)")
        // The index alone answers this.
        let gone = try transaction.rows(
            """
            SELECT DISTINCT source_id FROM catalog_entities WHERE source_id IS NOT NULL
            AND source_id NOT IN (SELECT id FROM catalog_sources) ORDER BY source_id
            """
        ).map { try $0.integer(0) }
        for id in gone {
            draft.places[id] = "a location that went before"
            try release(id, &draft, transaction, strategy: .delete)
        }
    }

    /// Those that move and those that go are changed one after the other; together they are locked by id.
    private static func lock(_ ids: Set<Int64>, _ transaction: any Transaction) throws {
        guard transaction.dialect == .postgres else { return }
        try StatementBatch.lists(ids.sorted()) { ids in
            _ = try transaction.rows(
                "SELECT id FROM catalog_sources WHERE id IN \(list: ids) ORDER BY id FOR UPDATE")
        }
    }
}

extension SourceGraph {
    static func load(_ transaction: any Transaction) throws -> SourceGraph {
        var idOfLocation: [LocationReference: Int64] = [:]
        var rows: [(id: Int64, isRoot: Bool, origin: LocationReference)] = []
        try transaction.forEach(
            "SELECT id, type, target, origin_type, origin_target, configured, registered FROM catalog_sources"
        ) { row in
            let id = try row.integer(0)
            idOfLocation[LocationReference(type: try row.text(1), target: try row.text(2))] = id
            rows.append(
                (
                    id, try row.bool(5) || row.bool(6),
                    LocationReference(type: try row.text(3), target: try row.text(4))
                ))
        }
        var children: [Int64: [Int64]] = [:]
        try transaction.forEach("SELECT DISTINCT parent_id, child_id FROM catalog_source_edges") { row in
            children[try row.integer(0), default: []].append(try row.integer(1))
        }
        let sources = rows.map { Source(id: $0.id, isRoot: $0.isRoot, origin: idOfLocation[$0.origin] ?? 0) }
        return SourceGraph(
            sources: Dictionary(sources.map { ($0.id, $0) }) { first, _ in first }, children: children)
    }
}
