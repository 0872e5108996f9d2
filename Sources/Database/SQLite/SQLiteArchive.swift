import Foundation
import GRDB

/// A file of SQLite that is written or read in one go by one connection, without a journal beside it: a backup, or a
/// database that is not in use yet.
final class SQLiteArchive: Sendable {
    private let queue: DatabaseQueue
    private let path: String?

    private init(_ path: String?, isReadOnly: Bool) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.readonly = isReadOnly
        self.path = path
        queue = try SQLiteErrors.translated(path) {
            if let path { try DatabaseQueue(path: path, configuration: configuration) } else { try DatabaseQueue() }
        }
    }

    /// A database in memory, to see what migrations make.
    static func inMemory() throws -> SQLiteArchive { try SQLiteArchive(nil, isReadOnly: false) }

    /// Reads a file that is there.
    /// - Throws: `DatabaseError` of kind `damaged` or `connection`.
    static func reading(_ path: String) throws -> SQLiteArchive {
        try SQLiteFile.requireThere(path)
        try SQLiteFile.check(path)
        return try SQLiteArchive(path, isReadOnly: true)
    }

    /// Writes to a file that nobody else knows yet. What fails leaves it useless; `DurableFile.sync` makes it last.
    static func writing(_ path: String) throws -> SQLiteArchive {
        let archive = try SQLiteArchive(path, isReadOnly: false)
        for statement in ["journal_mode = MEMORY", "synchronous = OFF", "cache_size = -65536"] {
            try archive.outside { try $0.execute(sql: "PRAGMA \(statement)") }
        }
        return archive
    }

    /// Runs a body in a transaction.
    func transaction<Result>(_ body: (any Transaction) throws -> Result) throws -> Result {
        try outside { database in
            var result: Result?
            try database.inTransaction {
                let transaction = OpenTransaction(SQLiteTransaction(database))
                defer { transaction.end() }
                let made = try body(transaction)
                if let failure = transaction.failure { throw failure }
                result = made
                return .commit
            }
            guard let result else { throw DatabaseError(.statement, "A transaction had no result.") }
            return result
        }
    }

    /// Copies all of a database that may be in use into an empty file, as it is at one moment.
    static func copy(_ path: String, to target: String) throws {
        let source = try reading(path)
        defer { source.close() }
        do { try source.outside { try $0.execute(sql: "VACUUM INTO ?", arguments: [target]) } } catch {
            // A full disk is that of the copy; all else is told of the source.
            guard let error = error as? DatabaseError, error.kind == .full else { throw error }
            throw DatabaseError(.full, "The disk is full: \(target) has no room.")
        }
    }

    /// Moves what a journal beside the file still holds into the file, where that can be done.
    static func settle(_ path: String) {
        guard let archive = try? SQLiteArchive(path, isReadOnly: false) else { return }
        try? archive.outside { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        archive.close()
    }

    private func outside<Result>(_ body: (GRDB.Database) throws -> Result) throws -> Result {
        try SQLiteErrors.translated(path) { try queue.writeWithoutTransaction(body) }
    }

    func close() { try? queue.close() }
}
