import Database
import EntityModel
import PortalKit

/// The ways from one source to those that it leads to.
struct SourceWays {
    private typealias Way = GoneWays.Way

    private let transaction: any Transaction
    private let source: ClaimedSource
    private let now: Int64
    private var known: Set<Way> = []
    private var idOfLocation: [LocationReference: Int64] = [:]
    /// Those that were taken to have gone: what they declare may be another's by now.
    private var missing: Set<Int64> = []

    init(_ transaction: any Transaction, _ source: ClaimedSource, now: Int64) throws {
        self.transaction = transaction
        self.source = source
        self.now = now
        try transaction.forEach(
            """
            SELECT e.child_id, e.location_ref, s.type, s.target, s.missing_since FROM catalog_source_edges e
            JOIN catalog_sources s ON s.id = e.child_id WHERE e.parent_id = \(source.id)
            """
        ) { row in
            known.insert(Way(child: try row.integer(0), locationEntity: try row.text(1)))
            idOfLocation[LocationReference(type: try row.text(2), target: try row.text(3))] = try row.integer(0)
            if try row.optionalInteger(4) != nil { missing.insert(try row.integer(0)) }
        }
    }

    /// Makes the sources and ways that are new.
    mutating func add(_ children: [ProcessedSource.Child]) throws {
        try find(children.map(\.location))
        let present = Set(idOfLocation.values)
        var joined: Set<Int64> = []
        try make(children.filter { idOfLocation[$0.location] == nil })
        var rows: [[SQLValue]] = []
        var required: Set<Int64> = []
        for child in children {
            guard let id = idOfLocation[child.location] else { continue }
            if missing.contains(id) { joined.insert(id) }
            if known.insert(Way(child: id, locationEntity: child.locationEntity)).inserted {
                rows.append([.integer(source.id), .integer(id), .text(child.locationEntity)])
                if present.contains(id) { joined.insert(id) }
            }
            if !child.isOptional { required.insert(id) }
        }
        // In the order of their ids, not of the file: two files that name the same sources could wait for each other.
        for id in required.sorted() {
            try transaction.run(
                "UPDATE catalog_sources SET is_optional = 0 WHERE id = \(id) AND is_optional <> 0")
        }
        try StatementBatch.insert(
            "INSERT INTO catalog_source_edges (parent_id, child_id, location_ref)", rows: rows, in: transaction)
        try askAnew(joined)
    }

    /// Location entities that nobody had say nothing yet of what is wrong where they lead.
    func askAnew(ledBy references: [String]) throws {
        var children: Set<Int64> = []
        try StatementBatch.lists(references.filter { $0.hasPrefix("location:") }) { references in
            try transaction.forEach(
                "SELECT DISTINCT child_id FROM catalog_source_edges WHERE location_ref IN \(list: references)"
            ) { children.insert(try $0.integer(0)) }
        }
        try askAnew(children)
    }

    /// Sources that were there before do not know who leads to them now as well: what is wrong with them is to be told
    /// there too, and what a pattern found has one way more. Those that were taken to have gone have not.
    private func askAnew(_ ids: Set<Int64>) throws {
        var asked: Set<Int64> = []
        try StatementBatch.lists(ids.sorted()) { ids in
            try transaction.forEach(
                """
                SELECT s.id, s.target, CASE WHEN s.error IS NOT NULL OR s.refused IS NOT NULL OR s.lease_until > \(now)
                OR s.missing_since IS NOT NULL OR EXISTS (SELECT 1 FROM catalog_claims c WHERE c.source_id = s.id) THEN 1 ELSE 0 END
                FROM catalog_sources s WHERE s.id IN \(list: ids)
                """
            ) { row in
                if try row.bool(2) || GlobPattern.isPattern(try row.text(1)) { asked.insert(try row.integer(0)) }
            }
        }
        try SourceStore.requestAnew(asked, in: transaction)
    }

    private mutating func find(_ locations: [LocationReference]) throws {
        let unknown = Set(locations).filter { idOfLocation[$0] == nil }
        for (type, group) in Dictionary(grouping: unknown, by: \.type) {
            try StatementBatch.lists(group.map(\.target).sorted()) { targets in
                let rows = try transaction.rows(
                    "SELECT id, target FROM catalog_sources WHERE type = \(type) AND target IN \(list: targets)")
                for row in rows {
                    idOfLocation[LocationReference(type: type, target: try row.text(1))] = try row.integer(0)
                }
            }
        }
    }

    private mutating func make(_ children: [ProcessedSource.Child]) throws {
        var seen: Set<LocationReference> = []
        let new = children.filter { seen.insert($0.location).inserted }
        if new.isEmpty { return }
        var id = try Counters.take("source", new.count, in: transaction) - Int64(new.count)
        var rows: [[SQLValue]] = []
        for child in new {
            id += 1
            idOfLocation[child.location] = id
            rows.append(
                SourceRow.values(
                    id: id, child.location, origin: source.origin, isOptional: child.isOptional, isConfigured: false,
                    isRegistered: false))
        }
        try StatementBatch.insert(SourceRow.head, rows: rows, in: transaction)
        try transaction.notify(SourceStore.channel)
    }

    /// The sources that this one no longer leads to.
    /// - Parameter unchanged: Location entities whose ways stay as they are.
    func lost(_ children: [ProcessedSource.Child], except unchanged: Set<String>) -> Set<Int64> {
        Set(known.map(\.child)).subtracting(kept(children, unchanged).map(\.child))
    }

    /// Forgets the ways that are not among these, and what their Location entities say of where they led.
    mutating func remove(
        _ children: [ProcessedSource.Child], except unchanged: Set<String>, _ draft: inout EntityDraft
    ) throws {
        let kept = kept(children, unchanged)
        let gone = known.subtracting(kept)
        // What a pattern found has one way less, which it finds out itself.
        let patterns = Set(idOfLocation.lazy.filter { GlobPattern.isPattern($0.key.target) }.map(\.value))
        try SourceStore.requestAnew(patterns.intersection(gone.map(\.child)), in: transaction)
        for way in gone {
            try transaction.run(
                """
                DELETE FROM catalog_source_edges WHERE parent_id = \(source.id) AND child_id = \(way.child)
                AND location_ref = \(way.locationEntity)
                """)
        }
        known = kept
        if gone.isEmpty { return }
        let placeOfChild = Dictionary(idOfLocation.map { ($1, $0.description) }) { first, _ in first }
        var ways = GoneWays()
        for way in gone {
            ways.add(child: way.child, at: placeOfChild[way.child] ?? "", of: way.locationEntity)
        }
        try ways.forget(&draft, transaction)
    }

    private func kept(_ children: [ProcessedSource.Child], _ unchanged: Set<String>) -> Set<Way> {
        let present = children.compactMap { child in
            idOfLocation[child.location].map { Way(child: $0, locationEntity: child.locationEntity) }
        }
        return known.filter { unchanged.contains($0.locationEntity) }.union(present)
    }

    /// Whether some source that this one leads to is still to be read for the first time. One that went before anybody
    /// could read it will not be.
    func haveUnread() throws -> Bool {
        try transaction.row(
            """
            SELECT 1 FROM catalog_source_edges e JOIN catalog_sources s ON s.id = e.child_id
            WHERE e.parent_id = \(source.id) AND s.succeeded_at IS NULL AND s.failing_since IS NULL
            AND s.missing_since IS NULL LIMIT 1
            """) != nil
    }

    /// How many entities the sources declare to which this one leads.
    func entityCount() throws -> Int {
        try transaction.row(
            """
            SELECT COUNT(*) FROM catalog_entities WHERE source_id IN
            (SELECT child_id FROM catalog_source_edges WHERE parent_id = \(source.id))
            """
        )?.int(0) ?? 0
    }

    func entityCount(of children: Set<Int64>) throws -> Int {
        var count = 0
        for child in children {
            count +=
                try transaction.row("SELECT COUNT(*) FROM catalog_entities WHERE source_id = \(child)")?.int(0) ?? 0
        }
        return count
    }
}

/// A row of `catalog_sources` as it begins.
enum SourceRow {
    static let head: SQL = """
        INSERT INTO catalog_sources (id, type, target, is_optional, origin_type, origin_target, configured, registered,
        next_at, requests, failures, lease_token, lease_until)
        """

    static func values(
        id: Int64, _ location: LocationReference, origin: LocationReference, isOptional: Bool, isConfigured: Bool,
        isRegistered: Bool
    ) -> [SQLValue] {
        [
            .integer(id), .text(location.type), .text(location.target), isOptional.sqlValue, .text(origin.type),
            .text(origin.target), isConfigured.sqlValue, isRegistered.sqlValue, .integer(0), .integer(0), .integer(0),
            .integer(0), .integer(0),
        ]
    }
}
