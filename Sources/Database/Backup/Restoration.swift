/// Puts a backup in the place of a database, on either engine.
public struct Restoration: Sendable {
    public struct Report: Sendable {
        /// As they were in the backup, and are now.
        public let tables: [TableCount]
        /// The version of the program that made the backup, and when.
        public let program: String
        public let madeAt: Int64
        /// Migrations that the backup lacked.
        public let migrated: [Migration]
        /// Where the file is that was there before; nil without one.
        public let kept: String?
    }

    private let file: BackupFile
    private let configuration: DatabaseConfiguration
    private let migrations: [Migration]
    private let steps: [@Sendable (any Transaction) throws -> Void]
    private let progress: @Sendable (CopyProgress) -> Void

    /// Looks at the backup; touches nothing.
    /// - Parameters:
    ///   - migrations: all that the program knows.
    ///   - steps: what features change in a database that is another one from here on.
    /// - Throws: `DatabaseError`: `damaged` or `unusableBackup` for a file that is no whole backup, `newerVersion` for
    ///   one of a newer program.
    public init(
        of path: String, to configuration: DatabaseConfiguration, migrations: [Migration],
        steps: [@Sendable (any Transaction) throws -> Void],
        progress: @escaping @Sendable (CopyProgress) -> Void = { _ in }
    ) async throws {
        self.configuration = configuration
        self.migrations = migrations
        self.steps = steps
        self.progress = progress
        progress(CopyProgress(what: "checking the file", done: 0, total: nil, isBytes: false))
        file = try await LengthyWork.run { try BackupFile(path, migrations) }
    }

    /// Restores, verifies, and brings the result to the program's schema.
    /// - Parameter replaces: whether a database that is there may go: on PostgreSQL in the same transaction, on SQLite
    ///   its file is kept under another name.
    /// - Throws: `DatabaseError`; the database is as it was then. `busy` while a portal runs, `constraintViolation` where
    ///   there is a database and it may not go.
    public func run(replaces: Bool) async throws -> Report {
        switch configuration {
        case .memory:
            throw DatabaseError(
                .configuration, "A database in memory ends with the program; there is nothing to restore to.")
        case .sqlite, .sqliteFile:
            return try await SQLiteRestore(file: configuration.file ?? "", replaces: replaces).run(fill, report)
        case .postgres:
            let database = try await ConfiguredDatabase.open(configuration, for: .alone)
            do {
                let migrated = try await database.write { transaction in
                    try Self.clear(transaction, replaces: replaces)
                    return try fill(transaction)
                }
                await database.close()
                return report(migrated, kept: nil)
            } catch {
                await database.close()
                throw error
            }
        }
    }

    private func report(_ migrated: [Migration], kept: String?) -> Report {
        Report(
            tables: file.manifest.tables, program: file.manifest.program, madeAt: file.manifest.madeAt,
            migrated: migrated, kept: kept)
    }

    /// Makes room in our schema, which holds nothing but our tables.
    private static func clear(_ transaction: any Transaction, replaces: Bool) throws {
        try Presence.requireNobody(transaction, "restored")
        try Migrator.lock(transaction)
        let names = try transaction.tableNames()
        if names.isEmpty { return }
        guard replaces else { throw notEmpty("The schema callboard of this database has \(names.count) tables") }
        let list = names.map(TableShape.quoted).joined(separator: ", ")
        try transaction.run(SQL(trusted: "DROP TABLE \(list) CASCADE"))
    }

    static func notEmpty(_ what: String) -> DatabaseError {
        DatabaseError(
            .constraintViolation,
            "\(what) already, and nothing was changed. To put the backup in their place, say --replace.")
    }

    /// Fills a database without tables.
    /// - Returns: what migrations the backup lacked.
    private func fill(_ target: any Transaction) throws -> [Migration] {
        _ = try Migrator(file.migrations).migrate(in: target)
        try file.archive.transaction { source in
            try Migrator.takeTimes(from: source, to: target)
            for (table, expected) in zip(file.tables, file.manifest.tables) {
                try target.run(SQL(trusted: "DELETE FROM \(table.quotedName)"))
                let read = try RowCopy.copy(table, from: source, to: target) {
                    progress(CopyProgress(what: table.name, done: $0, total: expected.rows, isBytes: false))
                }
                try check(read, expected, "The backup's table \(table.name) is not as it was written")
                progress(CopyProgress(what: "verifying \(table.name)", done: 0, total: nil, isBytes: false))
                let arrived = try RowCopy.checksum(table, target)
                try check(arrived, expected, "The table \(table.name) did not arrive as it is in the backup")
            }
        }
        let migrated = try Migrator(migrations).migrate(in: target)
        try target.run("UPDATE callboard_leases SET until = 0")
        for step in steps { try step(target) }
        return migrated
    }

    private func check(_ found: TableChecksum, _ expected: TableCount, _ what: String) throws {
        if found.rows == expected.rows, found.text == expected.checksum { return }
        throw DatabaseError(
            .unusableBackup,
            "\(what): \(found.rows) rows with the checksum \(found.text), but \(expected.rows) with \(expected.checksum) "
                + "are expected. Nothing was changed; use another backup.")
    }
}
