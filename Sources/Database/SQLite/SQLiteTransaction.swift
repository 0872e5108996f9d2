import Foundation
import GRDB
import GRDBSQLite

/// A transaction over GRDB's connection; lives no longer than the closure it is handed to.
final class SQLiteTransaction: TransactionEngine {
    private let database: GRDB.Database
    /// Who is to be woken after the commit.
    private(set) var channels: Set<String> = []

    init(_ database: GRDB.Database) { self.database = database }

    var dialect: Dialect { .sqlite }

    func notify(_ channel: String) throws { channels.insert(channel) }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        let (text, values) = sql.rendered { _ in "?" }
        let (statement, cursor) = try SQLiteErrors.translated {
            let statement = try database.cachedStatement(sql: text)
            return (statement, try GRDB.Row.fetchCursor(statement, arguments: Self.arguments(values)))
        }
        let columns = statement.columnNames
        let positions = 0..<CInt(columns.count)
        while try SQLiteErrors.translated(nil, { try cursor.next() }) != nil {
            let values = positions.map { Self.value(statement.sqliteStatement, $0) }
            try body(Row(columns: columns, values: values))
        }
    }

    func run(_ sql: SQL) throws -> Int {
        let (text, values) = sql.rendered { _ in "?" }
        return try SQLiteErrors.translated {
            let before = database.totalChangesCount
            try database.cachedStatement(sql: text).execute(arguments: Self.arguments(values))
            // Statements that change no rows leave the last one's count standing.
            return database.totalChangesCount == before ? 0 : database.changesCount
        }
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

    /// Of the row that a statement stands at, taken once from where SQLite has it: whole catalogs are read so.
    private static func value(_ statement: SQLiteStatement, _ column: CInt) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: .double(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            .text(String(decoding: bytes(sqlite3_column_text(statement, column), statement, column), as: UTF8.self))
        case SQLITE_BLOB: .blob(Array(bytes(sqlite3_column_blob(statement, column), statement, column)))
        default: .null
        }
    }

    /// Valid until the statement goes on.
    /// - Parameter start: has to be asked for before the length, which is that of the form that was asked for.
    private static func bytes(
        _ start: UnsafeRawPointer?, _ statement: SQLiteStatement, _ column: CInt
    ) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }
}

/// SQLite's errors in our words.
enum SQLiteErrors {
    static func translated<Result>(_ path: String? = nil, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw translate(error, path) }
    }

    static func translate(_ error: any Error) -> any Error { translate(error, nil) }

    /// What follows from a disk that did not keep what it was given. To try again proves nothing: the system reports
    /// such a loss once, and takes the pages for written from then on.
    /// - Returns: nil for any other error.
    static func failedSync(_ error: any Error) -> DatabaseError? {
        let codes: [ResultCode] = [.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC]
        guard let error = error as? GRDB.DatabaseError, codes.contains(error.extendedResultCode) else { return nil }
        return DatabaseError(
            .connection,
            """
            The disk did not keep what was written to the database (\(error.message ?? "failed sync")). Nothing more is \
            written: look after the disk, then start the portal again.
            """,
            publicReason: "A write could not be kept by the disk; nothing is written until the portal starts again.")
    }

    private static func translate(_ error: any Error, _ path: String?) -> any Error {
        guard let error = error as? GRDB.DatabaseError else { return error }
        let place = path.map { "\($0): " } ?? ""
        let message = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: return SQLiteFile.damaged(path, message)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return DatabaseError(.busy, "\(place)\(message)")
        case .SQLITE_READONLY:
            let name = path.map { " \($0)" } ?? ""
            return DatabaseError(
                .connection,
                "The database\(name) may not be written (\(message)). See who may write the file and its folder, and "
                    + "that the disk is not mounted read-only.")
        case .SQLITE_CANTOPEN, .SQLITE_PERM: return DatabaseError(.connection, "\(place)\(message)")
        case .SQLITE_CONSTRAINT
        where [.SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY].contains(error.extendedResultCode):
            return DatabaseError(.uniqueViolation, message)
        case .SQLITE_CONSTRAINT: return DatabaseError(.constraintViolation, message)
        case .SQLITE_FULL: return DatabaseError(.full, "\(place)the disk of the database is full.")
        case .SQLITE_IOERR: return DatabaseError(.connection, "\(place)\(message)")
        default: return DatabaseError(.statement, "\(place)\(message)")
        }
    }
}
