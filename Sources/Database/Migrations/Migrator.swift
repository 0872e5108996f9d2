import Foundation

/// Brings a database to the state that the program expects, ordered by feature and number.
public struct Migrator: Sendable {
    let migrations: [Migration]

    public init(_ migrations: [Migration]) {
        self.migrations = migrations.sorted { ($0.feature, $0.number) < ($1.feature, $1.number) }
    }

    /// Applies what is missing, all in one transaction.
    /// - Parameter waiting: called where another replica is at it, before its end is waited for.
    /// - Returns: what was applied.
    /// - Throws: `DatabaseError`: `newerVersion` where the database has a migration that this program does not know,
    ///   `editedMigration` where one was changed after it was applied.
    @discardableResult
    public func migrate(
        _ database: any SQLDatabase, waiting: @escaping @Sendable () -> Void = {}
    ) async throws -> [Migration] {
        try await database.write { try migrate(in: $0, waiting: waiting) }
    }

    /// The same within a transaction.
    func migrate(in transaction: any Transaction, waiting: () -> Void = {}) throws -> [Migration] {
        try Self.lock(transaction, waiting: waiting)
        try transaction.run(Self.table)
        let applied = try Self.applied(transaction)
        try check(applied, transaction.dialect)
        let done = Set(applied.map(\.key))
        let missing = migrations.filter { !done.contains($0.key) }
        for migration in missing {
            for statement in migration.statements(transaction.dialect) { try transaction.run(statement) }
            try transaction.run(
                """
                INSERT INTO callboard_migrations (feature, number, name, checksum, applied_at) VALUES
                (\(migration.feature), \(migration.number), \(migration.name),
                \(migration.checksum(transaction.dialect)), \(transaction.now()))
                """)
        }
        return missing
    }

    /// A migration as the database remembers it.
    struct Applied: Sendable {
        let feature: String
        let number: Int
        let name: String
        let checksum: String
        let at: Int64

        var key: String { "\(feature) \(number)" }
    }

    /// Replicas that start together take turns, also where one of them is long at work.
    /// - Throws: `DatabaseError` of kind `busy` where the turn does not come.
    static func lock(
        _ transaction: any Transaction, atMost limit: Duration = .seconds(600), waiting: () -> Void = {}
    ) throws {
        guard transaction.dialect == .postgres else { return }
        // Asked again and again: the database lets nobody wait for a lock for so long.
        let end = ContinuousClock.now + limit
        var isTold = false
        let take: SQL = "SELECT CASE WHEN pg_try_advisory_xact_lock(7007) THEN 1 ELSE 0 END"
        while try transaction.row(take)?.int(0) != 1 {
            guard ContinuousClock.now < end else {
                let minutes = "\(Int(limit / .seconds(60))) minutes"
                throw DatabaseError(
                    .busy,
                    "Another replica has been changing the tables of this database for \(minutes). Start this one again "
                        + "when that one has done so; its log tells.")
            }
            if !isTold { waiting() }
            isTold = true
            Thread.sleep(forTimeInterval: 0.1)
        }
    }

    /// What was applied, by feature and number; nothing where no program has been here yet.
    static func applied(_ transaction: any Transaction) throws -> [Applied] {
        guard try transaction.hasTable("callboard_migrations") else { return [] }
        return try transaction.rows(
            "SELECT feature, number, name, checksum, applied_at FROM callboard_migrations ORDER BY feature, number"
        ).map { row in
            Applied(
                feature: try row.text(0), number: try row.int(1), name: try row.text(2), checksum: try row.text(3),
                at: try row.integer(4))
        }
    }

    /// - Throws: `DatabaseError` of kind `newerVersion` or `editedMigration`.
    func check(_ applied: [Applied], _ dialect: Dialect, what: String = "database") throws {
        let known = Dictionary(migrations.map { ($0.key, $0) }) { first, _ in first }
        let unknown = applied.filter { known[$0.key] == nil }
        if !unknown.isEmpty { throw newer(unknown, what) }
        for migration in applied where known[migration.key]?.checksum(dialect) != migration.checksum {
            throw DatabaseError(
                .editedMigration,
                "The migration \(migration.key) is not the one that was applied to this \(what): this program was built "
                    + "from other sources under the same number. Use the program that made the \(what).")
        }
    }

    private func newer(_ unknown: [Applied], _ what: String) -> DatabaseError {
        let names = unknown.prefix(5).map { "\($0.key) (\($0.name))" }.joined(separator: ", ")
        let rest = unknown.count > 5 ? " and \(unknown.count - 5) more" : ""
        let mend =
            what == "database"
            ? "Start the newer version; or, to use this one, stop every portal on this database and run with the newer "
                + "one: callboard migrate --back-to \(backTo(unknown)) (and --config as for serve). What that loses is "
                + "told before anything is changed. Or restore a backup of before the upgrade."
            : "Restore it with the newer version."
        return DatabaseError(
            .newerVersion,
            "This \(what) was made by a newer Callboard: it has \(unknown.count == 1 ? "the migration" : "the migrations") "
                + "\(names)\(rest), which this version does not know. \(mend)")
    }

    /// The highest number of each feature that has something unknown, as `--back-to` takes them.
    private func backTo(_ unknown: [Applied]) -> String {
        Set(unknown.map(\.feature)).sorted().map { feature in
            "\(feature):\(migrations.last { $0.feature == feature }?.number ?? 0)"
        }.joined(separator: ",")
    }

    private static let table: SQL = """
        CREATE TABLE IF NOT EXISTS callboard_migrations (
            feature TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,
            applied_at BIGINT NOT NULL, PRIMARY KEY (feature, number)
        )
        """
}
