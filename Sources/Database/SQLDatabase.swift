/// The one database of a portal, whichever engine runs it.
///
/// Bodies are synchronous: nothing waits for anything else inside a transaction.
public protocol SQLDatabase: Sendable {
    var dialect: Dialect { get }

    /// Runs a body against one consistent state.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Result) async throws -> Result

    /// Runs a body in a transaction of its own; returns once it is durable. What throws leaves no trace.
    @discardableResult
    func write<Result: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Result) async throws -> Result
}

/// The engines, where their SQL differs.
public enum Dialect: String, Sendable, CaseIterable {
    case sqlite
    case postgres
}

/// The database within one `read` or `write`.
public protocol Transaction {
    var dialect: Dialect { get }

    /// Every row of a result; `forEach` for large ones.
    func rows(_ sql: SQL) throws -> [Row]

    /// Calls `body` for each row without keeping them.
    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws

    /// Runs a statement without a result.
    /// - Returns: how many rows it changed.
    @discardableResult
    func run(_ sql: SQL) throws -> Int

    /// Milliseconds since 1970 by the database's clock, which all replicas share.
    func now() throws -> Int64
}

extension Transaction {
    /// The first row, or nil.
    public func row(_ sql: SQL) throws -> Row? { try rows(sql).first }
}
