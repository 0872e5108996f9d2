import CPostgres
import Dispatch
import Foundation

/// Runs an actor on a queue, so that what blocks there holds no thread of the others.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(_ name: String) { queue = DispatchQueue(label: name) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
}

/// One connection to PostgreSQL. Its calls block, so it has a queue, and thereby a thread, of its own.
actor PostgresConnection {
    private nonisolated let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let settings: PostgresSettings
    private var session: PostgresSession?

    init(_ settings: PostgresSettings, number: Int) {
        self.settings = settings
        executor = QueueExecutor("callboard.postgres.\(number)")
    }

    private static let mostAttempts = 5

    /// Runs a body in a transaction, again where the server says that the same may succeed now.
    func transaction<Result: Sendable>(
        isReadOnly: Bool, _ body: @Sendable (any Transaction) throws -> Result
    ) throws -> Result {
        var attempt = 1
        while true {
            do {
                return try once(isReadOnly: isReadOnly, body)
            } catch let error as DatabaseError where error.retry != .never && attempt < Self.mostAttempts {
                if error.retry == .connection { close() }
                attempt += 1
                usleep(UInt32.random(in: 1_000...20_000) * UInt32(attempt))
            }
        }
    }

    private func once<Result: Sendable>(
        isReadOnly: Bool, _ body: @Sendable (any Transaction) throws -> Result
    ) throws -> Result {
        let session = try connected()
        try session.command(isReadOnly ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN")
        let transaction = OpenTransaction(session)
        let result: Result
        do {
            defer { transaction.end() }
            result = try body(transaction)
            if let failure = transaction.failure { throw failure }
        } catch {
            do { try session.command("ROLLBACK") } catch { close() }
            throw error
        }
        do { try session.command("COMMIT") } catch let error as DatabaseError {
            close()
            // Whether the commit happened is not known, so it is never tried again.
            throw DatabaseError(error.kind, error.message)
        }
        return result
    }

    /// The session, made anew where the last one is gone.
    private func connected() throws -> PostgresSession {
        if let session, session.isAlive { return session }
        close()
        let made = try PostgresSession(settings)
        session = made
        return made
    }

    /// Makes the schema; called once, before anything else.
    func makeSchema() throws {
        let session = try connected()
        try session.command("CREATE SCHEMA IF NOT EXISTS \(PostgresSession.quoted(settings.schema))")
    }

    func close() {
        session?.close()
        session = nil
    }
}
