import Foundation
import PortalTesting
import Testing

@testable import Database
@testable import PortalServer

/// What is refused, and that a refusal changes nothing.
@Suite struct RestoreTests {
    @Test("a database that is there goes only when that is said", arguments: TestDatabase.engines)
    func replacing(_ engine: Dialect) async throws {
        let source = try await FilledDatabase.make(engine)
        _ = try await source.backUp()
        let target = try await FilledDatabase.make(engine)
        try await target.change { try $0.run("DELETE FROM catalog_feed") }
        let before = try await target.checksums()
        let refusal = await FilledDatabase.message { _ = try await target.restore(source.backupPath()) }
        #expect(refusal.contains("nothing was changed") && refusal.contains("--replace"), "\(refusal)")
        #expect(try await target.checksums() == before)
        let report = try await target.restore(source.backupPath(), replaces: true)
        #expect(try await target.checksums()["catalog_feed"] != before["catalog_feed"])
        guard engine == .sqlite else { return }
        // The old one is whole under its other name.
        let kept = try #require(report.kept)
        let old = FilledDatabase(folder: target.folder, configuration: .sqliteFile(kept))
        #expect(try await old.checksums() == before)
        let again = try await target.restore(source.backupPath(), replaces: true)
        #expect(again.kept == "\(kept)-2")
    }

    @Test("the journal of a database that somebody removed is not played into the new one")
    func strayJournal() async throws {
        let source = try await FilledDatabase.make(.sqlite)
        _ = try await source.backUp()
        let target = try await FilledDatabase.make(.sqlite)
        let file = try #require(target.configuration.file)
        let portal = try await ConfiguredDatabase.open(target.configuration)
        try await portal.write { try $0.run("DELETE FROM user_settings") }
        let journal = try Data(contentsOf: URL(fileURLWithPath: "\(file)-wal"))
        #expect(!journal.isEmpty)
        await portal.close()
        try FileManager.default.removeItem(atPath: file)
        try journal.write(to: URL(fileURLWithPath: "\(file)-wal"))
        let report = try await target.restore(source.backupPath())
        #expect(report.kept == nil)
        #expect(try await target.checksums()["user_settings"] == source.checksums()["user_settings"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(file).before-restore-wal")) == journal)
    }

    @Test("PostgreSQL's tables of a newer program go too", arguments: TestDatabase.engines.filter { $0 == .postgres })
    func newerTables(_ engine: Dialect) async throws {
        let source = try await FilledDatabase.make(engine)
        _ = try await source.backUp()
        try await source.change { transaction in
            try transaction.run("CREATE TABLE later_things (id BIGINT)")
            try transaction.run(
                """
                INSERT INTO callboard_migrations (feature, number, name, checksum, applied_at)
                VALUES ('later', 1, 'things', 'x', 0)
                """)
        }
        _ = try await source.restore(source.backupPath(), replaces: true)
        #expect(try await source.read { try !$0.hasTable("later_things") })
    }

    @Test("nothing is restored while a portal runs on the database", arguments: TestDatabase.engines)
    func running(_ engine: Dialect) async throws {
        let target = try await FilledDatabase.make(engine)
        _ = try await target.backUp()
        let before = try await target.checksums()
        var lock = try PortalLock.take(for: target.configuration)
        let portal = try await ConfiguredDatabase.open(target.configuration)
        if engine == .postgres { try await Self.waitForSign(of: portal) }
        let refusal = await FilledDatabase.message {
            _ = try await target.restore(target.backupPath(), replaces: true)
        }
        #expect(
            refusal.contains(engine == .sqlite ? "in use by another Callboard" : "Stop every replica"), "\(refusal)")
        let back = await FilledDatabase.message { _ = try await target.operations.goBack(to: ["catalog": 4]) }
        #expect(back.contains(engine == .sqlite ? "in use by another Callboard" : "Stop every replica"), "\(back)")
        #expect(try await target.checksums() == before)
        await portal.close()
        lock = nil
        _ = lock
        for _ in 0..<50 {
            let message = await FilledDatabase.message {
                _ = try await target.restore(target.backupPath(), replaces: true)
            }
            if message == "It succeeded." { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("The portal that has ended still keeps the database.")
    }

    /// A portal of PostgreSQL has its sign once it listens.
    private static func waitForSign(of portal: ConfiguredDatabase) async throws {
        for _ in 0..<500 {
            let isThere = try await portal.read { transaction in
                try transaction.row(
                    """
                    SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 7008
                    AND objid::bigint = (hashtext(current_schema())::bigint & 4294967295)
                    """) != nil
            }
            if isThere { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("The portal has no sign.")
    }

    @Test("a portal does not start while a database is restored", arguments: TestDatabase.engines)
    func starting(_ engine: Dialect) async throws {
        let target = try await FilledDatabase.make(engine)
        let alone = try await ConfiguredDatabase.open(target.configuration, for: .alone)
        let (tries, trying) = AsyncStream<Void>.makeStream()
        let (ends, ending) = AsyncStream<Void>.makeStream()
        let done = DispatchSemaphore(value: 0)
        let restoring = Task {
            try await alone.write { transaction in
                try Presence.requireNobody(transaction, "restored")
                trying.finish()
                done.wait()
            }
            ending.finish()
        }
        for await _ in tries {}
        let message = await FilledDatabase.message {
            let lock = try PortalLock.take(for: target.configuration)
            let portal = try await ConfiguredDatabase.open(target.configuration)
            await portal.close()
            withExtendedLifetime(lock) {}
        }
        done.signal()
        for await _ in ends {}
        try await restoring.value
        await alone.close()
        #expect(message.contains(engine == .sqlite ? "in use by another" : "being restored"), "\(message)")
    }

    @Test(
        "what is no whole backup is refused in a sentence, and the database stays as it is",
        arguments: [
            "none", "folder", "empty", "text", "cut", "page", "foreign", "bare", "plain", "copy", "row", "lost",
            "newer",
            "form", "table",
        ])
    func refused(_ damage: String) async throws {
        let target = try await FilledDatabase.make(.sqlite)
        let path = target.backupPath()
        _ = try await target.backUp()
        try await Self.damage(path, damage)
        if damage == "copy" {
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(atPath: try #require(target.configuration.file), toPath: path)
        }
        for engine in TestDatabase.engines {
            let there = engine == .sqlite ? target : try await FilledDatabase.make(engine)
            let before = try await there.checksums()
            let message = await FilledDatabase.message { _ = try await there.restore(path, replaces: true) }
            #expect(message.contains(Self.expected[damage] ?? "?"), "\(damage): \(message)")
            // That is advice for the database of a portal.
            #expect(!message.contains("begin anew"), "\(damage): \(message)")
            #expect(try await there.checksums() == before, "\(damage)")
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(target.folder.path)/data")
        #expect(!files.contains { $0.contains("restor") }, "\(files)")
    }

    private static let expected = [
        "none": "There is no", "folder": "is a folder", "empty": "is empty, and no backup of Callboard",
        "text": "no SQLite database", "cut": "damaged", "page": "damaged", "foreign": "another program",
        "bare": "has no tables", "plain": "is a copy of Callboard's database, made without `callboard backup`",
        "copy": "is a copy of Callboard's database, made without `callboard backup`", "row": "is not as it was written",
        "lost": "is not as it was written", "newer": "made by a newer Callboard", "form": "in a form that this version",
        "table": "lacks tables",
    ]

    private static func damage(_ path: String, _ damage: String) async throws {
        let url = URL(fileURLWithPath: path)
        func change(_ statements: [SQL]) throws {
            let archive = try SQLiteArchive.writing(path)
            try archive.transaction { transaction in for statement in statements { try transaction.run(statement) } }
            archive.close()
        }
        switch damage {
        case "none": try FileManager.default.removeItem(at: url)
        case "folder":
            try FileManager.default.removeItem(at: url)
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        case "empty": try Data().write(to: url)
        case "bare":
            try FileManager.default.removeItem(at: url)
            try change(["CREATE TABLE things (id INTEGER)", "DROP TABLE things"])
        case "copy": break
        case "text": try Data("backend: {}".utf8).write(to: url)
        case "cut":
            let bytes = try Data(contentsOf: url)
            try bytes.prefix(bytes.count / 2).write(to: url)
        case "page":
            var bytes = try Data(contentsOf: url)
            bytes.replaceSubrange(
                (bytes.count - 8_192)..<(bytes.count - 4_096), with: Data(repeating: 0xAA, count: 4_096))
            try bytes.write(to: url)
        case "foreign":
            try FileManager.default.removeItem(at: url)
            try change(["CREATE TABLE things (id INTEGER)"])
        case "plain": try change(["DROP TABLE callboard_backup", "DROP TABLE callboard_backup_tables"])
        case "row": try change(["UPDATE catalog_entities SET hash = 'other' WHERE id = 2"])
        case "lost": try change(["DELETE FROM catalog_feed WHERE n = 7"])
        case "newer":
            try change([
                """
                INSERT INTO callboard_migrations (feature, number, name, checksum, applied_at)
                VALUES ('catalog', 99, 'later', 'x', 0)
                """
            ])
        case "form": try change(["UPDATE callboard_backup SET value = '2' WHERE name = 'format'"])
        default: try change(["DELETE FROM callboard_backup_tables WHERE name = 'catalog_feed'"])
        }
    }
}
