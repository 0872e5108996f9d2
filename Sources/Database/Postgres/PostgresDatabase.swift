import Foundation
import Synchronization

/// The engine for many replicas: a pool of blocking connections, and one that listens.
final class PostgresDatabase: SQLDatabase {
    let dialect = Dialect.postgres

    private let pool: PostgresPool
    private let hub = NotificationHub()
    private let listener: PostgresListener

    private init(_ settings: PostgresSettings) {
        pool = PostgresPool((0..<max(2, settings.poolSize)).map { PostgresConnection(settings, number: $0) })
        listener = PostgresListener(settings, hub)
    }

    /// Connects and makes the schema where there is none.
    static func open(_ settings: PostgresSettings) async throws -> PostgresDatabase {
        let database = PostgresDatabase(settings)
        try await database.pool.with(.interactive) { try await $0.makeSchema() }
        database.listener.start()
        return database
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await pool.with(.interactive) { try await $0.transaction(isReadOnly: true, body) }
    }

    @discardableResult
    func write<Result: Sendable>(
        priority: WritePriority, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await pool.with(priority) { try await $0.transaction(isReadOnly: false, body) }
    }

    func notifications(_ channel: StaticString) -> AsyncStream<Void> {
        defer { hub.broadcast(channel.description) }
        return hub.stream(channel.description)
    }

    func close() async {
        listener.stop()
        hub.close()
        await pool.close()
    }
}

/// Hands out connections, to people's work first; background work never has the last one.
final class PostgresPool: Sendable {
    private static let longestLine = 20_000

    private struct Waiter {
        let id: Int
        let priority: WritePriority
        let continuation: CheckedContinuation<PostgresConnection, any Error>
    }

    private struct State {
        var free: [PostgresConnection]
        var line: [Waiter] = []
        var isClosed = false
    }

    private let all: [PostgresConnection]
    private let state: Mutex<State>

    init(_ connections: [PostgresConnection]) {
        all = connections
        state = Mutex(State(free: connections))
    }

    func with<Result: Sendable>(
        _ priority: WritePriority, _ work: @Sendable (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await take(priority)
        defer { give(connection) }
        return try await work(connection)
    }

    private func take(_ priority: WritePriority) async throws -> PostgresConnection {
        try await withCheckedThrowingContinuation { continuation in
            let answer: Result<PostgresConnection, DatabaseError>? = state.withLock { state in
                if state.isClosed { return .failure(DatabaseError(.connection, "The database is closed.")) }
                if state.free.count > (priority == .background ? 1 : 0) { return .success(state.free.removeLast()) }
                guard state.line.count < Self.longestLine else {
                    return .failure(DatabaseError(.busy, "Too many wait for the database; try again later."))
                }
                state.line.append(Waiter(id: state.line.count, priority: priority, continuation: continuation))
                return nil
            }
            switch answer {
            case .success(let connection): continuation.resume(returning: connection)
            case .failure(let error): continuation.resume(throwing: error)
            case nil: break
            }
        }
    }

    private func give(_ connection: PostgresConnection) {
        let next: Waiter? = state.withLock { state in
            let index =
                state.line.firstIndex { $0.priority == .interactive }
                ?? (state.free.isEmpty && all.count > 1 ? nil : state.line.indices.first)
            guard let index else {
                state.free.append(connection)
                // Background work waits for the second free connection.
                guard state.free.count > 1, let first = state.line.indices.first else { return nil }
                state.free.removeLast()
                return state.line.remove(at: first)
            }
            return state.line.remove(at: index)
        }
        next?.continuation.resume(returning: connection)
    }

    /// Ends the connections, each after its present work.
    func close() async {
        let line = state.withLock { state in
            state.isClosed = true
            defer { state.line = [] }
            return state.line
        }
        for waiter in line {
            waiter.continuation.resume(throwing: DatabaseError(.connection, "The database is closed."))
        }
        for connection in all { await connection.close() }
    }
}

/// Hears what other replicas notify, on a thread of its own.
final class PostgresListener: Sendable {
    private let settings: PostgresSettings
    private let hub: NotificationHub
    private let isStopped = Mutex(false)

    init(_ settings: PostgresSettings, _ hub: NotificationHub) {
        self.settings = settings
        self.hub = hub
    }

    func start() {
        let thread = Thread { [self] in run() }
        thread.name = "callboard-listen"
        thread.start()
    }

    func stop() { isStopped.withLock { $0 = true } }

    private func run() {
        while !isStopped.withLock({ $0 }) {
            do {
                let session = try PostgresSession(settings)
                try session.command("LISTEN callboard")
                // What was notified while nobody listened is not known: everybody looks.
                hub.broadcastToAll()
                while !isStopped.withLock({ $0 }) {
                    for channel in Set(try session.waitForNotifications(milliseconds: 500)) { hub.broadcast(channel) }
                }
                session.close()
            } catch {
                Thread.sleep(forTimeInterval: 1)
            }
        }
    }
}
