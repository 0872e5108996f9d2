import Database

@testable import Catalog
@testable import Database

/// One real database in memory, which all replicas of a world share through handles of their own: its clock, its
/// faults, and what it came to after each commit.
final class SimulatedServer: Sendable {
    let engine: SQLiteDatabase
    let stage: Stage
    let ledger: Ledger
    /// Milliseconds since 1970.
    let clock = Shared<Int64>(1_800_000_000_000)
    /// Replicas that were notified and have not looked yet, by channel.
    let wakes = Shared<[String: Set<Int>]>([:])
    /// How the world's rules are broken on purpose.
    let sabotage: Sabotage?

    init(_ engine: SQLiteDatabase, _ stage: Stage, _ ledger: Ledger, _ sabotage: Sabotage?) {
        self.engine = engine
        self.stage = stage
        self.ledger = ledger
        self.sabotage = sabotage
    }
}

/// The database as one replica sees it between a start and a crash. It says that it is PostgreSQL, so that the code
/// does what it does with many replicas.
final class SimulatedDatabase: SQLDatabase {
    let dialect = Dialect.postgres
    private let server: SimulatedServer
    private let replicas: Set<Int>
    /// Its replica has crashed: nothing gets through any more.
    let isDead = Shared(false)

    /// - Parameter replicas: all that hear of notifications.
    init(_ server: SimulatedServer, replicas: Set<Int>) {
        self.server = server
        self.replicas = replicas
    }

    static var lost: DatabaseError { DatabaseError(.connection, "The connection was lost.") }

    private func enter(_ step: Stage.Step) async throws -> Activity {
        guard let activity = Activity.current else { throw DatabaseError(.statement, "Nobody asks.") }
        if isDead.value { throw CancellationError() }
        await server.stage.turn(step)
        if isDead.value { throw CancellationError() }
        if activity.facts.value.fault == .refused { throw Self.lost }
        return activity
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        let activity = try await enter(.readDatabase)
        let now = server.clock.value
        // As a write that changes nothing: who reads from a database in memory switches writing off and on again, and
        // SQLite then prepares each statement anew.
        return try await server.engine.write { [server] engine in
            let transaction = SimulatedTransaction(engine, now: now, activity, server.sabotage)
            let result = try body(transaction)
            if !transaction.changes.isEmpty { server.ledger.complain("\(activity) changed something where it reads") }
            return result
        }
    }

    private struct Undone: Error {}

    private struct Committed<Result: Sendable>: Sendable {
        let result: Result
        let channels: Set<String>
        let snapshot: Snapshot?
        let isOutcome: Bool
    }

    @discardableResult
    func write<Result: Sendable>(
        priority: WritePriority, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        let activity = try await enter(.writeDatabase)
        let fault = activity.facts.value.fault
        let now = server.clock.value
        switch fault {
        case .undone(let count):
            try await undo(after: count, now, activity, body)
            throw Self.lost
        case .twice(let count): try await undo(after: count, now, activity, body)
        default: break
        }
        let last = server.ledger.snapshot
        let committed = try await server.engine.write(priority: priority) { [server] engine in
            let transaction = SimulatedTransaction(engine, now: now, activity, server.sabotage)
            let result = try body(transaction)
            return Committed(
                result: result, channels: transaction.channels,
                snapshot: try transaction.changes.isEmpty ? nil : last.next(transaction.changes, engine),
                isOutcome: transaction.isOutcome)
        }
        if let snapshot = committed.snapshot {
            server.ledger.take(snapshot, after: activity, isOutcome: committed.isOutcome, now: now)
        }
        server.wakes.change { [replicas] wakes in
            for channel in committed.channels { wakes[channel] = replicas }
        }
        if fault == .unheard { throw Self.lost }
        return committed.result
    }

    private func undo<Result: Sendable>(
        after count: Int, _ now: Int64, _ activity: Activity,
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws {
        do {
            try await server.engine.write { [server] engine in
                let transaction = SimulatedTransaction(engine, now: now, activity, server.sabotage)
                transaction.left = count
                transaction.failure = Undone()
                _ = try body(transaction)
                throw Undone()
            }
        } catch is Undone {}
    }

    /// Wakes are the simulation's to give.
    func notifications(_ channel: StaticString) -> AsyncStream<Void> { AsyncStream { $0.finish() } }

    func close() async {}
}

/// A transaction with the simulation's clock, which SQLite takes for one of PostgreSQL.
final class SimulatedTransaction: Transaction {
    private let engine: any Transaction
    private let time: Int64
    private let activity: Activity
    private let sabotage: Sabotage?
    let dialect = Dialect.postgres
    private(set) var channels: Set<String> = []
    /// Tables that may have been changed.
    private(set) var changes: Set<Snapshot.Table> = []
    /// Whether this stores what a reading came to.
    private(set) var isOutcome = false
    /// Statements before the connection is lost.
    var left = Int.max
    var failure: (any Error)?

    init(_ engine: any Transaction, now: Int64, _ activity: Activity, _ sabotage: Sabotage?) {
        self.engine = engine
        time = now
        self.activity = activity
        self.sabotage = sabotage
    }

    func rows(_ sql: SQL) throws -> [Row] { try engine.rows(try prepared(sql)) }
    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws { try engine.forEach(try prepared(sql), body) }
    func run(_ sql: SQL) throws -> Int { try engine.run(try prepared(sql)) }
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result { try engine.savepoint(body) }
    func notify(_ channel: StaticString) throws { channels.insert(channel.description) }
    func now() throws -> Int64 { time }

    private func prepared(_ sql: SQL) throws -> SQL {
        left -= 1
        if left < 0, let failure { throw failure }
        var parts = sql.parts
        if parts.first == .text("") { parts.removeFirst() }
        guard case .text(let head)? = parts.first else { return sql }
        if !head.hasPrefix("SELECT") { changes.formUnion(Snapshot.Table.named(in: head)) }
        if head.hasPrefix(Sabotage.outcome) { isOutcome = true }
        for (place, part) in parts.enumerated() {
            guard case .text(let text) = part else { continue }
            // SQLite has no locks of rows: here one transaction follows the other.
            for lock in ["FOR UPDATE", "FOR UPDATE SKIP LOCKED"] where text.hasSuffix(lock) {
                parts[place] = .text(String(text.dropLast(lock.count)))
            }
        }
        if let sabotage { parts = sabotage.broken(parts, activity) }
        return Self.statement(parts)
    }

    private static func statement(_ parts: [SQL.Part]) -> SQL {
        var statement = SQL.Interpolation(literalCapacity: 0, interpolationCount: parts.count)
        for part in parts {
            switch part {
            case .text(let text): statement.appendInterpolation(sql: SQL(trusted: text))
            case .value(let value): statement.appendInterpolation(value)
            }
        }
        return SQL(stringInterpolation: statement)
    }
}
