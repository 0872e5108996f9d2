import Database
import EntityModel

/// A walk along the change feed within one transaction, with a limit to its work.
struct ChangeWalk {
    /// What one walk may cost.
    struct Limits: Sendable {
        /// Rows, most of which are looked at without what the entities were.
        var mostRows = 50_000
        /// Entities, as they were, that are read for it.
        var mostStates = 2_000
        /// Bytes of these.
        var mostBytes = 16 << 20
    }

    private let transaction: any Transaction
    private let sieve: ChangeSieve
    private let limits: Limits
    private let withStates: Bool
    /// By reference, of those that are gone: whether they are told of.
    private var gone: [String: Bool] = [:]
    private var rowCount = 0
    private var stateCount = 0
    private var byteCount = 0

    /// - Parameter withStates: reads what the entities were before and after.
    init(_ transaction: any Transaction, _ sieve: ChangeSieve, _ limits: Limits, withStates: Bool) {
        self.transaction = transaction
        self.sieve = sieve
        self.limits = limits
        self.withStates = withStates
    }

    private var isSpent: Bool {
        rowCount >= limits.mostRows || stateCount >= limits.mostStates || byteCount >= limits.mostBytes
    }

    /// The newest changes below a number.
    /// - Returns: `next` where to go on, nil at the end; `isCut` where the work ended before it was known what follows.
    mutating func backwards(
        from number: Int64?, count: Int
    ) throws -> (found: [CatalogChange], next: Int64?, isCut: Bool) {
        var found: [CatalogChange] = []
        if sieve.isEmpty { return (found, nil, false) }
        let (lowest, highest) = try bounds()
        var next = min(number ?? .max, highest, sieve.head + 1)
        var size = Self.firstPage
        while true {
            let rows = try rows("n < \(next) AND n > \(lowest)", "ORDER BY n DESC", size)
            for row in rows {
                if isSpent { return (found, next, true) }
                let change = try take(row)
                // One more than is shown: the end of a page must not tell of what is hidden.
                if change != nil, found.count == count { return (found, found.last?.change.number ?? next, false) }
                if let change { found.append(change) }
                next = row.number
            }
            if rows.count < size { return (found, nil, false) }
            size = min(size * 4, Self.largestPage)
        }
    }

    /// The first changes after a number, up to another.
    /// - Returns: `end` is the number up to which all that is told of was found.
    mutating func forwards(
        after number: Int64, upTo last: Int64, count: Int
    ) throws -> (found: [CatalogChange], end: Int64) {
        var found: [CatalogChange] = []
        if sieve.isEmpty || number >= last { return (found, max(number, last)) }
        var end = number
        while true {
            let rows = try rows("n > \(end) AND n <= \(last)", "ORDER BY n", Self.firstPage)
            for row in rows {
                if isSpent || found.count == count { return (found, end) }
                if let change = try take(row) { found.append(change) }
                end = row.number
            }
            if rows.count < Self.firstPage { return (found, last) }
        }
    }

    private static let firstPage = 128
    private static let largestPage = 4_096

    private func rows(_ range: SQL, _ order: SQL, _ size: Int) throws -> [ChangeRow] {
        try transaction.rows(
            """
            SELECT n, at, kind, ref, uid, cause FROM catalog_feed
            WHERE \(sql: range)\(sql: narrowing) \(sql: order) LIMIT \(size)
            """
        ).map { row in
            ChangeRow(
                number: try row.integer(0), at: try row.integer(1), kind: try row.text(2),
                reference: try row.text(3), uid: try row.text(4), cause: try row.optionalText(5))
        }
    }

    /// As much of the filter as an index finds; all else is asked of the rows, so that the work can be counted.
    private var narrowing: SQL {
        var sql: SQL = ""
        let filter = sieve.filter
        if let entity = filter.entity { sql = " AND ref = \(entity.description)" }
        if let cause = filter.cause {
            let start = String(String.UnicodeScalarView(cause.unicodeScalars.prefix(CatalogMigrations.causeLength)))
            sql = "\(sql: sql) AND substr(cause, 1, 200) = \(start)"
        } else if let author = filter.author, author != .location {
            sql = "\(sql: sql) AND substr(cause, 1, 9) <> 'location '"
        }
        if filter.sort == .deleted { sql = "\(sql: sql) AND kind = 'deleted'" }
        return sql
    }

    /// Nobody's transaction takes longer, and no clock goes back so far: changes are numbered when they are committed,
    /// and have the time at which they began.
    private static let slack: Int64 = 3_600_000

    /// The numbers between which the wanted times are.
    private func bounds() throws -> (lowest: Int64, highest: Int64) {
        var (lowest, highest) = (Int64.min, Int64.max)
        if let from = sieve.filter.from {
            let row = try transaction.row(
                "SELECT n FROM catalog_feed WHERE at < \(from - Self.slack) ORDER BY at DESC LIMIT 1")
            if let row { lowest = try row.integer(0) }
        }
        if let to = sieve.filter.to {
            let row = try transaction.row(
                "SELECT n FROM catalog_feed WHERE at >= \(to + Self.slack) ORDER BY at LIMIT 1")
            if let row { highest = try row.integer(0) }
        }
        return (lowest, highest)
    }

    private mutating func take(_ row: ChangeRow) throws -> CatalogChange? {
        rowCount += 1
        guard sieve.filter.matches(row) else { return nil }
        let presence = sieve.presence(of: row.reference)
        guard presence != .hidden, let reference = try? EntityReference(parsing: row.reference) else { return nil }
        if presence == .gone, sieve.asksLastState, try !isShownGone(reference) { return nil }
        guard withStates || sieve.asksStates else {
            return CatalogChange(reference: reference, change: change(row, nil, nil, isPresent: false))
        }
        return sieve.visible(try complete(row), of: reference)
    }

    private mutating func isShownGone(_ reference: EntityReference) throws -> Bool {
        let name = reference.description
        if let known = gone[name] { return known }
        let row = try transaction.row(
            """
            SELECT body_before, uid FROM catalog_feed WHERE ref = \(name) AND kind = 'deleted' ORDER BY n DESC LIMIT 1
            """)
        var isShown = false
        if let row, let body = count(try row.optionalBlob(0)), let state = try? JSONParser.parse(body) {
            isShown = sieve.shows(last: state, of: reference, uid: try row.text(1))
        }
        gone[name] = isShown
        return isShown
    }

    private mutating func count(_ body: [UInt8]?) -> [UInt8]? {
        stateCount += 1
        byteCount += body?.count ?? 0
        return body
    }

    /// With what the entity was before and after: what the next change kept, or what it is now.
    private mutating func complete(_ row: ChangeRow) throws -> EntityStore.Change {
        var before: [UInt8]?
        if row.kind != "created" {
            before = count(
                try transaction.row("SELECT body_before FROM catalog_feed WHERE n = \(row.number)")?.optionalBlob(0))
        }
        if row.kind == "deleted" { return change(row, before, nil, isPresent: false) }
        let next = try transaction.row(
            """
            SELECT body_before FROM catalog_feed WHERE ref = \(row.reference) AND n > \(row.number) ORDER BY n LIMIT 1
            """)
        if let next { return change(row, before, count(try next.optionalBlob(0)), isPresent: false) }
        let now = try transaction.row("SELECT body FROM catalog_entities WHERE ref = \(row.reference)")
        return change(row, before, count(try now?.blob(0)), isPresent: true)
    }

    private func change(
        _ row: ChangeRow, _ before: [UInt8]?, _ after: [UInt8]?, isPresent: Bool
    ) -> EntityStore.Change {
        let states = StoredStates(before: before, after: after)
        return EntityStore.Change(
            number: row.number, at: row.at, kind: row.kind, uid: row.uid, before: states.before, after: states.after,
            isPresent: isPresent, cause: ChangeCause(column: row.cause))
    }
}
