import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// How what is wrong with sources is told: in the log, and in answers.
@Suite struct TroubleTests {
    @Test("the log says an error once, again when it is another, and after a long time with its count")
    func repeats() {
        let log = TroubleLog()
        let (place, other) = (
            LocationReference(type: "file", target: "/a"), LocationReference(type: "file", target: "/b")
        )
        #expect(log.lines(["wrong"], of: place, now: 0) == ["wrong"])
        #expect(log.lines(["wrong"], of: other, now: 1) == ["wrong"])
        for now in 1..<10 { #expect(log.lines(["wrong"], of: place, now: Double(now)) == []) }
        #expect(
            log.lines(["wrong"], of: place, now: TroubleLog.silenceSeconds)
                == ["wrong (11 times since 1970-01-01T00:00:00.000Z)"])
        #expect(log.lines(["wrong"], of: place, now: TroubleLog.silenceSeconds + 1) == [])
        #expect(log.lines(["more", "wrong"], of: place, now: 4_000) == ["more", "wrong"])
        #expect(log.lines([], of: place, now: 4_001) == [])
        #expect(log.lines(["more", "wrong"], of: place, now: 4_002) == ["more", "wrong"])
        log.forget([place])
        #expect(log.lines(["more", "wrong"], of: place, now: 4_003) == ["more", "wrong"])
        #expect(log.lines(["wrong"], of: other, now: 4_003) != ["wrong"])
    }

    @Test("many errors are dated soon: those that stayed, and those that stand for others", .timeLimit(.minutes(1)))
    func manyErrors() {
        let start = String(repeating: "a long way ", count: 50)
        func errors(_ numbers: Range<Int>) -> [ProcessingProblem] {
            numbers.map { ProcessingProblem("InputError", "\(start)\($0)") }
        }
        let first = errors(0..<20_000).dated(after: [], now: 1)
        let second = errors(10_000..<40_000).dated(after: first, now: 2)
        #expect(second.prefix(20_000).allSatisfy { $0.since == 1 })
        #expect(second.dropFirst(20_000).allSatisfy { $0.since == 2 })
    }

    @Test("what an error quotes of a file makes no lines of its own")
    func inOneLine() {
        let place = LocationReference(type: "file", target: "/a")
        let errors = ["found \"a\r\n2026 error: none\u{1B}[2J\u{2028}é\""]
        #expect(
            TroubleLog().lines(errors, of: place, now: 0) == ["found \"a  2026 error: none [2J é\""])
    }

    @Test("a location that fails at every try is told once, and its place once in the line")
    func logged() async throws {
        let database = try await TestDatabase.open(.sqlite, CatalogMigrations.all)
        try await SQLCatalogFeed.prepare(database)
        let files = MemoryWorkspace(["/data/broken.yaml": "a: [\n", "/data/list.yaml": "- a\n"])
        let reading = LocationReading(readers: [FileLocationReader.make(files)])
        let pipeline = EntityPipeline(
            kinds: EntityKind.builtIn, processors: [], placeholders: Placeholders([], reading: reading),
            rules: CatalogRules(nil), reading: reading)
        let lines = LogLines()
        let store = SourceStore(database: database, queue: RefreshQueue(intervalMilliseconds: nil))
        let loop = IngestionLoop(
            store: store, processor: SourceProcessor(reading: reading, pipeline: pipeline), strategy: .delete,
            logger: lines.logger)
        let places = ["broken", "list", "none"].map { LocationReference(type: "file", target: "/data/\($0).yaml") }
        try await RootStore(database: database).synchronize(places, fingerprint: "")
        for _ in 0..<3 {
            #expect(try await loop.round())
            try await store.request(store.localPaths().map(\.id))
        }
        #expect(lines.all.count == 3)
        for place in places {
            let line = try #require(lines.all.first { $0.contains(place.target) })
            #expect(line.components(separatedBy: place.description).count == 2, "\(line)")
            #expect(line.components(separatedBy: ".yaml").count == 2, "\(line)")
        }
    }

    /// The errors in an entity's status.
    private static func errors(_ path: String, _ bad: BadPortal) async -> [JSONValue] {
        (await bad.entity(path)["status"]?["items"]?.array ?? []).compactMap { $0["error"] }
    }

    @Test(
        "what cannot be parsed says since when, and keeps that while it is wrong in another way",
        arguments: TestDatabase.engines)
    func since(_ engine: Dialect) async throws {
        let bad = try await BadPortal(["never": "a: [", "later": BadPortal.component("later")], engine: engine)
        try await bad.portal.running {
            #expect(
                await bad.portal.eventually {
                    let (names, errors) = (await bad.names(), await Self.errors("location/default/root", bad))
                    return names == ["later"] && errors.count == 1
                })
            let never = try #require(await Self.errors("location/default/root", bad).first)
            #expect(never["since"]?.string != nil)
            bad.write("later", Array("{ broken".utf8))
            _ = await bad.refresh("component:default/later")
            #expect(await bad.portal.eventually { await Self.errors("component/default/later", bad).count == 1 })
            let later = try #require(await Self.errors("component/default/later", bad).first)
            #expect(later["since"]?.string != nil)
            bad.write("later", Array("another: [".utf8))
            bad.write("never", Array("another: [\n[".utf8))
            _ = await bad.refresh("component:default/later")
            _ = await bad.refresh("location:default/root")
            #expect(
                await bad.portal.eventually {
                    let now = await Self.errors("component/default/later", bad).first
                    return now?["message"] != nil && now?["message"] != later["message"]
                })
            #expect(
                await bad.portal.eventually {
                    let now = await Self.errors("location/default/root", bad).map { $0["message"] }
                    return !now.contains(never["message"])
                })
            #expect(await Self.errors("component/default/later", bad).map { $0["since"] } == [later["since"]])
            #expect(await Self.errors("location/default/root", bad).contains { $0["since"] == never["since"] })
        }
    }

    @Test("an error on a Location names the file that it is in")
    func placed() async throws {
        let bad = try await BadPortal([
            "list": "- a", "kind": "apiVersion: backstage.io/v1alpha1\nkind: component\nmetadata: { name: a }",
            "number": BadPortal.component("123"),
        ])
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.status("location/default/root").count == 3 })
            let status = await bad.status("location/default/root")
            for name in ["list", "kind", "number"] {
                #expect(status.contains { $0.contains("file:/data/\(name).entity.yaml") }, "\(status)")
            }
            #expect(status.contains { $0.contains("Did you mean the kind Component?") })
            #expect(status.contains { $0.contains("Write it in quotes: \"123\".") })
        }
    }

    @Test("an address in a location of type file is told to be of type url, and its neighbours are read")
    func addressesAsFiles() async throws {
        let address = "https://github.com/org/repo/blob/main/all.yaml"
        let portal = try await TestPortal.make(
            """
            catalog:
              processingInterval: false
              locations: [{ type: file, target: /data/root.yaml }, { type: file, target: '\(address)' }]
            """,
            files: [
                "/data/root.yaml": """
                apiVersion: backstage.io/v1alpha1
                kind: Location
                metadata: { name: root }
                spec: { type: file, targets: ['\(address)', ./a.yaml] }
                """, "/data/a.yaml": BadPortal.component("a"),
            ])
        try await portal.running {
            @Sendable func text(_ filter: String) async -> String {
                String(
                    decoding: await portal.send(.get, "/api/catalog/entities?filter=\(filter)").body, as: UTF8.self)
            }
            #expect(await portal.eventually { await text("kind=component").contains("\"a\"") })
            for filter in ["metadata.name=root", "spec.target=\(address)"] {
                #expect(await portal.eventually { await text(filter).contains("Write type: url") }, "\(filter)")
                #expect(await text(filter).contains("file:\(address) could not be read"))
            }
        }
    }

    @Test("who deletes takes locks in the order of who writes: sources by id, then the entity")
    func lockOrder() async throws {
        guard TestDatabase.engines.contains(.postgres) else { return }
        let bad = try await BadPortal(["a": BadPortal.component("same")], engine: .postgres)
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.names() == ["same"] })
            bad.write("b", Array(BadPortal.component("same").utf8))
            _ = await bad.refresh("location:default/root")
            #expect(await bad.portal.eventually { await bad.status("component/default/same") != [] })
            #expect(await bad.portal.eventually { await bad.unfinished() == 0 })
        }
        let uid = try #require(await bad.entity("component/default/same")["metadata"]?["uid"]?.string)
        let (database, store) = (bad.portal.database, EntityStore(database: bad.portal.database))
        let (start, go) = AsyncStream.makeStream(of: Void.self)
        let deletion = Task {
            for await _ in start { try await store.delete(uid: uid, by: .anonymous) }
        }
        let free = try await database.write { transaction -> Int in
            let ids = try transaction.rows(
                """
                SELECT s.id FROM catalog_sources s WHERE s.target IN ('/data/a.entity.yaml', '/data/b.entity.yaml') ORDER BY s.id
                """
            ).map { try $0.integer(0) }
            guard let low = ids.first, let high = ids.last, ids.count == 2 else { return -1 }
            _ = try transaction.rows("SELECT id FROM catalog_sources WHERE id = \(low) FOR UPDATE")
            go.yield()
            for _ in 0..<500 {
                let waiting = try transaction.rows("SELECT pid FROM pg_locks WHERE NOT granted")
                if !waiting.isEmpty { break }
                _ = try transaction.rows("SELECT 1 FROM pg_sleep(0.01)")
            }
            let source = try transaction.rows(
                "SELECT id FROM catalog_sources WHERE id = \(high) FOR UPDATE SKIP LOCKED")
            let entity = try transaction.rows(
                "SELECT id FROM catalog_entities WHERE uid = \(uid) FOR UPDATE SKIP LOCKED")
            return source.count + entity.count
        }
        go.finish()
        try await deletion.value
        #expect(free == 2)
    }
}
