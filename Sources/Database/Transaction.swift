/// The database within one `read` or `write`; refuses every use after that.
///
/// After a failed statement the rest of the transaction fails with the same error, on both engines: let it through, or
/// put what may fail into `savepoint`.
public protocol Transaction {
    var dialect: Dialect { get }

    /// Every row of a result; `forEach` for large ones.
    func rows(_ sql: SQL) throws -> [Row]

    /// Calls `body` for each row without keeping them. The body cannot run statements of the same transaction.
    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws

    /// Runs a statement without a result.
    /// - Returns: how many rows it changed.
    @discardableResult
    func run(_ sql: SQL) throws -> Int

    /// Undoes the body's changes where it throws, and only those; the transaction goes on.
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result

    /// Wakes everybody who listens to the channel, once this transaction is committed.
    func notify(_ channel: StaticString) throws

    /// Milliseconds since 1970 by the database's clock, which all replicas share.
    func now() throws -> Int64
}

extension Transaction {
    /// The first row, or nil.
    public func row(_ sql: SQL) throws -> Row? { try rows(sql).first }
}

/// What an engine does for a transaction; the rules that both share are in `OpenTransaction`.
protocol TransactionEngine: AnyObject {
    var dialect: Dialect { get }
    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws
    func run(_ sql: SQL) throws -> Int
    func notify(_ channel: String) throws
}

/// The transaction that bodies see, with the rules that hold on both engines.
final class OpenTransaction: Transaction {
    private enum State {
        case ready
        case streaming
        case failed(DatabaseError)
        case over
    }

    private let engine: any TransactionEngine
    private var state = State.ready
    private var savepoints = 0

    init(_ engine: any TransactionEngine) { self.engine = engine }

    var dialect: Dialect { engine.dialect }

    /// The error of the statement after which nothing else can succeed.
    var failure: DatabaseError? { if case .failed(let error) = state { error } else { nil } }

    /// No use is possible from here on.
    func end() { state = .over }

    func rows(_ sql: SQL) throws -> [Row] {
        var rows: [Row] = []
        try forEach(sql) { rows.append($0) }
        return rows
    }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        var bodyFailure: (any Error)?
        try statement(sql) {
            state = .streaming
            defer { if case .streaming = state { state = .ready } }
            try engine.forEach(sql) { row in
                do { try body(row) } catch {
                    bodyFailure = error
                    throw error
                }
            }
        } isForeign: {
            bodyFailure != nil
        }
    }

    @discardableResult
    func run(_ sql: SQL) throws -> Int {
        var changed = 0
        try statement(sql) {
            changed = try engine.run(sql)
        } isForeign: {
            false
        }
        return changed
    }

    func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        let start = SQL(trusted: "SAVEPOINT callboard_\(savepoints)")
        let undo = SQL(trusted: "ROLLBACK TO SAVEPOINT callboard_\(savepoints)")
        let release = SQL(trusted: "RELEASE SAVEPOINT callboard_\(savepoints)")
        try run(start)
        savepoints += 1
        defer { savepoints -= 1 }
        do {
            let result = try body()
            if let failure { throw failure }
            try run(release)
            return result
        } catch {
            // What a broken connection or a deadlock ended has no savepoint left; only the whole can be tried again.
            if let failure, failure.retry != .never { throw error }
            if failure != nil { state = .ready }
            try run(undo)
            try run(release)
            throw error
        }
    }

    func notify(_ channel: StaticString) throws {
        try statement("") {
            try engine.notify(channel.description)
        } isForeign: {
            false
        }
    }

    func now() throws -> Int64 {
        let sql: SQL =
            switch dialect {
            case .sqlite: "SELECT CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER) AS now"
            case .postgres: "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS now"
            }
        guard let row = try row(sql) else { throw DatabaseError(.statement, "The database did not tell the time.") }
        return try row.integer(0)
    }

    /// Guards one use of the engine, and remembers its failure.
    private func statement(_ sql: SQL, _ body: () throws -> Void, isForeign: () -> Bool) throws {
        switch state {
        case .ready: break
        case .streaming:
            throw DatabaseError(.statement, "A statement was run inside forEach of the same transaction.")
        case .failed(let error): throw error
        case .over: throw DatabaseError(.statement, "A transaction was used after its end.")
        }
        do {
            try sql.checkValues()
            try body()
        } catch let error as DatabaseError where !isForeign() {
            state = .failed(error)
            throw error
        }
    }
}
