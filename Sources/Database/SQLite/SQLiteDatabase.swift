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
    private let readers = Readers()
    private let hub = NotificationHub()
    private let lengthy = LengthyReads()
    private let failed = Mutex<DatabaseError?>(nil)
    /// Nil in memory.
    private let identity: FileIdentity?
    /// Of the commits: their seconds, and how many writes shared them.
    private let tallies = Mutex(
        (
            commits: DatabaseFigures.Tally([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]),
            groups: DatabaseFigures.Tally([1, 2, 5, 10, 20, 50, 100, 200])
        ))

    /// Opens the database, making the file and its folder where there is none.
    /// - Parameter isReadOnly: nothing is made or changed; the file must be there.
    /// - Throws: `DatabaseError`: `damaged` for a file that is no database, which is left as it is, or `connection`.
    public init(_ location: Location, isReadOnly: Bool = false) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = max(5, ProcessInfo.processInfo.activeProcessorCount + 1)
        switch location {
        case .memory:
            writer = try SQLiteErrors.translated { try DatabaseQueue(configuration: configuration) }
            identity = nil
        case .file(let path):
            configuration.readonly = isReadOnly
            if isReadOnly { try SQLiteFile.check(path) } else { try SQLiteFile.prepare(path) }
            writer = try SQLiteErrors.translated(path) { try DatabasePool(path: path, configuration: configuration) }
            identity = FileIdentity(path)
            if isReadOnly { return }
            // GRDB sets NORMAL as it turns WAL on, so FULL has to come after opening.
            try SQLiteErrors.translated(path) {
                try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            }
        }
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try readers.enter()
        defer { readers.leave() }
        do { return try readHere(body) } catch { throw SQLiteErrors.translate(error) }
    }

    public func readAtLength<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try readers.enter()
        defer { readers.leave() }
        do {
            return try await withTaskExecutorPreference(lengthy) {
                try await writer.read { try Self.result(of: body, $0) }
            }
        } catch { throw SQLiteErrors.translate(error) }
    }

    /// On the thread that asks: a read of a page takes some microseconds, and where many ask, a change of threads costs
    /// a wait in line on the way there and one on the way back. Readers never wait for the writer (WAL), and there are
    /// more of them than threads that tasks run on.
    private func readHere<Result>(_ body: (any Transaction) throws -> Result) throws -> Result {
        try writer.read { try Self.result(of: body, $0) }
    }

    private static func result<Result>(
        of body: (any Transaction) throws -> Result, _ database: GRDB.Database
    ) throws -> Result {
        let transaction = OpenTransaction(SQLiteTransaction(database))
        defer { transaction.end() }
        let result = try body(transaction)
        if let failure = transaction.failure { throw failure }
        return result
    }

    @discardableResult
    public func write<Result: Sendable>(
        priority: WritePriority, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        if let known = failed.withLock({ $0 }) { throw known }
        return try await withCheckedThrowingContinuation { continuation in
            let write = PendingWrite(
                attempt: { transaction in
                    let result = try body(transaction)
                    return { continuation.resume(returning: result) }
                },
                fail: { continuation.resume(throwing: SQLiteErrors.translate($0)) })
            switch queue.withLock({ $0.add(write, priority) }) {
            case .mustDrain: drain()
            case .queued: break
            case .refused(let error): write.fail(error)
            }
        }
    }

    /// Whoever asks learns at once that the file is gone: it may be long until somebody writes.
    public var failure: DatabaseError? {
        if let known = failed.withLock({ $0 }) { return known }
        guard let loss = identity?.loss else { return nil }
        return failed.withLock { known in
            known = known ?? loss
            return known
        }
    }

    public var figures: DatabaseFigures {
        var figures = DatabaseFigures()
        figures.waiting = queue.withLock {
            [("people", $0.count(.interactive)), ("background", $0.count(.background))]
        }
        let tallies = tallies.withLock { $0 }
        figures.commits = tallies.commits
        figures.groups = tallies.groups
        return figures
    }

    public func notifications(_ channel: StaticString) -> AsyncStream<Void> {
        defer { hub.broadcast(channel.description) }
        return hub.stream(channel.description)
    }

    public func close() async {
        guard queue.withLock({ $0.close() }) else { return }
        hub.close()
        // SQLite ends the process over a statement of a closed connection.
        await readers.close()
        // What was accepted is written and answered, also where its writer has been promised and not begun.
        await withCheckedContinuation { continuation in
            if !queue.withLock({ $0.waitForEnd(continuation) }) { continuation.resume() }
        }
        // The drain that just ended still holds the connection for a moment.
        await withCheckedContinuation { continuation in
            writer.asyncWriteWithoutTransaction { _ in continuation.resume() }
        }
        try? writer.close()
    }

    /// Commits one group, and the next, until nobody waits.
    private func drain() {
        writer.asyncWriteWithoutTransaction { [self] database in
            while true {
                let (hasMore, closing) = queue.withLock { $0.hasMore() }
                closing?.resume()
                guard hasMore else { return }
                commitGroup(database)
            }
        }
    }

    private func failNext(_ failure: DatabaseError) {
        while let write = queue.withLock({ $0.next(after: 0, .zero) }) { write.fail(failure) }
    }

    private func note(_ writes: Int, after time: Duration) {
        tallies.withLock { tallies in
            tallies.commits.add(time / .seconds(1))
            tallies.groups.add(Double(writes))
        }
    }

    /// Writes what waits in one transaction; where that is lost, each write has one of its own.
    private func commitGroup(_ database: GRDB.Database) {
        if let failure { return failNext(failure) }
        var group = WriteGroup(database)
        let start = ContinuousClock.now
        let failure = group.commit { count, elapsed in queue.withLock { $0.next(after: count, elapsed) } }
        note(group.count, after: start.duration(to: .now))
        guard let failure else { return group.succeed(hub) }
        if let loss = SQLiteErrors.failedSync(failure) {
            failed.withLock { $0 = loss }
            return group.fail(loss)
        }
        if group.count == 1 { return group.fail(failure) }
        for write in group.writes {
            var single = WriteGroup(database)
            var next: PendingWrite? = write
            let failure = single.commit { _, _ in
                defer { next = nil }
                return next
            }
            if let failure { single.fail(failure) } else { single.succeed(hub) }
        }
    }
}
