/// All rows of a table, read in pieces and written in batches: memory is bounded whatever the table holds.
enum RowCopy {
    private static let piece = 500
    private static let mostBytes = 4 << 20

    /// Calls `body` with the values of each row, in the order of the columns.
    ///
    /// On PostgreSQL by a cursor: a statement may take a minute, and all of a table may take longer.
    static func read(
        _ table: TableShape, _ transaction: any Transaction, _ body: ([SQLValue]) throws -> Void
    ) throws {
        let select = "SELECT \(table.columnList) FROM \(table.quotedName)"
        guard transaction.dialect == .postgres else {
            return try transaction.forEach(SQL(trusted: select)) { try body($0.values) }
        }
        // A cursor has the table's name, so that what is prepared for one is never used for another.
        let cursor = TableShape.quoted("copy_\(table.name)")
        try transaction.run(SQL(trusted: "DECLARE \(cursor) NO SCROLL CURSOR FOR \(select)"))
        let fetch = SQL(trusted: "FETCH \(piece) FROM \(cursor)")
        while true {
            var count = 0
            try transaction.forEach(fetch) { row in
                count += 1
                try body(row.values)
            }
            if count < piece { break }
        }
        try transaction.run(SQL(trusted: "CLOSE \(cursor)"))
    }

    static func count(_ table: TableShape, _ transaction: any Transaction) throws -> Int64 {
        try transaction.row(SQL(trusted: "SELECT COUNT(*) FROM \(table.quotedName)"))?.integer(0) ?? 0
    }

    static func checksum(_ table: TableShape, _ transaction: any Transaction) throws -> TableChecksum {
        var sum = TableChecksum()
        try read(table, transaction) { sum.add($0) }
        return sum
    }

    /// Copies all rows.
    /// - Returns: what was read.
    static func copy(
        _ table: TableShape, from source: any Transaction, to target: any Transaction,
        progress: (Int64) -> Void
    ) throws -> TableChecksum {
        var sum = TableChecksum()
        var batch = RowBatch(table, target)
        try read(table, source) { values in
            sum.add(values)
            try batch.add(values)
            if sum.rows.isMultiple(of: 1_000) { progress(sum.rows) }
        }
        try batch.flush()
        progress(sum.rows)
        return sum
    }

    /// Rows on their way into a table.
    private struct RowBatch {
        private let head: SQL
        private let target: any Transaction
        private let size: Int
        /// By which values are null: a statement is prepared for the types of its values, so the nulls of many rows
        /// would make another one of almost every batch, and the server keeps them all.
        private var kinds: [[Bool]: [[SQLValue]]] = [:]
        private var bytes = 0

        init(_ table: TableShape, _ target: any Transaction) {
            head = SQL(trusted: "INSERT INTO \(table.quotedName) (\(table.columnList)) VALUES ")
            self.target = target
            // SQLite gains nothing by more rows in a statement, a server saves the ways there and back.
            size = target.dialect == .sqlite ? 1 : 128
        }

        mutating func add(_ row: [SQLValue]) throws {
            if size == 1 { return try insert([row]) }
            let kind = row.map { $0 == .null }
            kinds[kind, default: []].append(row)
            bytes += Self.bytes(of: row)
            if let full = kinds[kind], full.count == size {
                kinds[kind] = nil
                bytes -= full.reduce(0) { $0 + Self.bytes(of: $1) }
                try insert(full[...])
            }
            if bytes >= mostBytes { try flush() }
        }

        /// What is left goes row by row: few sizes, because each is a statement that stays prepared.
        mutating func flush() throws {
            let rest = kinds.values.joined()
            kinds = [:]
            bytes = 0
            for row in rest { try insert([row]) }
        }

        private static func bytes(of row: [SQLValue]) -> Int { row.reduce(0) { $0 + $1.byteCount } }

        private func insert(_ rows: ArraySlice<[SQLValue]>) throws {
            var text = SQL.Interpolation(literalCapacity: 0, interpolationCount: rows.count * 8)
            text.appendInterpolation(sql: head)
            for (index, row) in rows.enumerated() {
                if index > 0 { text.appendLiteral(", ") }
                text.appendInterpolation(list: row)
            }
            try target.run(SQL(stringInterpolation: text))
        }
    }
}

extension SQLValue {
    fileprivate var byteCount: Int {
        switch self {
        case .null, .integer, .double: 8
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count
        }
    }
}
