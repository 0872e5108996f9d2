import Database

/// Many rows or keys in few statements. Sizes are taken from a short list, because each is a statement of its own
/// that the engines keep prepared.
enum StatementBatch {
    private static let sizes = [64, 8, 1]

    /// `head` followed by one parenthesised list of values a row.
    static func insert(_ head: SQL, rows: [[SQLValue]], tail: SQL = "", in transaction: any Transaction) throws {
        var rest = rows[...]
        for size in sizes {
            while rest.count >= size {
                var text = SQL.Interpolation(literalCapacity: 0, interpolationCount: size * 8)
                text.appendInterpolation(sql: head)
                text.appendLiteral(" VALUES ")
                for (index, row) in rest.prefix(size).enumerated() {
                    if index > 0 { text.appendLiteral(", ") }
                    text.appendInterpolation(list: row)
                }
                text.appendLiteral(" ")
                text.appendInterpolation(sql: tail)
                try transaction.run(SQL(stringInterpolation: text))
                rest = rest.dropFirst(size)
            }
        }
    }

    /// Calls `body` with lists of at most 256 keys; the last key is repeated up to one of few sizes.
    static func lists<Key>(_ keys: some Sequence<Key>, _ body: ([Key]) throws -> Void) throws {
        var chunk: [Key] = []
        func flush() throws {
            guard let last = chunk.last else { return }
            let size = [1, 4, 16, 64, 256].first { $0 >= chunk.count } ?? chunk.count
            try body(chunk + Array(repeating: last, count: size - chunk.count))
            chunk = []
        }
        for key in keys {
            chunk.append(key)
            if chunk.count == 256 { try flush() }
        }
        try flush()
    }
}
