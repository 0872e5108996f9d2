import EntityModel
import Foundation
import PortalKit
import PortalTesting
import Testing

@testable import Database
@testable import PortalServer

/// What the doctor sees, each rule broken by hand.
@Suite struct DoctorTests {
    private func examine(_ database: FilledDatabase, thorough: Bool = true) async -> [Doctor.Outcome] {
        await Doctor(standardPlugins, isThorough: thorough).examine(database.configuration)
    }

    @Test("a database that is well passes, also while a portal runs on it", arguments: TestDatabase.engines)
    func healthy(_ engine: Dialect) async throws {
        let database = try await FilledDatabase.make(engine)
        try await database.change { try $0.run("UPDATE catalog_sources SET lease_until = 0") }
        let lock = try PortalLock.take(for: database.configuration)
        let portal = try await ConfiguredDatabase.open(database.configuration)
        let before = try await database.checksums()
        let outcomes = await examine(database)
        for outcome in outcomes { #expect(outcome.state == .ok, "\(outcome.lines)") }
        #expect(outcomes.count > 18)
        #expect(try await database.checksums() == before)
        await portal.close()
        withExtendedLifetime(lock) {}
    }

    private static let breaks: [(rule: String, statement: SQL, example: String)] = [
        (
            "every entity has a source", "UPDATE catalog_entities SET source_id = 77 WHERE id = 2",
            "component:default/a of source 77"
        ),
        (
            "every entity has a source", "UPDATE catalog_entities SET notes = NULL WHERE id = 4",
            "component:default/lost"
        ),
        (
            "every stored entity can be read", "UPDATE catalog_entities SET body = edges_as_bytes WHERE id = 3",
            "its body is no JSON"
        ),
        (
            "every stored entity can be read", "UPDATE catalog_entities SET ref = 'component:default/c' WHERE id = 3",
            "its body is of component:default/b"
        ),
        ("the counters are ahead", "UPDATE catalog_counters SET n = 3 WHERE name = 'entity'", "entity 6"),
        ("the counters are ahead", "DELETE FROM catalog_counters WHERE name = 'source'", "source 5"),
        (
            "nothing leads to or from", "INSERT INTO catalog_source_edges VALUES (1, 88, 'location:default/all')",
            "edge 1 to 88"
        ),
        ("nothing leads to or from", "INSERT INTO catalog_refresh_keys VALUES ('file:/x', 89)", "key 89"),
        ("every source is a root", "DELETE FROM catalog_source_edges WHERE child_id = 3", "3 file /portal/b b.yaml"),
        ("registered locations and", "DELETE FROM catalog_locations", "url https://git.example/x"),
        (
            "registered locations and", "UPDATE catalog_sources SET registered = 0, configured = 1 WHERE id = 5",
            "url https://git.example/x"
        ),
        (
            "every source that must be read", "UPDATE catalog_sources SET next_at = 1152921504606846976 WHERE id = 5",
            "5 url https"
        ),
        (
            "every source that must be read",
            "UPDATE catalog_sources SET next_at = 1152921504606846976, succeeded_at = NULL WHERE id = 1", "1 file"
        ),
        ("no source is held", "UPDATE catalog_sources SET lease_until = 99999999999999 WHERE id = 1", "1 file"),
        (
            "every claim is of a source",
            "INSERT INTO catalog_claims SELECT ref, 90, body, edges, hash, 0 FROM catalog_claims", "of source 90"
        ),
        (
            "what is claimed", "INSERT INTO catalog_claims SELECT ref, 2, body, edges, hash, 0 FROM catalog_claims",
            "component:default/a of source 2"
        ),
        ("the feed's counter", "UPDATE catalog_counters SET n = 8 WHERE name = 'feed'", "component:default/quote 12"),
        ("the feed's counter", "DELETE FROM catalog_counters WHERE name = 'feed'", "entity location:default/all 1"),
        (
            "no two entities share", "UPDATE catalog_entities SET feed_n = 9 WHERE id = 3",
            "9 component:default/b component:default/lost"
        ),
        (
            "each change has a number", "UPDATE catalog_entities SET feed_n = 6 WHERE id = 2",
            "updated component:default/a 7 6"
        ),
        (
            "each change has a number", "UPDATE catalog_feed SET kind = 'deleted' WHERE n = 3",
            "deleted component:default/b 3"
        ),
        ("what the feed says last", "DELETE FROM catalog_entities WHERE id = 3", "created component:default/b 3"),
        (
            "every change that is kept", "UPDATE catalog_feed SET kind = 'weird' WHERE n = 7",
            "7 of component:default/a is of kind weird"
        ),
        ("every setting can be read", "UPDATE user_settings SET value = '{'", "stars component:default/a"),
        (
            "every session says", "UPDATE auth_sessions SET ownership_refs = 'x' WHERE seen_at = 1764000000009",
            "user:default/jürgen"
        ),
        ("every signing key", "UPDATE auth_signing_keys SET sealed_private_key = ''", "key-1"),
        (
            "every migration is one", "INSERT INTO callboard_migrations VALUES ('catalog', 98, 'later', 'x', 0)",
            "catalog 98 (later)"
        ),
        ("every migration is one", "UPDATE callboard_migrations SET checksum = 'x' WHERE feature = 'auth'", "auth 1"),
        (
            "every migration of this program", "DELETE FROM callboard_migrations WHERE feature = 'user-settings'",
            "user-settings 1"
        ),
        (
            "the tables have the columns", "ALTER TABLE catalog_feed ADD COLUMN more TEXT",
            "catalog_feed lacks () and has besides (more)"
        ),
        ("the tables have the columns", "DROP TABLE catalog_claims", "the table catalog_claims is not there"),
        ("the indexes", "DROP INDEX catalog_entities_feed", "catalog_entities_feed"),
    ]

    @Test("each rule that is broken is found, with an example and the mend", arguments: TestDatabase.engines)
    func broken(_ engine: Dialect) async throws {
        for (rule, statement, example) in Self.breaks {
            let database = try await FilledDatabase.make(engine)
            try await database.change { transaction in
                try transaction.run("UPDATE catalog_sources SET lease_until = 0")
                let text = statement.rendered { "\($0)" }.text
                let bytes = engine == .sqlite ? "CAST('{' AS BLOB)" : "'{'::bytea"
                try transaction.run(SQL(trusted: text.replacing("edges_as_bytes", with: bytes)))
            }
            let outcomes = await examine(database)
            let found = outcomes.first { $0.name.hasPrefix(rule) }
            #expect(found?.state == .failed, "\(rule): \(found?.lines ?? [])")
            #expect(found?.examples.contains { $0.contains(example) } == true, "\(rule): \(found?.examples ?? [])")
            #expect(found?.mend.isEmpty == false)
        }
    }

    @Test("what lacks one table or has a column more is checked all the same, but for what needs that table")
    func wrongShapes() async throws {
        let more = try await FilledDatabase.make(.sqlite)
        try await more.change { try $0.run("ALTER TABLE catalog_feed ADD COLUMN more TEXT") }
        let checked = await examine(more).filter { $0.state != .ok }
        #expect(checked.map(\.area) == ["database"], "\(checked.flatMap(\.lines))")
        let lacking = try await FilledDatabase.make(.sqlite)
        try await lacking.change { try $0.run("DROP TABLE catalog_claims") }
        let outcomes = await examine(lacking)
        #expect(outcomes.filter { $0.state == .failed }.map(\.area) == ["database"])
        let skipped = outcomes.filter { $0.state == .skipped }
        #expect(!skipped.isEmpty && skipped.allSatisfy { $0.area == "catalog" })
        #expect(skipped.allSatisfy { $0.lines.joined().contains("catalog_claims") })
        #expect(outcomes.contains { $0.area == "catalog" && $0.state == .ok })
    }

    @Test("damage in a file, and a database that is not there, are told") func damaged() async throws {
        let database = try await FilledDatabase.make(.sqlite)
        let path = try #require(database.configuration.file)
        SQLiteArchive.settle(path)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes.replaceSubrange((bytes.count - 4_096)..., with: Data(repeating: 0xAA, count: 4_096))
        try bytes.write(to: URL(fileURLWithPath: path))
        let outcomes = await examine(database)
        #expect(outcomes.first { $0.name.hasPrefix("the engine") }?.state == .failed)
        #expect(outcomes.contains { $0.state == .skipped })
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
        let none = await examine(try await FilledDatabase.make(.sqlite, fill: false))
        #expect(none.first?.examples.first?.hasPrefix("There is no database at") == true)
        #expect(none.first?.mend.contains("callboard serve makes it") == true)
        // What could not be checked is told too.
        #expect(none.count == outcomes.count && none.dropFirst().allSatisfy { $0.state == .skipped })
        #expect(none.last?.mend == "It can be checked once the database can be opened.")
    }

    @Test("each mend can be followed without the documents, and the statement of an index is told whole")
    func mends() async throws {
        let checks = standardPlugins.flatMap { $0.databaseChecks } + SchemaChecks([], isThorough: true).all
        for check in checks {
            #expect(!check.mend.contains("docs/") && !check.mend.contains("Tests/"), "\(check.mend)")
        }
        for engine in TestDatabase.engines {
            let database = try await FilledDatabase.make(engine)
            try await database.change { try $0.run("DROP INDEX auth_sessions_seen_at") }
            let found = await examine(database).first { $0.name.hasPrefix("the indexes") }
            #expect(
                found?.examples == ["CREATE INDEX auth_sessions_seen_at ON auth_sessions (seen_at);"],
                "\(found?.examples ?? [])")
            let statement = try #require(found?.examples.first)
            try await database.change { try $0.run(SQL(trusted: statement)) }
            #expect(await examine(database).first { $0.name.hasPrefix("the indexes") }?.state == .ok)
        }
    }

    @Test("a line for people says how often a rule is broken, and once is not counted") func lines() {
        func head(_ count: Int) -> String? {
            Doctor.Outcome(
                area: "configuration", name: "the configuration is usable", state: .failed, count: count,
                examples: ["one"], mend: "Mend it."
            ).lines.first
        }
        #expect(head(1) == "failed  configuration: the configuration is usable")
        #expect(head(9) == "failed  configuration: the configuration is usable (broken in 9 places)")
    }

    @Test("much that is broken is counted, and few of it is kept", arguments: TestDatabase.engines)
    func counts(_ engine: Dialect) async throws {
        let database = try await FilledDatabase.make(engine)
        try await database.change { transaction in
            for number in 100..<700 {
                try transaction.run("INSERT INTO catalog_refresh_keys VALUES ('file:/x', \(number))")
            }
        }
        let found = await examine(database).first { $0.name.hasPrefix("nothing leads to") }
        #expect(found?.count == 600 && found?.examples.count == 5)
        #expect(found?.lines.contains("        … and 595 more") == true)
        #expect(found?.json["count"] == 600 && found?.json["state"] == "failed")
    }
}
