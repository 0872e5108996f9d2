import Foundation
import GRDB

/// A transaction over GRDB's connection; lives no longer than the closure it is handed to.
struct SQLiteTransaction: Transaction {
    private let database: GRDB.Database

    init(_ database: GRDB.Database) { self.database = database }

    var dialect: Dialect { .sqlite }

    func rows(_ sql: SQL) throws -> [Row] {
        var rows: [Row] = []
        try forEach(sql) { rows.append($0) }
        return rows
    }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        let (text, values) = sql.rendered { _ in "?" }
        let statement = try SQLiteErrors.translated { try database.cachedStatement(sql: text) }
        let columns = statement.columnNames
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: Self.arguments(values))
        while let row = try SQLiteErrors.translated(nil, { try cursor.next() }) {
            let values = row.databaseValues.map(Self.value)
            try body(Row(columns: columns, values: Array(values)))
        }
    }

    @discardableResult func run(_ sql: SQL) throws -> Int {
        let (text, values) = sql.rendered { _ in "?" }
        return try SQLiteErrors.translated {
            try database.cachedStatement(sql: text).execute(arguments: Self.arguments(values))
            return database.changesCount
        }
    }

    func now() throws -> Int64 {
        guard let row = try row("SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS now") else {
            throw DatabaseError(.statement, "The database did not tell the time.")
        }
        return try row.integer("now")
    }

    private static func arguments(_ values: [SQLValue]) -> StatementArguments {
        StatementArguments(
            values.map { value -> (any DatabaseValueConvertible)? in
                switch value {
                case .null: nil
                case .integer(let integer): integer
                case .double(let double): double
                case .text(let text): text
                case .blob(let blob): Data(blob)
                }
            })
    }

    private static func value(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let integer): .integer(integer)
        case .double(let double): .double(double)
        case .string(let text): .text(text)
        case .blob(let data): .blob(Array(data))
        }
    }
}

/// SQLite's errors in our words.
enum SQLiteErrors {
    static func translated<Result>(_ path: String? = nil, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw translate(error, path) }
    }

    static func translate(_ error: any Error) -> any Error { translate(error, nil) }

    private static func translate(_ error: any Error, _ path: String?) -> any Error {
        guard let error = error as? GRDB.DatabaseError else { return error }
        let place = path.map { "\($0): " } ?? ""
        let message = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return DatabaseError(
                .damaged,
                "\(place)the file is no SQLite database, or it is damaged (\(message)). It was left as it is: "
                    + "restore a backup, or move it away to begin anew.")
        case .SQLITE_BUSY, .SQLITE_LOCKED: return DatabaseError(.busy, "\(place)\(message)")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY: return DatabaseError(.connection, "\(place)\(message)")
        case .SQLITE_CONSTRAINT
        where [.SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY].contains(error.extendedResultCode):
            return DatabaseError(.uniqueViolation, message)
        default: return DatabaseError(.statement, "\(place)\(message)")
        }
    }
}
