/// What a backup says of itself: two tables beside those of Callboard.
struct BackupManifest: Sendable {
    /// Grows when a backup can no longer be read as before.
    static let format = 1
    static let table = "callboard_backup"
    static let countsTable = "callboard_backup_tables"

    /// The version of the program that made it.
    let program: String
    let engine: Dialect
    /// Milliseconds since 1970.
    let madeAt: Int64
    let tables: [TableCount]

    func write(_ transaction: any Transaction) throws {
        try transaction.run("CREATE TABLE callboard_backup (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        try transaction.run(
            """
            CREATE TABLE callboard_backup_tables
            (name TEXT PRIMARY KEY, row_count BIGINT NOT NULL, checksum TEXT NOT NULL)
            """)
        for table in tables {
            try transaction.run(
                """
                INSERT INTO callboard_backup_tables (name, row_count, checksum)
                VALUES (\(table.name), \(table.rows), \(table.checksum))
                """)
        }
        let facts = [
            ("format", "\(Self.format)"), ("program", program), ("engine", engine.rawValue), ("made_at", "\(madeAt)"),
        ]
        for (name, value) in facts {
            try transaction.run("INSERT INTO callboard_backup (name, value) VALUES (\(name), \(value))")
        }
    }

    static func read(_ transaction: any Transaction, path: String) throws -> BackupManifest {
        guard try transaction.hasTable(table), try transaction.hasTable(countsTable) else {
            throw try noBackup(transaction, path)
        }
        let facts = Dictionary(
            try transaction.rows("SELECT name, value FROM callboard_backup").map { (try $0.text(0), try $0.text(1)) }
        ) { first, _ in first }
        guard let format = facts["format"].flatMap({ Int($0) }), let program = facts["program"],
            let engine = facts["engine"].flatMap(Dialect.init), let madeAt = facts["made_at"].flatMap({ Int64($0) })
        else { throw DatabaseError(.unusableBackup, "\(path) does not say what it is; it is no whole backup.") }
        guard format <= Self.format else {
            throw DatabaseError(
                .newerVersion,
                "\(path) was made by Callboard \(program), in a form that this version does not know. Restore it with "
                    + "that version or a later one.")
        }
        let tables = try transaction.rows(
            "SELECT name, row_count, checksum FROM callboard_backup_tables ORDER BY name"
        ).map { TableCount(name: try $0.text(0), rows: try $0.integer(1), checksum: try $0.text(2)) }
        return BackupManifest(program: program, engine: engine, madeAt: madeAt, tables: tables)
    }

    /// What a database is that does not say that it is a backup.
    private static func noBackup(_ transaction: any Transaction, _ path: String) throws -> DatabaseError {
        if try transaction.hasTable(Blueprint.migrationTable) {
            return DatabaseError(
                .unusableBackup,
                "\(path) is a copy of Callboard's database, made without `callboard backup`; it may lack what was "
                    + "written last. Run `callboard backup FILE` with the configuration of its portal, or, where that is "
                    + "gone, with one whose backend.database.connection.filename is this copy, and restore that FILE.")
        }
        if try transaction.tableNames().isEmpty {
            return DatabaseError(
                .unusableBackup,
                "\(path) has no tables, and is no backup of Callboard. Where it is a copy of a portal's database, all "
                    + "that was in it is still in the file beside that, whose name ends in -wal: run `callboard backup "
                    + "FILE` with the configuration of that portal.")
        }
        return DatabaseError(
            .unusableBackup,
            "\(path) is a database of another program, and no backup of Callboard. Restore a file that `callboard "
                + "backup` wrote.")
    }
}

/// How many rows a table has, and their checksum.
public struct TableCount: Sendable, Hashable {
    public let name: String
    public let rows: Int64
    public let checksum: String
}

/// How far copying has come, for whoever watches.
public struct CopyProgress: Sendable, Hashable {
    /// What is being done: `catalog_entities`.
    public let what: String
    public let done: Int64
    /// Of how many; nil where it is not known.
    public let total: Int64?
    /// Whether bytes are counted, else rows.
    public let isBytes: Bool
}
