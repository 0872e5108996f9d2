import Foundation
import PortalTesting
import Testing

@testable import Database
@testable import PortalServer

/// What a backup is, and when none is made.
@Suite struct BackupTests {
    private static let pairs = TestDatabase.engines.flatMap { from in TestDatabase.engines.map { (from, $0) } }

    /// Changed on purpose where a database is restored.
    private static let renewed: Set = ["catalog_state", "callboard_leases", "catalog_sources"]

    @Test("every row comes back, from either engine to either", arguments: pairs)
    func everyRow(_ from: Dialect, _ to: Dialect) async throws {
        let source = try await FilledDatabase.make(from)
        let before = try await source.checksums()
        let backup = try await source.backUp()
        #expect(Dictionary(uniqueKeysWithValues: backup.tables.map { ($0.name, $0.checksum) }) == before)
        #expect(backup.tables.allSatisfy { $0.rows > 0 }, "\(backup.tables)")
        #expect(try await source.checksums() == before)

        let target = try await FilledDatabase.make(to, fill: false)
        let report = try await target.restore(source.backupPath())
        #expect(report.tables == backup.tables)
        #expect(report.migrated.isEmpty && report.kept == nil)
        let after = try await target.checksums()
        for table in before.keys.sorted() where !Self.renewed.contains(table) {
            #expect(after[table] == before[table], "\(table)")
        }
        #expect(try await target.schema().count > 20)
        // What is the same on both is the database's, and a second backup of it is as the first.
        try await target.change { transaction in
            let epoch = try transaction.row("SELECT value FROM catalog_state WHERE name = 'epoch'")?.text(0)
            #expect(epoch != "5f0c1c3e-8f5b-4c3e-9a52-3d1f5b1a0001" && epoch?.isEmpty == false)
            let held = try transaction.row(
                """
                SELECT (SELECT COUNT(*) FROM catalog_sources WHERE lease_until > 0),
                (SELECT COUNT(*) FROM callboard_leases WHERE until > 0), (SELECT COUNT(*) FROM callboard_leases)
                """)
            #expect(held?.values == [.integer(0), .integer(0), .integer(1)])
        }
        let applied = try await target.operations.migrationStates()
        #expect(applied.allSatisfy { $0.standing == .applied })
        #expect(applied.first { $0.feature == "catalog" && $0.number == 3 }?.appliedAt == 1_764_000_000_003)
    }

    @Test("a backup under load is of one moment, and disturbs nobody", arguments: TestDatabase.engines)
    func underLoad(_ engine: Dialect) async throws {
        let source = try await FilledDatabase.make(engine)
        let portal = try await ConfiguredDatabase.open(source.configuration)
        let writing = Task {
            var written = 0
            while !Task.isCancelled {
                let number = written
                try await portal.write { transaction in
                    for half in ["left", "right"] {
                        try transaction.run(
                            """
                            INSERT INTO user_settings (owner, bucket, key, value, bytes, is_session, written_at)
                            VALUES (\(half), 'load', \("\(number)"), '1', 1, 0, 0)
                            """)
                    }
                }
                written += 1
            }
            return written
        }
        let target = try await FilledDatabase.make(.sqlite, fill: false)
        var last: Int64 = -1
        for round in 0..<4 {
            let report = try await source.backUp("\(round).sqlite")
            let rows = try #require(report.tables.first { $0.name == "user_settings" }).rows
            #expect(rows > last || rows == 1)
            last = rows
            _ = try await target.restore(source.backupPath("\(round).sqlite"), replaces: round > 0)
            let (left, right) = try await target.read { transaction in
                let row = try transaction.row(
                    """
                    SELECT SUM(CASE WHEN owner = 'left' THEN 1 ELSE 0 END),
                    SUM(CASE WHEN owner = 'right' THEN 1 ELSE 0 END) FROM user_settings
                    """)
                return (row?.values[0], row?.values[1])
            }
            #expect(left == right)
        }
        writing.cancel()
        #expect(try await writing.value > 0)
        await portal.close()
    }

    @Test("a file is replaced only when that is said, and what fails leaves nothing", arguments: TestDatabase.engines)
    func places(_ engine: Dialect) async throws {
        let source = try await FilledDatabase.make(engine)
        try source.folder.write("backup.sqlite", "mine")
        let path = source.backupPath()
        let there = await FilledDatabase.message { _ = try await source.backUp() }
        #expect(there == "\(path) exists already. Choose another name, or say --overwrite.")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        _ = try await source.operations.backup(to: path, overwrites: true) { _ in }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let nowhere = await FilledDatabase.message { _ = try await source.backUp("none/backup.sqlite") }
        #expect(nowhere.contains("the folder \(source.folder.path)/none does not exist"), "\(nowhere)")
        let files = try FileManager.default.contentsOfDirectory(atPath: source.folder.path).sorted()
        #expect(files == (engine == .sqlite ? ["backup.sqlite", "data"] : ["backup.sqlite"]))
        guard let file = source.configuration.file else { return }
        let portal = try await ConfiguredDatabase.open(source.configuration)
        for ending in ["", "-wal", "-shm"] {
            let itself = await FilledDatabase.message {
                _ = try await source.operations.backup(to: file + ending, overwrites: true) { _ in }
            }
            #expect(itself.contains("is the database itself"))
        }
        await portal.close()
    }

    @Test("only a plain file is replaced", arguments: TestDatabase.engines)
    func plainFiles(_ engine: Dialect) async throws {
        let source = try await FilledDatabase.make(engine)
        #expect(mkfifo(source.backupPath("pipe"), 0o600) == 0)
        #expect(symlink("elsewhere", source.backupPath("link")) == 0)
        #expect(mkdir(source.backupPath("folder"), 0o700) == 0)
        let before = try FileManager.default.contentsOfDirectory(atPath: source.folder.path).sorted()
        for name in ["pipe", "link", "folder"] {
            let message = await FilledDatabase.message {
                _ = try await source.operations.backup(to: source.backupPath(name), overwrites: true) { _ in }
            }
            #expect(message.contains("is no plain file"), "\(message)")
            #expect(!DurableFile.isPlain(source.backupPath(name)))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: source.folder.path).sorted() == before)
    }

    @Test("what no Callboard has used cannot be backed up", arguments: TestDatabase.engines)
    func nothing(_ engine: Dialect) async throws {
        let none = try await FilledDatabase.make(engine, fill: false)
        let message = await FilledDatabase.message { _ = try await none.backUp() }
        #expect(message.contains(engine == .sqlite ? "There is no database at" : "has no schema"), "\(message)")
        if engine == .sqlite { #expect(try FileManager.default.contentsOfDirectory(atPath: none.folder.path) == []) }
        let memory = Operations(standardPlugins, database: .memory)
        let refusal = await FilledDatabase.message {
            _ = try await memory.backup(to: none.backupPath(), overwrites: false) { _ in }
        }
        #expect(refusal.contains("in memory"))
    }

    @Test("an older schema is backed up as it is, and comes back in the present one", arguments: pairs)
    func older(_ from: Dialect, _ to: Dialect) async throws {
        let source = try await FilledDatabase.make(from, migrates: false)
        let backup = try await source.backUp()
        #expect(!backup.tables.contains { $0.name == "user_settings" })
        let target = try await FilledDatabase.make(to, fill: false)
        let report = try await target.restore(source.backupPath())
        #expect(
            report.migrated.map(\.key) == [
                "callboard 2", "catalog 4", "catalog 5", "catalog 6", "catalog 7", "user-settings 1",
            ])
        #expect(try await target.operations.migrationStates().allSatisfy { $0.standing == .applied })
        let fresh = try await FilledDatabase.make(to)
        #expect(try await target.schema() == fresh.schema())
    }
}
