import Database
import PortalKit

@testable import Catalog
@testable import Database

/// What the tables hold after a commit.
struct Snapshot: Sendable {
    /// Tables that are looked at anew where a statement names them.
    enum Table: String, Sendable, CaseIterable {
        case sources = "catalog_sources"
        case ways = "catalog_source_edges"
        case claims = "catalog_claims"
        case entities = "catalog_entities"
        case counters = "catalog_counters"
        case jobs = "callboard_jobs"
        case leases = "callboard_leases"
        case locations = "catalog_locations"

        private static let known = Shared<[String: Set<Table>]>([:])

        /// Those that a statement changes; looked for once in each of few texts.
        static func named(in text: String) -> Set<Table> {
            known.change { known in
                if let tables = known[text] { return tables }
                let tables = Set(allCases.filter { text.contains($0.rawValue) })
                known[text] = tables
                return tables
            }
        }
    }

    struct Source: Sendable, Hashable {
        let id: Int64
        let path: String
        let isRoot: Bool
        let origin: String
        let nextAt: Int64
        let requests: Int64
        let token: Int64
        let until: Int64
        let isFailing: Bool
        let isMissing: Bool
    }

    struct Entity: Sendable, Hashable {
        let id: Int64
        let reference: String
        let uid: String
        let source: Int64?
        let body: [UInt8]
        let edges: String
        let notes: String?
        let number: Int64
    }

    struct Way: Sendable, Hashable {
        let parent: Int64
        let child: Int64
        let entity: String
    }

    struct Claim: Sendable, Hashable {
        let reference: String
        let source: Int64
    }

    struct Job: Sendable, Hashable {
        let slot: Int64
        let isDone: Bool
        let endedAt: Int64?
    }

    /// A row of the change feed.
    struct Change: Sendable {
        let number: Int64
        let kind: String
        let reference: String
        let entity: Int64
        let uid: String
        let before: [UInt8]?
    }

    var sources: [Int64: Source] = [:]
    var ways: Set<Way> = []
    var claims: Set<Claim> = []
    var entities: [Int64: Entity] = [:]
    var head: Int64 = 0
    var jobs: [String: Job] = [:]
    var leases: [String: Int64] = [:]
    var locations: Set<String> = []
    /// Those since the snapshot before.
    var changes: [Change] = []

    /// What holds once some tables have changed.
    func next(_ tables: Set<Table>, _ transaction: any Transaction) throws -> Snapshot {
        var next = self
        next.changes = []
        for table in tables {
            switch table {
            case .sources: next.sources = try Self.sources(transaction)
            case .ways: next.ways = try Self.ways(transaction)
            case .claims: next.claims = try Self.claims(transaction)
            case .entities: next.entities = try Self.entities(transaction)
            case .jobs: next.jobs = try Self.jobs(transaction)
            case .leases: next.leases = try Self.leases(transaction)
            case .locations: next.locations = try Self.locations(transaction)
            case .counters:
                next.head =
                    try transaction.row("SELECT n FROM catalog_counters WHERE name = 'feed'")?.integer(0) ?? -1
                next.changes = try Self.changes(after: head, transaction)
            }
        }
        return next
    }

    private static func sources(_ transaction: any Transaction) throws -> [Int64: Source] {
        let rows = try transaction.rows(
            """
            SELECT id, target, configured + registered, origin_target, next_at, requests, lease_token, lease_until,
            error, missing_since FROM catalog_sources
            """
        ).map { row in
            Source(
                id: try row.integer(0), path: try row.text(1), isRoot: try row.bool(2), origin: try row.text(3),
                nextAt: try row.integer(4), requests: try row.integer(5), token: try row.integer(6),
                until: try row.integer(7), isFailing: try row.optionalText(8) != nil,
                isMissing: try row.optionalInteger(9) != nil)
        }
        return Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
    }

    private static func ways(_ transaction: any Transaction) throws -> Set<Way> {
        Set(
            try transaction.rows("SELECT parent_id, child_id, location_ref FROM catalog_source_edges").map {
                Way(parent: try $0.integer(0), child: try $0.integer(1), entity: try $0.text(2))
            })
    }

    private static func claims(_ transaction: any Transaction) throws -> Set<Claim> {
        Set(
            try transaction.rows("SELECT ref, source_id FROM catalog_claims").map {
                Claim(reference: try $0.text(0), source: try $0.integer(1))
            })
    }

    private static func entities(_ transaction: any Transaction) throws -> [Int64: Entity] {
        let rows = try transaction.rows(
            "SELECT id, ref, uid, source_id, body, edges, notes, feed_n FROM catalog_entities"
        ).map { row in
            Entity(
                id: try row.integer(0), reference: try row.text(1), uid: try row.text(2),
                source: try row.optionalInteger(3), body: try row.blob(4), edges: try row.text(5),
                notes: try row.optionalText(6), number: try row.integer(7))
        }
        return Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
    }

    private static func jobs(_ transaction: any Transaction) throws -> [String: Job] {
        let rows = try transaction.rows("SELECT name, slot, is_done, ended_at FROM callboard_jobs")
        return Dictionary(
            try rows.map { row in
                (
                    try row.text(0),
                    Job(slot: try row.integer(1), isDone: try row.bool(2), endedAt: try row.optionalInteger(3))
                )
            }
        ) { first, _ in first }
    }

    private static func leases(_ transaction: any Transaction) throws -> [String: Int64] {
        let rows = try transaction.rows("SELECT name, token FROM callboard_leases")
        return Dictionary(try rows.map { (try $0.text(0), try $0.integer(1)) }) { first, _ in first }
    }

    private static func locations(_ transaction: any Transaction) throws -> Set<String> {
        Set(try transaction.rows("SELECT target FROM catalog_locations").map { try $0.text(0) })
    }

    private static func changes(after head: Int64, _ transaction: any Transaction) throws -> [Change] {
        try transaction.rows(
            "SELECT n, kind, ref, entity_id, uid, body_before FROM catalog_feed WHERE n > \(head) ORDER BY n"
        ).map { row in
            Change(
                number: try row.integer(0), kind: try row.text(1), reference: try row.text(2),
                entity: try row.integer(3), uid: try row.text(4), before: try row.optionalBlob(5))
        }
    }
}
