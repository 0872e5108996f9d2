/// The one database of a portal, whichever engine runs it.
///
/// Bodies are synchronous: nothing waits for anything else inside a transaction. A body may run more than once (a
/// deadlock, a lost connection, a neighbour that spoilt the shared commit), so it has no effects outside the database.
public protocol SQLDatabase: Sendable {
    var dialect: Dialect { get }

    /// Runs a body against one consistent state; it cannot change anything.
    /// - Throws: what the body throws, or `DatabaseError`.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Result) async throws -> Result

    /// The same for what takes longer than a page may, such as all of a table: it keeps none of the threads that tasks
    /// run on, and ends with its task. A `read` must be over within seconds.
    func readAtLength<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result

    /// Runs a body in a transaction of its own; returns once it is durable. What throws leaves no trace.
    ///
    /// PostgreSQL runs bodies at the same time, at READ COMMITTED: read what you are about to change with
    /// `FOR UPDATE`, or put the condition into the change.
    /// - Throws: what the body throws, or `DatabaseError`.
    @discardableResult
    func write<Result: Sendable>(
        priority: WritePriority, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result

    /// Wakes whenever a committed transaction called `notify` with this channel, in any process on PostgreSQL and in
    /// this one on SQLite.
    ///
    /// An element says "look again": several notifications may be one element, and one more comes once listening is
    /// in effect and after each lost connection, so nothing is missed between the first look and the first element.
    func notifications(_ channel: StaticString) -> AsyncStream<Void>

    /// Why nothing is written until the program starts again; nil while all is well. Readiness tells it.
    var failure: DatabaseError? { get }

    /// How busy it is now.
    var figures: DatabaseFigures { get }

    /// Ends connections; later calls throw `DatabaseError` of kind `connection`.
    func close() async
}

extension SQLDatabase {
    /// An engine that keeps the disk to itself, and ends where that fails.
    public var failure: DatabaseError? { nil }

    /// One that counts nothing.
    public var figures: DatabaseFigures { DatabaseFigures() }

    /// An engine that keeps no such thread in either case.
    public func readAtLength<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await read(body)
    }

    /// `write` in the lane of background work.
    @discardableResult
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await write(priority: .background, body)
    }

    /// Milliseconds since 1970 by the database's clock, which all replicas share.
    public func now() async throws -> Int64 { try await read { try $0.now() } }
}

/// The engines, where their SQL differs.
public enum Dialect: String, Sendable, CaseIterable {
    case sqlite
    case postgres
}

/// Which lane a write waits in.
public enum WritePriority: Sendable {
    /// Ingestion, sweeping, anything nobody waits for.
    case background
    /// Somebody waits for the answer; goes before background work.
    case interactive
}
