/// A backup: one SQLite database with all of Callboard's tables as they are at one moment, whichever engine they come
/// from, so that it can be restored to either.
public struct Backup: Sendable {
    public struct Report: Sendable {
        public let tables: [TableCount]
        public let bytes: Int64
    }

    private let configuration: DatabaseConfiguration
    private let migrations: [Migration]
    private let program: String
    private let progress: @Sendable (CopyProgress) -> Void

    /// - Parameters:
    ///   - migrations: all that the program knows.
    ///   - program: its version, which the backup names.
    ///   - progress: called now and then while it works.
    public init(
        _ configuration: DatabaseConfiguration, migrations: [Migration], program: String,
        progress: @escaping @Sendable (CopyProgress) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.migrations = migrations
        self.program = program
        self.progress = progress
    }

    /// Makes the backup, also while portals run. It is made beside its place, and takes it when it is whole and on the
    /// disk.
    /// - Throws: `DatabaseError`; nothing is left then.
    public func make(at path: String, overwrites: Bool = false) async throws -> Report {
        if DurableFile.isThere(path), !overwrites { throw DurableFile.isInTheWay(path) }
        if DurableFile.isThere(path), !DurableFile.isPlain(path) {
            throw DatabaseError(
                .connection, "\(path) is no plain file, and is not replaced. Choose another name for the backup.")
        }
        if let file = configuration.file, Self.endings.contains(where: { FileIdentity.isSame(file + $0, path) }) {
            throw DatabaseError(.connection, "\(path) is the database itself. Choose another name for its backup.")
        }
        let database = try await ConfiguredDatabase.open(configuration, for: .reading)
        let part = "\(path).part-\(ProcessNumber.current)"
        do {
            let tables = try await fill(part, from: database)
            await database.close()
            try DurableFile.sync(part)
            try DurableFile.place(part, at: path, replaces: overwrites)
            return Report(tables: tables, bytes: DurableFile.size(path))
        } catch {
            await database.close()
            for ending in ["", "-journal"] { DurableFile.remove(part + ending) }
            throw error
        }
    }

    /// Of the files that SQLite and a portal have beside the database: what was accepted last may be in its journal alone.
    private static let endings = ["", "-wal", "-shm", "-journal", ".lock"]

    private func fill(_ part: String, from database: ConfiguredDatabase) async throws -> [TableCount] {
        let applied = try await known(database)
        switch configuration.file {
        case let file?: return try await copyFile(file, to: part, applied)
        case nil:
            // A lost connection begins again from nothing.
            return try await database.readAtLength { try copyRows($0, to: part, applied) }
        }
    }

    /// The migrations of the database, all of which the program must know.
    private func known(_ database: ConfiguredDatabase) async throws -> [Migration] {
        let migrator = Migrator(migrations)
        return try await database.read { transaction in
            let applied = try Migrator.applied(transaction)
            if applied.isEmpty {
                throw DatabaseError(
                    .connection, "The database has no tables of Callboard: there is nothing to back up.")
            }
            try migrator.check(applied, transaction.dialect)
            let keys = Set(applied.map(\.key))
            return migrator.migrations.filter { keys.contains($0.key) }
        }
    }

    /// SQLite copies its file, page by page and without the room that is free in it.
    private func copyFile(_ file: String, to part: String, _ applied: [Migration]) async throws -> [TableCount] {
        try DurableFile.make(part)
        let total = DurableFile.size(file)
        let watch = Task { [progress] in
            while !Task.isCancelled {
                progress(
                    CopyProgress(what: "copying the file", done: DurableFile.size(part), total: total, isBytes: true))
                try await Task.sleep(for: .milliseconds(250))
            }
        }
        defer { watch.cancel() }
        try await LengthyWork.run { try SQLiteArchive.copy(file, to: part) }
        watch.cancel()
        return try await LengthyWork.run {
            let archive = try SQLiteArchive.writing(part)
            defer { archive.close() }
            return try archive.transaction { transaction in
                try ArchiveCheck.integrity(transaction, part)
                let tables = try Blueprint(applied).tables.map { table in
                    progress(CopyProgress(what: "reading \(table.name)", done: 0, total: nil, isBytes: false))
                    let sum = try RowCopy.checksum(table, transaction)
                    return TableCount(name: table.name, rows: sum.rows, checksum: sum.text)
                }
                try finish(tables, from: .sqlite, transaction)
                return tables
            }
        }
    }

    private func copyRows(
        _ source: any Transaction, to part: String, _ applied: [Migration]
    ) throws -> [TableCount] {
        DurableFile.remove(part)
        try DurableFile.make(part)
        let archive = try SQLiteArchive.writing(part)
        defer { archive.close() }
        return try archive.transaction { target in
            _ = try Migrator(applied).migrate(in: target)
            try Migrator.takeTimes(from: source, to: target)
            let tables = try Blueprint(applied).tables.map { table in
                let total = try RowCopy.count(table, source)
                try target.run(SQL(trusted: "DELETE FROM \(table.quotedName)"))
                let read = try RowCopy.copy(table, from: source, to: target) {
                    progress(CopyProgress(what: table.name, done: $0, total: total, isBytes: false))
                }
                guard try RowCopy.checksum(table, target) == read else {
                    throw DatabaseError(.statement, "The table \(table.name) did not arrive as it was read.")
                }
                return TableCount(name: table.name, rows: read.rows, checksum: read.text)
            }
            try finish(tables, from: .postgres, target)
            return tables
        }
    }

    private func finish(_ tables: [TableCount], from engine: Dialect, _ transaction: any Transaction) throws {
        try BackupManifest(program: program, engine: engine, madeAt: try transaction.now(), tables: tables)
            .write(transaction)
    }
}
