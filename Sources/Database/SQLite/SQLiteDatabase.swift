import Foundation
import GRDB
import Synchronization

/// The embedded engine: one file in WAL mode, or memory.
///
/// Writes that wait at the same time share one commit, each in a savepoint of its own, so that many small writes
/// cost one sync of the disk and none can undo another.
public final class SQLiteDatabase: SQLDatabase {
    public enum Location: Sendable, Hashable {
        case file(String)
        case memory
    }

    public let dialect = Dialect.sqlite
    private let writer: any DatabaseWriter
    private let queue = Mutex(WriteQueue())

    /// Opens the database, making the file and its folder where there is none.
    /// - Throws: `DatabaseError`: `damaged` for a file that is no database, which is left as it is, or `connection`.
    public init(_ location: Location) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        switch location {
        case .memory:
            writer = try SQLiteErrors.translated { try DatabaseQueue(configuration: configuration) }
        case .file(let path):
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            } catch {
                throw DatabaseError(.connection, "Cannot make the folder \(folder.path) of the database: \(error)")
            }
            writer = try SQLiteErrors.translated(path) { try DatabasePool(path: path, configuration: configuration) }
        }
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        let outcome = try await writer.read { database in
            Swift.Result { try body(SQLiteTransaction(database)) }
        }
        return try SQLiteErrors.translated { try outcome.get() }
    }

    @discardableResult
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let write = PendingWrite { transaction in
                let outcome = Swift.Result { try body(transaction) }
                let complete: PendingWrite.Completion = { failure in
                    continuation.resume(with: failure.map { .failure($0) } ?? outcome.mapError(SQLiteErrors.translate))
                }
                if case .failure = outcome { return (succeeded: false, complete) }
                return (succeeded: true, complete)
            }
            if queue.withLock({ $0.add(write) }) { drain() }
        }
    }

    /// Commits one group, and the next, until nobody waits.
    private func drain() {
        writer.asyncWriteWithoutTransaction { [self] database in
            while let group = queue.withLock({ $0.next() }) { commit(group, database) }
        }
    }

    private func commit(_ group: [PendingWrite], _ database: GRDB.Database) {
        var completions: [PendingWrite.Completion] = []
        var failure: (any Error)?
        do {
            try database.inTransaction(.immediate) {
                for write in group {
                    try database.inSavepoint {
                        let (succeeded, completion) = write.body(SQLiteTransaction(database))
                        completions.append(completion)
                        return succeeded ? .commit : .rollback
                    }
                }
                return .commit
            }
        } catch {
            failure = SQLiteErrors.translate(error)
        }
        for completion in completions { completion(failure) }
        let unreached = group.dropFirst(completions.count)
        for write in unreached { write.fail(failure ?? DatabaseError(.busy, "The write was not reached."), database) }
    }
}

/// One caller's write, waiting for its turn.
struct PendingWrite: Sendable {
    /// Hands the outcome to the caller; an error replaces it.
    typealias Completion = @Sendable ((any Error)?) -> Void

    let body: @Sendable (any Transaction) -> (succeeded: Bool, Completion)

    /// Ends a write whose group failed before it ran: its body runs on a transaction that refuses everything.
    func fail(_ error: any Error, _ database: GRDB.Database) {
        body(RefusingTransaction(error: error)).1(error)
    }
}

/// Writes in the order of their arrival, taken in groups.
struct WriteQueue {
    private static let largestGroup = 200
    private var waiting: [PendingWrite] = []
    private var isDraining = false

    /// Returns whether the caller must start to drain.
    mutating func add(_ write: PendingWrite) -> Bool {
        waiting.append(write)
        defer { isDraining = true }
        return !isDraining
    }

    mutating func next() -> [PendingWrite]? {
        if waiting.isEmpty {
            isDraining = false
            return nil
        }
        let group = Array(waiting.prefix(Self.largestGroup))
        waiting.removeFirst(group.count)
        return group
    }
}

/// Answers every statement with one error.
private struct RefusingTransaction: Transaction {
    let error: any Error
    var dialect: Dialect { .sqlite }
    func rows(_ sql: SQL) throws -> [Row] { throw error }
    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws { throw error }
    func run(_ sql: SQL) throws -> Int { throw error }
    func now() throws -> Int64 { throw error }
}
