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

    private init(_ configuration: DatabaseConfiguration, _ engine: any SQLDatabase) {
        self.configuration = configuration
        self.engine = engine
    }

    /// Opens the database, making the file or the schema where there is none; changes no table.
    /// - Throws: `DatabaseError` of kind `connection`, `damaged` or `configuration`.
    public static func open(_ configuration: DatabaseConfiguration) async throws -> ConfiguredDatabase {
        switch configuration {
        case .memory: ConfiguredDatabase(configuration, try SQLiteDatabase(.memory))
        case .sqlite(let directory):
            ConfiguredDatabase(
                configuration, try SQLiteDatabase(.file("\(directory)/\(DatabaseConfiguration.fileName)")))
        case .postgres(let settings): ConfiguredDatabase(configuration, try await PostgresDatabase.open(settings))
        case .sqliteFile(let path): ConfiguredDatabase(configuration, try SQLiteDatabase(.file(path)))
        }
    }

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
