import Database
import EntityModel
import PortalKit

/// The sources: which locations there are, when each is read next, and by whom.
struct SourceStore: Sendable {
    static let channel: StaticString = "callboard_sources"

    let database: any SQLDatabase
    let queue: RefreshQueue

    /// Takes due sources, those that were asked for first.
    func claim(limit: Int) async throws -> [ClaimedSource] {
        try await database.write { transaction in
            let now = try transaction.now()
            let lock: SQL = transaction.dialect == .postgres ? "FOR UPDATE SKIP LOCKED" : ""
            let rows = try transaction.rows(
                """
                SELECT id, type, target, is_optional, origin_type, origin_target, configured, registered, etag,
                input_hash, requests, error FROM catalog_sources
                WHERE next_at <= \(now) AND lease_until <= \(now) ORDER BY next_at, id LIMIT \(limit) \(sql: lock)
                """)
            if rows.isEmpty { return [] }
            let token = try Counters.take("lease", 1, in: transaction)
            let ids = try rows.map { try $0.integer(0) }
            let until = now + RefreshQueue.leaseMilliseconds
            try StatementBatch.lists(ids) {
                try transaction.run(
                    """
                    UPDATE catalog_sources SET lease_token = \(token), lease_until = \(until) WHERE id IN \(list: $0)
                    """)
            }
            let parents = try Self.locationEntities(of: ids, in: transaction)
            return try rows.map { try Self.claimed($0, token: token, parents: parents) }
        }
    }

    private static func claimed(
        _ row: Row, token: Int64, parents: [Int64: [String]]
    ) throws -> ClaimedSource {
        let id = try row.integer(0)
        let location = LocationReference(type: try row.text(1), target: try row.text(2))
        let isRoot = try row.bool(6) || row.bool(7)
        let hasFailed = try row.optionalText(11) != nil
        var entities = parents[id] ?? []
        if isRoot { entities.append(GeneratedLocation.reference(of: location)) }
        return ClaimedSource(
            id: id, location: location,
            origin: LocationReference(type: try row.text(4), target: try row.text(5)),
            isOptional: try row.bool(3), isRoot: isRoot, etag: hasFailed ? nil : try row.optionalText(8),
            inputHash: hasFailed ? nil : try row.optionalText(9), token: token, requests: try row.integer(10),
            locationEntities: entities)
    }

    private static func locationEntities(
        of ids: [Int64], in transaction: any Transaction
    ) throws -> [Int64: [String]] {
        var found: [Int64: [String]] = [:]
        try StatementBatch.lists(ids) { chunk in
            try transaction.forEach(
                """
                SELECT DISTINCT child_id, location_ref FROM catalog_source_edges WHERE child_id IN \(list: chunk)
                ORDER BY child_id, location_ref
                """
            ) { found[try $0.integer(0), default: []].append(try $0.text(1)) }
        }
        return found
    }

    /// Keeps claims for longer, by the rule of `RefreshQueue.renew`: those that went to somebody else stay there.
    func renew(_ sources: [ClaimedSource]) async throws {
        let tokens = Dictionary(grouping: sources, by: \.token)
        if tokens.isEmpty { return }
        try await database.write { transaction in
            let until = try transaction.now() + RefreshQueue.leaseMilliseconds
            // What is being written now ends its claim itself: who waited for that would hold up the others, and the
            // writer of one that waits for another would wait for this.
            let lock: SQL = transaction.dialect == .postgres ? "FOR UPDATE SKIP LOCKED" : ""
            for (token, sources) in tokens.sorted(by: { $0.key < $1.key }) {
                try StatementBatch.lists(sources.map(\.id).sorted()) {
                    try transaction.run(
                        """
                        UPDATE catalog_sources SET lease_until = \(until) WHERE id IN (
                        SELECT id FROM catalog_sources WHERE id IN \(list: $0)
                        AND lease_token = \(token) AND lease_until > 0 \(sql: lock))
                        """)
                }
            }
        }
    }

    /// Ends a claim without a result.
    func giveBack(_ source: ClaimedSource) async throws {
        try await database.write { transaction in
            try transaction.run(
                """
                UPDATE catalog_sources SET lease_until = 0
                WHERE id = \(source.id) AND lease_token = \(source.token)
                """)
        }
    }

    /// Ends all claims: in a restored database those who held them are gone.
    static func giveAllBack(_ transaction: any Transaction) throws {
        try transaction.run("UPDATE catalog_sources SET lease_until = 0 WHERE lease_until > 0")
    }

    /// Milliseconds until the next source is due; nil where none ever is.
    func delayToNext() async throws -> Int64? {
        try await database.read { transaction in
            let now = try transaction.now()
            guard
                let next = try transaction.row(
                    "SELECT MIN(CASE WHEN lease_until > next_at THEN lease_until ELSE next_at END) FROM catalog_sources"
                )?.optionalInteger(0)
            else { return nil }
            return next >= RefreshQueue.never ? nil : max(0, next - now)
        }
    }

    /// Asks for sources to be read as soon as possible.
    func request(_ ids: [Int64]) async throws {
        if ids.isEmpty { return }
        try await database.write(priority: .interactive) { try Self.request(ids, in: $0) }
    }

    /// Whether one of some sources is still to be read, or is being read.
    func areUnderWay(_ ids: [Int64]) async throws -> Bool {
        try await database.read { transaction in
            let now = try transaction.now()
            let row = try transaction.row(
                """
                SELECT 1 FROM catalog_sources WHERE id IN \(list: ids) AND (next_at <= \(now) OR lease_until > \(now))
                """)
            return row != nil
        }
    }

    /// Asks for the sources that fail, themselves or by a placeholder, where that may be for a URL of some kind.
    func retry(_ isMeant: (URLReference.Parts) -> Bool) async throws {
        let failing = try await database.read { transaction in
            try transaction.rows(
                """
                SELECT id, target FROM catalog_sources WHERE type = 'url' AND error IS NOT NULL
                UNION SELECT k.source_id, SUBSTR(k.key, 5) FROM catalog_refresh_keys k
                JOIN catalog_refresh_keys r ON r.source_id = k.source_id AND r.key LIKE 'retry:%'
                WHERE k.key LIKE 'url:%'
                """
            ).map { (id: try $0.integer(0), target: try $0.text(1)) }
        }
        try await request(failing.filter { URLReference.parse($0.target).map(isMeant) ?? false }.map(\.id))
    }

    /// As `request`, and what is known of them does not count.
    static func requestAnew(_ ids: Set<Int64>, in transaction: any Transaction) throws {
        if ids.isEmpty { return }
        try StatementBatch.lists(ids.sorted()) {
            try transaction.run("UPDATE catalog_sources SET etag = NULL, input_hash = NULL WHERE id IN \(list: $0)")
        }
        try request(ids.sorted(), in: transaction)
    }

    static func request(_ ids: [Int64], in transaction: any Transaction) throws {
        try StatementBatch.lists(Set(ids).sorted()) {
            try transaction.run(
                "UPDATE catalog_sources SET next_at = 0, requests = requests + 1 WHERE id IN \(list: $0)")
        }
        try transaction.notify(channel)
    }

    /// The sources to read again when somebody asks for an entity: its own, what it leads to, and the list it is in.
    /// - Returns: nil where there is no such entity.
    func sources(of reference: String) async throws -> [Int64]? {
        try await database.read { transaction in
            guard let row = try transaction.row("SELECT source_id FROM catalog_entities WHERE ref = \(reference)")
            else { return nil }
            let led = try transaction.rows(
                "SELECT child_id FROM catalog_source_edges WHERE location_ref = \(reference)")
            return try [row.optionalInteger(0)].compactMap { $0 } + led.map { try $0.integer(0) }
        }
    }

    /// By local path the sources that read it, directly or through a placeholder; nothing for what nobody reads.
    func readers(of paths: [String]) async throws -> [String: [Int64]] {
        try await database.read { transaction in
            var ids: [String: [Int64]] = [:]
            func add(_ row: Row) throws { ids[try row.text(0), default: []].append(try row.integer(1)) }
            try StatementBatch.lists(paths) {
                try transaction.forEach(
                    "SELECT target, id FROM catalog_sources WHERE type = 'file' AND target IN \(list: $0)", add)
                try transaction.forEach(
                    """
                    SELECT SUBSTR(key, 6), source_id FROM catalog_refresh_keys
                    WHERE key IN \(list: $0.map { "file:\($0)" })
                    """, add)
            }
            return ids
        }
    }

    /// Changes when sources or what they read come or go.
    func shape() async throws -> [Int64] {
        try await database.read { transaction in
            let row = try transaction.row(
                """
                SELECT (SELECT COUNT(*) FROM catalog_sources), (SELECT COALESCE(MAX(id), 0) FROM catalog_sources),
                (SELECT COUNT(*) FROM catalog_refresh_keys),
                (SELECT COALESCE(SUM(LENGTH(key)), 0) FROM catalog_refresh_keys)
                """)
            return try row.map { row in try (0..<4).map { try row.integer($0) } } ?? []
        }
    }

    /// The targets to which a source leads.
    func children(of id: Int64) async throws -> Set<String> {
        try await database.read { transaction in
            Set(
                try transaction.rows(
                    """
                    SELECT s.target FROM catalog_source_edges e JOIN catalog_sources s ON s.id = e.child_id
                    WHERE e.parent_id = \(id)
                    """
                ).map { try $0.text(0) })
        }
    }

    /// A local source whose target is a pattern of paths.
    struct Pattern: Sendable {
        let id: Int64
        let target: String
        /// To be read, or being read.
        let isUnderWay: Bool
    }

    func patterns() async throws -> [Pattern] {
        let all = try await database.read { transaction in
            let now = try transaction.now()
            // Of many sources few are patterns: the rest is not worth handing over.
            return try transaction.rows(
                """
                SELECT id, target, CASE WHEN next_at <= \(now) OR lease_until > \(now) THEN 1 ELSE 0 END
                FROM catalog_sources
                WHERE type = 'file' AND (target LIKE '%*%' OR target LIKE '%?%' OR target LIKE '%{%')
                """
            ).map { Pattern(id: try $0.integer(0), target: try $0.text(1), isUnderWay: try $0.integer(2) == 1) }
        }
        return all.filter { FilePath.isAbsolute($0.target) && GlobPattern.isPattern($0.target) }
    }

    typealias LocalPath = (id: Int64, path: String)

    /// Every local path or pattern that is read, with the source that reads it.
    func localPaths() async throws -> [LocalPath] {
        let all = try await database.read { transaction in
            try transaction.rows(
                """
                SELECT id, target FROM catalog_sources WHERE type = 'file'
                UNION ALL SELECT source_id, SUBSTR(key, 6) FROM catalog_refresh_keys WHERE key LIKE 'file:%'
                """
            ).map { (id: try $0.integer(0), path: try $0.text(1)) }
        }
        // An address that was taken for a path is none.
        return all.filter { FilePath.isAbsolute($0.path) }
    }
}
