/// The database that the configuration asks for; what plugins and features are handed.
///
/// ```swift
/// let database = try await ConfiguredDatabase.open(.sqlite(directory: "data"))
/// try await Migrator(migrations).migrate(database)
/// try await database.write(priority: .interactive) { try $0.run("DELETE FROM stars WHERE user = \(user)") }
/// ```
public final class ConfiguredDatabase: SQLDatabase {
    public let configuration: DatabaseConfiguration
    private let engine: any SQLDatabase
    /// Held by who is alone.
    private let lock: PortalLock?

    private init(_ configuration: DatabaseConfiguration, _ engine: any SQLDatabase, lock: PortalLock? = nil) {
        self.configuration = configuration
        self.engine = engine
        self.lock = lock
    }

    /// Opens the database; changes no table.
    /// - Parameter use: what for: a portal makes the file or the schema where there is none.
    /// - Throws: `DatabaseError` of kind `connection`, `damaged`, `busy` or `configuration`.
    public static func open(
        _ configuration: DatabaseConfiguration, for use: DatabaseUse = .portal
    ) async throws -> ConfiguredDatabase {
        if case .postgres(let settings) = configuration {
            return ConfiguredDatabase(configuration, try await PostgresDatabase.open(settings, for: use))
        }
        guard let path = configuration.file else {
            guard use == .portal else { throw inMemory }
            return ConfiguredDatabase(configuration, try SQLiteDatabase(.memory))
        }
        if use != .portal { try SQLiteFile.requireThere(path) }
        let lock = use == .alone ? try PortalLock.take(for: configuration) : nil
        return ConfiguredDatabase(
            configuration, try SQLiteDatabase(.file(path), isReadOnly: use == .reading), lock: lock)
    }

    private static let inMemory = DatabaseError(
        .configuration,
        "The configuration has the database in memory, where no other program finds anything. Name the configuration "
            + "of the portal with --config.")

    public var dialect: Dialect { engine.dialect }

    /// Whether all data is lost when the program ends; a reason for a banner.
    public var isInMemory: Bool { configuration == .memory }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await engine.read(body)
    }

    public func readAtLength<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await engine.readAtLength(body)
    }

    @discardableResult
    public func write<Result: Sendable>(
        priority: WritePriority, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await engine.write(priority: priority, body)
    }

    public func notifications(_ channel: StaticString) -> AsyncStream<Void> { engine.notifications(channel) }

    public var failure: DatabaseError? { engine.failure }
    public var figures: DatabaseFigures { engine.figures }

    public func close() async { await engine.close() }
}
