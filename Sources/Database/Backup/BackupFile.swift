/// A backup that was looked at and found whole, as far as that shows without reading every row.
struct BackupFile: Sendable {
    let archive: SQLiteArchive
    let manifest: BackupManifest
    /// Those that the backup has.
    let migrations: [Migration]
    /// In the order of the manifest.
    let tables: [TableShape]

    /// - Throws: `DatabaseError`: `damaged`, `unusableBackup`, `newerVersion`, `editedMigration`.
    init(_ path: String, _ known: [Migration]) throws {
        try SQLiteFile.checkBackup(path)
        let archive: SQLiteArchive
        do { archive = try SQLiteArchive.reading(path) } catch { throw SQLiteFile.asBackup(error, path) }
        do {
            (manifest, migrations, tables) = try archive.transaction { transaction in
                // The schema first: reading all of a file of another program would be for nothing.
                let manifest = try BackupManifest.read(transaction, path: path)
                let migrator = Migrator(known)
                let applied = try Migrator.applied(transaction)
                try migrator.check(applied, .sqlite, what: "backup")
                try ArchiveCheck.integrity(transaction, path)
                let keys = Set(applied.map(\.key))
                let migrations = migrator.migrations.filter { keys.contains($0.key) }
                let tables = try Blueprint(migrations).tables
                try Self.check(tables, manifest, transaction, path)
                return (manifest, migrations, tables)
            }
        } catch {
            archive.close()
            throw SQLiteFile.asBackup(error, path)
        }
        self.archive = archive
    }

    /// The file must have exactly the tables that its migrations make.
    private static func check(
        _ tables: [TableShape], _ manifest: BackupManifest, _ transaction: any Transaction, _ path: String
    ) throws {
        guard tables.map(\.name) == manifest.tables.map(\.name) else {
            throw DatabaseError(.unusableBackup, "\(path) lacks tables, or has more than its migrations make.")
        }
        for table in tables where try transaction.columnNames(of: table.name) != table.columns {
            throw DatabaseError(
                .unusableBackup, "The table \(table.name) of \(path) has other columns than its migrations make.")
        }
    }
}
