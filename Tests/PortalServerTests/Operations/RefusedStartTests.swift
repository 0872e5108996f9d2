import Foundation
import PortalTesting
import Testing

@testable import Database
@testable import PortalServer

/// A start on a database that cannot be used ends soon, with a sentence, and leaves everything as it is.
@Suite(.enabled(if: ProgramRun.program != nil, "the program is built beside the tests")) struct RefusedStartTests {
    private static let cases: [(damage: String, said: String)] = [
        ("header", "no SQLite database"), ("cut", "damaged"), ("newer", "made by a newer Callboard"),
        ("folder", "callboard.sqlite"), ("unreadable", "no permission"), ("lock", "callboard.sqlite.lock"),
        ("readonly file", "may not be written"), ("readonly folder", "callboard.sqlite"),
    ]

    @Test("each is refused within five seconds, and nothing is changed", arguments: cases.map(\.damage))
    func refused(_ damage: String) async throws {
        let program = try #require(ProgramRun.program)
        guard let change = ProgramRun.unprivileged else { return }
        let database = try await FilledDatabase.make(.sqlite)
        let file = try #require(database.configuration.file)
        try await Self.settle(file)
        try database.folder.write(
            "app-config.yaml", "backend: { listen: '127.0.0.1:0', database: { connection: { directory: ./data } } }")
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(database.folder.path)/data")
        where name != "callboard.sqlite" { try database.folder.remove("data/\(name)") }
        try await Self.damage(file, damage, database)
        // Of a whole database its rows count: where a start ends, the journal is brought in.
        let rows = damage == "newer" ? try await database.checksums() : [:]
        let before = damage == "newer" ? [:] : try Self.state(database.folder.path)
        let start = change + [program, "serve", "--config", "\(database.folder.path)/app-config.yaml"]
        let run = try await ProgramRun.run(start)
        let said = Self.cases.first { $0.damage == damage }?.said ?? "?"
        #expect(run.status == 1, "\(run.output)")
        #expect(run.seconds < 5)
        let last = run.output.split(separator: "\n").last.map(String.init) ?? ""
        #expect(
            last.hasPrefix("callboard: ") && last.contains(said) && (last.contains(file) || damage == "newer"),
            "\(run.output)")
        if damage == "newer" {
            #expect(try await database.checksums() == rows)
        } else {
            #expect(try Self.state(database.folder.path) == before)
        }
    }

    /// Until nothing is left in the journal: a connection that was closed may hold it for a moment.
    private static func settle(_ file: String) async throws {
        for _ in 0..<100 {
            SQLiteArchive.settle(file)
            if DurableFile.size("\(file)-wal") == 0 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("The journal of \(file) stays.")
    }

    private static func damage(_ file: String, _ damage: String, _ database: FilledDatabase) async throws {
        let folder = DurableFile.folder(of: file)
        let url = URL(fileURLWithPath: file)
        if damage == "newer" {
            try await database.change { transaction in
                try transaction.run(
                    """
                    INSERT INTO callboard_migrations (feature, number, name, checksum, applied_at)
                    VALUES ('catalog', 99, 'later', 'x', 0)
                    """)
            }
            try await settle(file)
            DurableFile.remove("\(file).lock")
        }
        // Whoever is root here is not whom the program runs as.
        if getuid() == 0 {
            for path in [database.folder.path, folder, file] { chown(path, 65_534, 65_534) }
        }
        switch damage {
        case "header":
            var bytes = try Data(contentsOf: url)
            bytes.replaceSubrange(0..<100, with: Data(repeating: 0xEE, count: 100))
            try bytes.write(to: url, options: [])
        case "cut": try Data(contentsOf: url).prefix(20_000).write(to: url, options: [])
        case "folder":
            try FileManager.default.removeItem(at: url)
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        case "unreadable": chmod(file, 0)
        case "lock":
            try Data().write(to: URL(fileURLWithPath: "\(file).lock"))
            chmod("\(file).lock", 0)
            if getuid() == 0 { chown("\(file).lock", 0, 0) }
        case "readonly file": chmod(file, 0o444)
        case "readonly folder": chmod(folder, 0o555)
        default: break
        }
    }

    /// Bytes of every file; the lock's, which every start makes, and those of journals are nobody's data.
    private static func state(_ folder: String) throws -> [String: Data] {
        var found: [String: Data] = [:]
        let names = FileManager.default.enumerator(atPath: folder)
        while let name = names?.nextObject() as? String {
            if ["-shm", "-wal", ".lock"].contains(where: name.hasSuffix) { continue }
            found[name] = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
        }
        return found
    }

    @Test(
        "a database file that is removed while the portal runs is told at the next write, and nothing is written to it")
    func removed() async throws {
        let database = try await FilledDatabase.make(.sqlite)
        let file = try #require(database.configuration.file)
        let portal = try await ConfiguredDatabase.open(database.configuration)
        try await portal.write { try $0.run("DELETE FROM catalog_state WHERE name = 'none'") }
        #expect(portal.failure == nil)
        try FileManager.default.moveItem(atPath: file, toPath: "\(file).away")
        let message = await FilledDatabase.message {
            try await portal.write { _ = try $0.run("DELETE FROM catalog_entities") }
        }
        #expect(message.contains("\(file) was removed or replaced"), "\(message)")
        #expect(portal.failure?.message == message)
        // Readiness tells it, and it does not come back by itself.
        try FileManager.default.moveItem(atPath: "\(file).away", toPath: file)
        let again = await FilledDatabase.message {
            try await portal.write { _ = try $0.run("DELETE FROM catalog_state") }
        }
        #expect(again == message)
        await portal.close()
        #expect(try await database.read { try $0.row("SELECT COUNT(*) FROM catalog_entities")?.integer(0) } == 5)
    }

    @Test("the commands tell what is wrong by their exit code") func commands() async throws {
        let program = try #require(ProgramRun.program)
        let database = try await FilledDatabase.make(.sqlite)
        try database.folder.write("app-config.yaml", "backend: { database: { connection: { directory: ./data } } }")
        let config = ["--config", "\(database.folder.path)/app-config.yaml"]
        func run(_ arguments: String...) async throws -> ProgramRun {
            try await ProgramRun.run([program] + arguments + config)
        }
        let backup = database.backupPath()
        let made = try await run("backup", backup)
        #expect(made.status == 0 && made.output.contains("catalog_entities"), "\(made.output)")
        #expect(made.output.contains("14 tables with "), "\(made.output)")
        #expect(try await run("backup", backup).status == 1)
        for command in ["backup", "restore"] {
            let standard = try await run(command, "-")
            #expect(standard.status == 64 && standard.output.contains("a file, not "), "\(standard.output)")
        }
        let refused = try await run("restore", backup)
        #expect(refused.status == 1 && refused.output.hasPrefix("callboard: The database "), "\(refused.output)")
        let restored = try await run("restore", backup, "--replace")
        #expect(restored.status == 0 && restored.output.contains("is kept as "), "\(restored.output)")
        let doctor = try await run("doctor")
        #expect(doctor.status == 0 && doctor.output.contains("checks hold."), "\(doctor.output)")
        try await database.change { try $0.run("DELETE FROM catalog_locations") }
        let ill = try await run("doctor", "--json")
        #expect(ill.status == 1 && ill.output.contains("\"ok\": false"), "\(ill.output)")
        let list = try await run("migrations")
        #expect(list.status == 0 && list.output.contains("catalog:5"), "\(list.output)")
        let plan = try await run("migrate", "--back-to", "catalog:4")
        #expect(plan.status == 1 && plan.output.contains("Nothing was changed."), "\(plan.output)")
        #expect(try await run("migrate", "--back-to", "catalog").status == 64)
        let back = try await run("migrate", "--back-to", "catalog:4", "--yes")
        #expect(back.status == 0 && back.output.contains("Took back 3 from"), "\(back.output)")
        let old = try await run("doctor")
        #expect(old.status == 1 && old.output.contains("skipped catalog:"), "\(old.output)")
        let forward = try await run("migrate")
        #expect(forward.status == 0 && forward.output.contains("catalog 5"), "\(forward.output)")
    }
}
