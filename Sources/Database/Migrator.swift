/// Brings a database to the state that the program expects, ordered by feature and number.
public struct Migrator: Sendable {
    private let migrations: [Migration]

    public init(_ migrations: [Migration]) {
        self.migrations = migrations.sorted { ($0.feature, $0.number) < ($1.feature, $1.number) }
    }

    /// Applies what is missing, all in one transaction.
    /// - Throws: `DatabaseError`: `newerVersion` where the database has a migration that this program does not know,
    ///   `editedMigration` where one was changed after it was applied.
    public func migrate(_ database: any SQLDatabase) async throws {
        let migrations = migrations
        try await database.write { transaction in
            // Replicas that start together take turns.
            if transaction.dialect == .postgres { _ = try transaction.rows("SELECT pg_advisory_xact_lock(7007)") }
            try transaction.run(Self.table)
            let applied = try transaction.rows("SELECT feature, number, checksum FROM callboard_migrations").map {
                row in
                (key: "\(try row.text("feature")) \(try row.integer("number"))", checksum: try row.text("checksum"))
            }
            let known = Dictionary(migrations.map { ("\($0.feature) \($0.number)", $0) }) { first, _ in first }
            for (key, checksum) in applied {
                guard let migration = known[key] else {
                    throw DatabaseError(
                        .newerVersion,
                        "This database was made by a newer Callboard: it has the migration \(key), which this version "
                            + "does not know. Start the newer version, or restore the backup made before the upgrade.")
                }
                guard migration.checksum(transaction.dialect) == checksum else {
                    throw DatabaseError(.editedMigration, "The migration \(key) is not the one that was applied here.")
                }
            }
            let done = Set(applied.map(\.key))
            for migration in migrations where !done.contains("\(migration.feature) \(migration.number)") {
                for statement in migration.statements(transaction.dialect) { try transaction.run(statement) }
                try transaction.run(
                    """
                    INSERT INTO callboard_migrations (feature, number, name, checksum, applied_at) VALUES
                    (\(migration.feature), \(migration.number), \(migration.name),
                    \(migration.checksum(transaction.dialect)), \(transaction.now()))
                    """)
            }
        }
    }

    private static let table: SQL = """
        CREATE TABLE IF NOT EXISTS callboard_migrations (
            feature TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,
            applied_at BIGINT NOT NULL, PRIMARY KEY (feature, number)
        )
        """
}
