import Database
import PortalKit

/// Every source with how its readings went, a page at a time, for operators.
struct SourceOverview: Sendable {
    /// One source. Times are milliseconds since 1970 by the database's clock.
    struct Line: Sendable, Hashable {
        let id: Int64
        let location: LocationReference
        let isConfigured: Bool
        let isRegistered: Bool
        let isReading: Bool
        let isDue: Bool
        /// Nil where only a request leads to another reading.
        let nextAt: Int64?
        let succeededAt: Int64?
        let error: String?
        let failingSince: Int64?
        let failures: Int
        /// Its file has gone.
        let missingSince: Int64?
        /// What it lost at once is kept until it is looked at again.
        let heldSince: Int64?
        /// What its own file declares: what other files that it leads to declare is theirs.
        var entities = 0
        /// Entities that keep an older version, because what their document says now is wrong, and those that another
        /// source declared first.
        var wrong = 0
        var changedAt: Int64?
        /// Of its documents; nil where none was refused.
        var refusals: Refusals?
        /// The Location entities that lead to it, its own included; known of those with something wrong.
        var leaders: [String] = []

        var isFailing: Bool { error != nil || refusals != nil }
    }

    /// Of all sources, whichever are shown.
    struct Totals: Sendable, Hashable {
        let sources: Int
        let failing: Int
        let due: Int
        let reading: Int
    }

    /// What is shown.
    struct Wish: Sendable, Hashable {
        /// Those that cannot be read, those with refused documents, and those with entities that have something wrong.
        var isFailingOnly = false
        /// A part of the target, whatever its case.
        var find = ""
        var offset = 0
        var limit = 50
    }

    let lines: [Line]
    /// How many the wish leaves.
    let count: Int
    let totals: Totals
    /// The database's clock.
    let now: Int64

    static func read(_ wish: Wish, in database: any SQLDatabase) async throws -> SourceOverview {
        try await database.readAtLength { transaction in
            let now = try transaction.now()
            let totals = try totals(now: now, in: transaction)
            let condition = condition(wish)
            // Each half is in the order of an index, and a page of it is read without the rest.
            let (failing, count) = try matching(wish, condition, totals, in: transaction)
            var rows = try rows("\(sql: isFailing) AND \(sql: condition)", wish.offset, wish.limit, in: transaction)
            if rows.count < wish.limit {
                rows += try Self.rows(
                    "NOT \(sql: isFailing) AND \(sql: condition)", max(0, wish.offset - failing),
                    wish.limit - rows.count,
                    in: transaction)
            }
            let lines = try rows.map { try line($0, now: now) }
            return SourceOverview(
                lines: try counted(lines, in: transaction), count: count, totals: totals, now: now)
        }
    }

    /// How many sources the wish leaves: those that fail, and all. Without a wish that is known already.
    private static func matching(
        _ wish: Wish, _ condition: SQL, _ totals: Totals, in transaction: any Transaction
    ) throws -> (failing: Int, all: Int) {
        if wish.find.isEmpty, !wish.isFailingOnly { return (totals.failing, totals.sources) }
        let failing = try count("\(sql: isFailing) AND \(sql: condition)", in: transaction)
        return (failing, failing + (try count("NOT \(sql: isFailing) AND \(sql: condition)", in: transaction)))
    }

    private static func count(_ condition: SQL, in transaction: any Transaction) throws -> Int {
        try transaction.row("SELECT COUNT(*) FROM catalog_sources WHERE \(sql: condition)")?.int(0) ?? 0
    }

    private static func rows(
        _ condition: SQL, _ offset: Int, _ limit: Int, in transaction: any Transaction
    ) throws -> [Row] {
        try transaction.rows(
            """
            SELECT id, type, target, configured, registered, next_at, lease_until, succeeded_at, error,
            failing_since, failures, missing_since, held_since, documents, refused, refusals
            FROM catalog_sources WHERE \(sql: condition) ORDER BY type, target LIMIT \(limit) OFFSET \(offset)
            """)
    }

    private static func condition(_ wish: Wish) -> SQL {
        let failing: SQL =
            wish.isFailingOnly
            ? """
            (error IS NOT NULL OR refused IS NOT NULL
            OR id IN (SELECT source_id FROM catalog_entities WHERE \(sql: isWrong))
            OR id IN (SELECT source_id FROM catalog_claims))
            """ : "1 = 1"
        if wish.find.isEmpty { return failing }
        // Signs of a pattern count as themselves.
        let text = wish.find.lowercased().reduce(into: "") { text, character in
            if "%_!".contains(character) { text.append("!") }
            text.append(character)
        }
        return "\(sql: failing) AND LOWER(target) LIKE \("%\(text)%") ESCAPE '!'"
    }

    /// As the index of those few has it, word by word.
    private static let isFailing: SQL = "(error IS NOT NULL OR refused IS NOT NULL)"

    /// Notes that tell of nothing but others who declare the same are no fault of whoever was first. Their text is
    /// `EntityNotes.column`, with its members in that order.
    private static let isWrong: SQL = """
        (notes IS NOT NULL AND (notes NOT LIKE '{"rivals":[%' OR notes LIKE '%],"sources":{%'
        OR notes LIKE '%],"outage":{%'))
        """

    private static func line(_ row: Row, now: Int64) throws -> Line {
        let nextAt = try row.integer(5)
        let isReading = try row.integer(6) > now
        return Line(
            id: try row.integer(0), location: LocationReference(type: try row.text(1), target: try row.text(2)),
            isConfigured: try row.bool(3), isRegistered: try row.bool(4), isReading: isReading,
            isDue: !isReading && nextAt <= now, nextAt: nextAt >= RefreshQueue.never ? nil : nextAt,
            succeededAt: try row.optionalInteger(7), error: try row.optionalText(8),
            failingSince: try row.optionalInteger(9), failures: try row.int(10),
            missingSince: try row.optionalInteger(11), heldSince: try row.optionalInteger(12),
            refusals: try Refusals(row, at: 13))
    }

    private static func counted(_ lines: [Line], in transaction: any Transaction) throws -> [Line] {
        var byID: [Int64: (count: Int, changedAt: Int64?)] = [:]
        var wrong: [Int64: Int] = [:]
        try StatementBatch.lists(lines.map(\.id)) { ids in
            try transaction.forEach(
                """
                SELECT source_id, COUNT(*), MAX(changed_at) FROM catalog_entities WHERE source_id IN \(list: ids)
                GROUP BY source_id
                """
            ) { byID[try $0.integer(0)] = (try $0.int(1), try $0.optionalInteger(2)) }
            try transaction.forEach(
                """
                SELECT source_id, COUNT(*) FROM catalog_entities
                WHERE source_id IN \(list: ids) AND notes IS NOT NULL AND \(sql: isWrong) GROUP BY source_id
                """
            ) { wrong[try $0.integer(0)] = try $0.int(1) }
        }
        var claims: [Int64: Int] = [:]
        try StatementBatch.lists(lines.map(\.id)) { ids in
            try transaction.forEach(
                "SELECT source_id, COUNT(*) FROM catalog_claims WHERE source_id IN \(list: ids) GROUP BY source_id"
            ) { claims[try $0.integer(0)] = try $0.int(1) }
        }
        let generated = try generated(of: lines, in: transaction)
        let leaders = try leaders(of: lines.filter(\.isFailing).map(\.id), in: transaction)
        return lines.map { line in
            var line = line
            line.leaders = leaders[line.id] ?? []
            if line.isFailing, generated.contains(line.id) {
                line.leaders.insert(GeneratedLocation.reference(of: line.location), at: 0)
            }
            if let found = byID[line.id] {
                (line.entities, line.changedAt) = found
                // The Location that stands for the source itself is in no file.
                if generated.contains(line.id) { line.entities -= 1 }
            }
            line.wrong = (wrong[line.id] ?? 0) + (claims[line.id] ?? 0)
            return line
        }
    }

    private static func leaders(
        of ids: [Int64], in transaction: any Transaction
    ) throws -> [Int64: [String]] {
        var found: [Int64: [String]] = [:]
        try StatementBatch.lists(ids) { ids in
            try transaction.forEach(
                """
                SELECT DISTINCT child_id, location_ref FROM catalog_source_edges WHERE child_id IN \(list: ids)
                ORDER BY location_ref
                """
            ) { found[try $0.integer(0), default: []].append(try $0.text(1)) }
        }
        return found
    }

    /// The sources that have the Location which stands for them.
    private static func generated(of lines: [Line], in transaction: any Transaction) throws -> Set<Int64> {
        let roots = lines.filter { $0.isConfigured || $0.isRegistered }
        var found: Set<Int64> = []
        try StatementBatch.lists(roots.map { GeneratedLocation.reference(of: $0.location) }) { references in
            try transaction.forEach(
                "SELECT source_id FROM catalog_entities WHERE ref IN \(list: references) AND source_id IS NOT NULL"
            ) { found.insert(try $0.integer(0)) }
        }
        return found
    }

    /// Counted by what is in an index: there may be as many sources as entities.
    static func totals(now: Int64, in transaction: any Transaction) throws -> Totals {
        Totals(
            sources: try count("1 = 1", in: transaction), failing: try count(isFailing, in: transaction),
            due: try count("next_at <= \(now) AND lease_until <= \(now)", in: transaction),
            reading: try count("lease_until > 0 AND lease_until > \(now)", in: transaction))
    }
}
