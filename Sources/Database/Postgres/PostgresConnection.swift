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
    private var isEnded = false

    init(_ settings: PostgresSettings, number: Int) {
        self.settings = settings
        executor = QueueExecutor("callboard.postgres.\(number)")
    }

    private static let mostAttempts = 5

    /// Runs a body in a transaction, again where the server says that the same may succeed now.
    func transaction<Result: Sendable>(
        isReadOnly: Bool, _ patience: PostgresPatience, _ body: @Sendable (any Transaction) throws -> Result
    ) throws -> Result {
        var attempt = 1
        while true {
            do {
                return try once(isReadOnly: isReadOnly, patience, body)
            } catch let error as DatabaseError
                where [.transaction, .connection].contains(error.retry) && attempt < Self.mostAttempts
                && !patience.isOver
            {
                if error.retry == .connection { close() }
                attempt += 1
                usleep(UInt32.random(in: 1_000...20_000) * UInt32(attempt))
            }
        }
    }

    private func once<Result: Sendable>(
        isReadOnly: Bool, _ patience: PostgresPatience, _ body: @Sendable (any Transaction) throws -> Result
    ) throws -> Result {
        let session = try connected(patience)
        try session.forgetStatements()
        try session.command(patience.begin(isReadOnly: isReadOnly))
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
        do {
            // The server answers ROLLBACK, and no error, where it ended the transaction before.
            guard try session.command("COMMIT") == "COMMIT" else {
                throw DatabaseError(.statement, "PostgreSQL undid the transaction instead of committing it.")
            }
        } catch let error as DatabaseError {
            close()
            // Whether the commit happened is not known, so it is never tried again.
            throw DatabaseError(error.kind, error.message, retry: error.retry == .silence ? .silence : .never)
        }
        return result
    }

    /// The session, made anew where the last one is gone.
    private func connected(_ patience: PostgresPatience) throws -> PostgresSession {
        if isEnded { throw DatabaseError(.connection, "The database is closed.") }
        // Who waited for a connection for as long as that makes sense does not begin to wait for a server.
        if patience.isOver { throw DatabaseError(.timeout, "PostgreSQL does not answer.") }
        if let session, session.isAlive {
            session.patience = patience
            return session
        }
        close()
        let made = try PostgresSession(settings, patience)
        session = made
        return made
    }

    /// Sees that there is a schema, and that it may be used so; called once, before anything else.
    func begin(_ use: DatabaseUse) throws {
        let session = try connected(.background)
        if use == .reading {
            guard try session.hasSchema(settings.schema) else {
                throw DatabaseError(
                    .connection,
                    "\(settings) has no schema \(settings.schema): no Callboard has used this database yet.")
            }
            return
        }
        try makeSchema(session)
        if use == .portal { try Presence.check(session) }
    }

    /// Looks first: whoever may not make schemas can still use one that an administrator made.
    private func makeSchema(_ session: PostgresSession) throws {
        if try session.hasSchema(settings.schema) { return }
        do {
            try session.command("CREATE SCHEMA \(PostgresSession.quoted(settings.schema))")
        } catch  where (try? session.hasSchema(settings.schema)) == true {
            // Another replica that starts at the same time was first.
        }
    }

    /// Ends the connection for good.
    func end() {
        isEnded = true
        close()
    }

    private func close() {
        session?.close()
        session = nil
    }
}
