import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalServer
import PortalTesting
import Testing

@testable import Catalog

/// What the log says of sources as they are read.
@Suite struct IngestionLogTests {
    /// A loop over files in memory whose rounds a test runs.
    private struct Rounds {
        let files = MemoryWorkspace([:])
        let lines = LogLines()
        let database: any SQLDatabase
        let store: SourceStore
        private let loop: IngestionLoop

        init(_ names: [String], _ strategy: CatalogSettings.OrphanStrategy = .delete) async throws {
            database = try await TestDatabase.open(.sqlite, CatalogMigrations.all)
            try await SQLCatalogFeed.prepare(database)
            let reading = LocationReading(readers: [FileLocationReader.make(files)])
            let pipeline = EntityPipeline(
                kinds: EntityKind.builtIn, processors: [],
                placeholders: Placeholders(BuiltInPlaceholders.all, reading: reading), rules: CatalogRules(nil),
                reading: reading)
            store = SourceStore(database: database, queue: RefreshQueue(intervalMilliseconds: nil))
            loop = IngestionLoop(
                store: store, processor: SourceProcessor(reading: reading, pipeline: pipeline), strategy: strategy,
                logger: lines.logger)
            try await RootStore(database: database).synchronize(
                names.map { LocationReference(type: "file", target: "/data/\($0).yaml") }, fingerprint: "")
        }

        func round() async throws {
            try await store.request(store.localPaths().map(\.id))
            while try await loop.round() {}
        }

        func write(_ name: String, _ documents: [String]) {
            files.write("/data/\(name).yaml", documents.joined(separator: "\n---\n"))
        }
    }

    private static func components(_ count: Int) -> [String] {
        (10..<(10 + count)).map { BadPortal.component("c\($0)") }
    }

    @Test(
        "a loss is warned of once while it is held, and told by number and some names when it is believed",
        arguments: [(CatalogSettings.OrphanStrategy.delete, "Removed"), (.keep, "Orphaned")])
    func losses(_ strategy: CatalogSettings.OrphanStrategy, _ verb: String) async throws {
        let rounds = try await Rounds(["all"], strategy)
        rounds.write("all", Self.components(60))
        try await rounds.round()
        #expect(rounds.lines.all == [])
        rounds.write("all", Self.components(5))
        for _ in 0..<3 { try await rounds.round() }
        #expect(rounds.lines.all.count == 1)
        let held = try #require(rounds.lines.all.first)
        #expect(held.hasPrefix("warning: 55 of 61 entities are gone from file:/data/all.yaml; they are kept until"))
        try await rounds.database.write { try $0.run("UPDATE catalog_sources SET held_since = held_since - 60000") }
        for _ in 0..<3 { try await rounds.round() }
        let names = (15..<20).map { "component:default/c\($0)" }.joined(separator: ", ")
        #expect(
            rounds.lines.all.dropFirst() == ["info: \(verb) 55 entities of file:/data/all.yaml: \(names) and 50 more."])
    }

    @Test("many losses are told of some sources, and counted of the others")
    func manyLosses() {
        let losses = (0..<25).map { EntityLoss(place: "file:/\($0)", removed: ["b\($0)", "a\($0)"], orphaned: ["c"]) }
        let lines = EntityLoss.lines(losses)
        #expect(lines.count == 41)
        #expect(lines.first == "Removed 2 entities of file:/0: a0, b0.")
        #expect(lines[1] == "Orphaned 1 entity of file:/0: c.")
        #expect(lines.last == "So were 15 entities of 5 further sources.")
    }

    @Test("what a source led to goes with it, each told with the source that declared it")
    func children() async throws {
        let rounds = try await Rounds(["root"])
        let root = BadPortal.root.replacing("./*.entity.yaml", with: "./a.yaml")
        rounds.write("root", [root])
        rounds.write("a", [BadPortal.component("a")])
        try await rounds.round()
        rounds.write("root", [root.replacing("./a.yaml", with: "./b.yaml")])
        rounds.write("b", [BadPortal.component("b")])
        // The loss is believed once the new file has been read too: it might declare what has gone.
        for _ in 0..<2 { try await rounds.round() }
        #expect(rounds.lines.all == ["info: Removed 1 entity of file:/data/a.yaml: component:default/a."])
    }

    @Test("placeholders that cannot be read, and what another file declared first, are told once, with their place")
    func unreadAndConflicts() async throws {
        let rounds = try await Rounds(["a", "b"])
        rounds.write(
            "a", [BadPortal.component("text", "", ", note: { $text: ./none.txt }"), BadPortal.component("same")])
        try await rounds.round()
        rounds.write("b", [BadPortal.component("same")])
        for _ in 0..<3 { try await rounds.round() }
        let unread = rounds.lines.all.filter { $0.contains("/data/none.txt") }
        #expect(unread.count == 1)
        #expect(unread.first?.hasPrefix("warning: file:/data/a.yaml: component:default/text: ") == true, "\(unread)")
        let conflicts = rounds.lines.all.filter { $0.contains("component:default/same in file:/data/b.yaml") }
        #expect(conflicts.count == 1)
        #expect(conflicts.first?.contains("is already declared by file:/data/a.yaml") == true)
    }

    @Test("of many errors in one file the log names some")
    func bounded() async throws {
        let rounds = try await Rounds(["a"])
        rounds.write("a", (0..<30).map { BadPortal.component("c\($0)", "", ", note: { $text: ./\($0).txt }") })
        try await rounds.round()
        #expect(rounds.lines.all.count == 11)
        #expect(rounds.lines.all.last == "warning: file:/data/a.yaml: 20 further errors are not named here.")
    }

    @Test("a local file that is nowhere is told once, with both places, over a change of the configuration too")
    func nowhere() async throws {
        @Sendable func config(_ names: [String]) -> String {
            let locations = names.map { "{ type: file, target: ./\($0).yaml }" }.joined(separator: ", ")
            return "catalog: { processingInterval: false, locations: [\(locations)] }"
        }
        func loaded(_ names: [String]) throws -> AppConfigLoader.Loaded {
            try AppConfigLoader(environment: [:]) { _ in Array(config(names).utf8) }.load(["/portal/app-config.yaml"])
        }
        let lines = LogLines()
        let portal = try await TestPortal.make(
            config(["missing", "a"]),
            files: ["/portal/a.yaml": BadPortal.component("a"), "/portal/b.yaml": BadPortal.component("b")],
            logger: lines.logger)
        let (first, second) = (try loaded(["missing", "a"]).config, try loaded(["missing", "a", "b"]))
        try await portal.running {
            @Sendable func has(_ name: String) async -> Bool {
                await portal.send(.get, "/api/catalog/entities/by-name/component/default/\(name)").status == .ok
            }
            #expect(await portal.eventually { await has("a") })
            #expect(await portal.eventually { lines.all.contains { $0.contains("missing.yaml") } })
            let watch = ConfigWatch(
                plugins: standardPlugins, reloads: portal.registry.all(ConfigReload.self), logger: lines.logger,
                load: { second })
            _ = await watch.reload(first)
            #expect(await portal.eventually { await has("b") })
            let due: SQL = "SELECT COUNT(*) FROM catalog_sources WHERE next_at = 0 OR lease_until > 0"
            #expect(await portal.eventually { (try? await portal.database.read { try $0.row(due)?.int(0) }) == 0 })
        }
        let told = lines.all.filter { $0.contains("missing.yaml") }
        #expect(told.count == 1, "\(told)")
        #expect(told.first?.hasPrefix("warning: file:/portal/missing.yaml could not be read: ") == true)
        #expect(told.first?.hasSuffix(" It is not at /portal/packages/backend/missing.yaml either.") == true)
    }

    @Test("who registers and unregisters a location, and deletes an entity, is told, from the API and from pages")
    func whoDidWhat() async throws {
        let lines = LogLines()
        let portal = try await TestPortal.make(
            "backend: { reading: { allow: [{ host: files.example }] } }\ncatalog: { processingInterval: false }",
            logger: lines.logger)
        let target = "https://files.example/all.yaml"
        portal.http.record(.get, target, BadPortal.component("a"))
        try await portal.running {
            @Sendable func json(_ path: String) async -> JSONValue {
                (try? JSONParser.parse(await portal.send(.get, path).body)) ?? .null
            }
            let path = "/api/catalog/entities/by-name/component/default/a"
            let body: JSONValue = ["type": "url", "target": .string(target)]
            #expect(await portal.send(.post, "/api/catalog/locations", json: body).status == .created)
            #expect(await portal.eventually { await portal.send(.get, path).status == .ok })
            let uid = await json(path)["metadata"]?["uid"]?.string ?? ""
            #expect(await portal.send(.delete, "/api/catalog/entities/by-uid/\(uid)").status == .noContent)
            let id = await json("/api/catalog/locations").array?.first?["data"]?["id"]?.string ?? ""
            #expect(await portal.send(.delete, "/api/catalog/locations/\(id)").status == .noContent)
            let form = "url=https%3A%2F%2Ffiles.example%2Fall.yaml"
            let answer = await portal.submit("/catalog-import", form: form, token: TestPortal.token)
            let page = answer.headers[.location]?.split(separator: "=").last.map(String.init) ?? ""
            let away = "/catalog-import/\(page)/unregister"
            #expect(await portal.submit(away, form: "", token: TestPortal.token).status == .seeOther)
        }
        let by = "by service tests."
        let told = lines.all.filter { $0.hasSuffix(by) }
        let (come, gone) = ("info: Registered url:\(target), \(by)", "info: Unregistered url:\(target), \(by)")
        #expect(told == [come, "info: Deleted component:default/a, \(by)", gone, come, gone])
    }
}
