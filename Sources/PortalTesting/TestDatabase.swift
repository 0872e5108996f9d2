import Database

/// A database of one test, on either engine; gone with the test.
public enum TestDatabase {
    /// The engines that store tests run on: `@Test(arguments: TestDatabase.engines)`.
    public static let engines: [Dialect] = ThrowawayPostgres.shared == nil ? [.sqlite] : [.sqlite, .postgres]

    /// Opens an empty database and applies migrations.
    public static func open(_ engine: Dialect, _ migrations: [Migration] = []) async throws -> any SQLDatabase {
        let database = try await ConfiguredDatabase.open(configuration(engine))
        try await Migrator(Lease.migrations + migrations).migrate(database)
        return database
    }

    /// Where a test's database is; the same configuration opens the same database again on PostgreSQL.
    public static func configuration(_ engine: Dialect) -> DatabaseConfiguration {
        guard engine == .postgres, let server = ThrowawayPostgres.shared else { return .memory }
        return .postgres(server.settings())
    }
}
