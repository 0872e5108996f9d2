import Foundation
import Synchronization

/// The engine for many replicas: a pool of blocking connections, and one that listens.
final class PostgresDatabase: SQLDatabase {
    let dialect = Dialect.postgres

    private let settings: PostgresSettings
    private let pool: PostgresPool
    private let hub = NotificationHub()
    private let listener: PostgresListener

    /// Read again at every connection.
    private let certificates: [CertificateFile]

    private init(_ settings: PostgresSettings) throws {
        let (settings, certificates) = try CertificateFile.files(of: settings)
        self.certificates = certificates
        self.settings = settings
        pool = PostgresPool((0..<max(2, settings.poolSize)).map { PostgresConnection(settings, number: $0) })
        listener = PostgresListener(settings, hub)
    }

    deinit { listener.stop() }

    /// A backup reads a table of its own file in one go while its transaction rests; who reads locks nobody out, and who
    /// is alone has nobody to lock out. In milliseconds.
    private static let restOfCommands = 1_800_000

    /// Connects; a portal makes the schema where there is none.
    /// - Throws: `DatabaseError`; of kind `busy` for a portal while somebody is alone on the database.
    static func open(_ settings: PostgresSettings, for use: DatabaseUse = .portal) async throws -> PostgresDatabase {
        // The library's own message may show parts of it, the password among them.
        guard settings.hasReadableConnectionString else {
            throw DatabaseError(
                .configuration,
                "The address of PostgreSQL cannot be read; write it as postgresql://user:password@host:5432/database.")
        }
        var settings = settings
        if use != .portal { settings.longestRest = restOfCommands }
        let database = try PostgresDatabase(settings)
        do {
            try await database.pool.with(.interactive, .background) { try await $0.begin(use) }
        } catch {
            await database.close()
            throw error
        }
        // Who listens is taken for a portal.
        if use == .portal { database.listener.start() }
        return database
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        let patience = PostgresPatience.people(settings)
        return try await pool.with(.interactive, patience, isCancellable: true) {
            try await $0.transaction(isReadOnly: true, patience, body)
        }
    }

    func readAtLength<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await pool.with(.interactive, .background, isCancellable: true) {
            try await $0.transaction(isReadOnly: true, .background, body)
        }
    }

    @discardableResult
    func write<Result: Sendable>(
        priority: WritePriority, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        let patience = priority == .interactive ? PostgresPatience.people(settings) : .background
        return try await pool.with(priority, patience) { try await $0.transaction(isReadOnly: false, patience, body) }
    }

    var figures: DatabaseFigures { pool.figures }

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
                let session = try PostgresSession(settings, .people(settings))
                try session.forEach(Presence.share) { _ in }
                try session.command("LISTEN callboard")
                // What was notified while nobody listened is not known: everybody looks.
                hub.broadcastToAll()
                try listen(session)
                session.close()
            } catch {
                Thread.sleep(forTimeInterval: 1)
            }
        }
    }

    /// Silence may mean that there is no news, or nobody any more, so it asks now and then.
    private static let longestSilence = 10

    private func listen(_ session: PostgresSession) throws {
        var silence = 0
        while !isStopped.withLock({ $0 }) {
            let channels = Set(try session.waitForNotifications(milliseconds: 500))
            for channel in channels { hub.broadcast(channel) }
            silence = channels.isEmpty ? silence + 1 : 0
            guard silence >= Self.longestSilence else { continue }
            silence = 0
            session.patience = .people(settings)
            try session.command("SELECT 1")
        }
    }
}
