import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Files in, answers out: the catalog from end to end, on both engines.
@Suite struct IngestionTests {
    private static func component(_ name: String, owner: String = "team", extra: String = "") -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: \(name)\(extra) }
        spec: { type: service, lifecycle: production, owner: \(owner) }
        """
    }

    private static let location = """
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata: { name: root }
        spec: { targets: ['./*.entity.yaml'] }
        """

    private static let config = """
        catalog:
          processingInterval: false
          locations: [{ type: file, target: /data/root.yaml }]
        """

    private func json(_ response: PortalResponse) -> JSONValue { (try? JSONParser.parse(response.body)) ?? .null }

    private func names(_ portal: TestPortal, _ filter: String = "kind=component") async -> [String] {
        let answer = json(await portal.send(.get, "/api/catalog/entities?filter=\(filter)&fields=metadata.name"))
        return (answer.array ?? []).compactMap { $0["metadata"]?["name"]?.string }
    }

    private func entity(_ portal: TestPortal, _ path: String) async -> JSONValue {
        json(await portal.send(.get, "/api/catalog/entities/by-name/\(path)"))
    }

    private func refresh(_ portal: TestPortal, _ reference: String) async -> Int {
        await portal.send(.post, "/api/catalog/refresh", json: ["entityRef": .string(reference)]).status.code
    }

    @Test("files, patterns and relations become entities", arguments: TestDatabase.engines)
    func readsFiles(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            Self.config,
            files: [
                "/data/root.yaml": Self.location, "/data/a.entity.yaml": Self.component("a"),
                "/data/b.entity.yaml": Self.component("b", owner: "user:other/someone"),
            ], engine: engine)
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["a", "b"] })
            let a = await entity(portal, "component/default/a")
            #expect(a["relations"] == [["type": "ownedBy", "targetRef": "group:default/team"]])
            #expect(
                a["metadata"]?["annotations"]?["backstage.io/managed-by-origin-location"] == "file:/data/root.yaml")
            let ancestry = json(
                await portal.send(.get, "/api/catalog/entities/by-name/component/default/a/ancestry"))
            let parents = ancestry["items"]?.array?.first?["parentEntityRefs"]
            #expect(parents == ["location:default/root"])
        }
    }

    @Test("what changed shows after a refresh, and what is gone goes", arguments: TestDatabase.engines)
    func followsFiles(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            Self.config,
            files: ["/data/root.yaml": Self.location, "/data/a.entity.yaml": Self.component("a")], engine: engine)
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["a"] })
            let uid = await entity(portal, "component/default/a")["metadata"]?["uid"]
            portal.files.write("/data/a.entity.yaml", Self.component("a", extra: ", title: Changed"))
            portal.files.write("/data/b.entity.yaml", Self.component("b"))
            #expect(await refresh(portal, "component:default/a") == 200)
            #expect(await refresh(portal, "location:default/root") == 200)
            #expect(await portal.eventually { await names(portal) == ["a", "b"] })
            #expect(
                await portal.eventually {
                    await entity(portal, "component/default/a")["metadata"]?["title"] == "Changed"
                })
            #expect(await entity(portal, "component/default/a")["metadata"]?["uid"] == uid)
            portal.files.remove("/data/b.entity.yaml")
            #expect(await refresh(portal, "location:default/root") == 200)
            #expect(await portal.eventually { await names(portal) == ["a"] })
            let history = json(
                await portal.send(.get, "/api/callboard/v1/entities/component/default/a/history"))
            let kinds = history["items"]?.array?.compactMap { $0["type"]?.string }
            #expect(kinds == ["updated", "created"])
            let change = history["items"]?.array?.first?["changes"]?.array?.first
            #expect(change == ["path": "metadata.title", "after": "Changed"])
        }
    }

    @Test(
        "a broken document keeps its last good version, with the error; its siblings live on",
        arguments: TestDatabase.engines)
    func keepsGoodVersions(_ engine: Dialect) async throws {
        let both = "\(Self.component("a"))\n---\n\(Self.component("b"))"
        let portal = try await TestPortal.make(
            Self.config, files: ["/data/root.yaml": Self.location, "/data/a.entity.yaml": both], engine: engine)
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["a", "b"] })
            let broken = both.replacing("{ name: a }", with: "{ name: a, tags: [Not Allowed] }")
            portal.files.write("/data/a.entity.yaml", broken.replacing("{ name: b }", with: "{ name: b, title: New }"))
            _ = await refresh(portal, "component:default/a")
            #expect(
                await portal.eventually {
                    await entity(portal, "component/default/b")["metadata"]?["title"] == "New"
                })
            let a = await entity(portal, "component/default/a")
            #expect(a["metadata"]?["tags"] == nil)
            let message = a["status"]?["items"]?.array?.first?["message"]?.string ?? ""
            #expect(message.contains("metadata.tags.0"))
            #expect(message.contains("line 3"))
            portal.files.write("/data/a.entity.yaml", both)
            _ = await refresh(portal, "component:default/a")
            #expect(await portal.eventually { await entity(portal, "component/default/a")["status"] == nil })
        }
    }

    @Test(
        "a document that cannot be parsed keeps what the file declared, and where its locations lead",
        arguments: TestDatabase.engines)
    func keepsNamelessDocuments(_ engine: Dialect) async throws {
        let both = "\(Self.location)\n---\n\(Self.component("beside"))"
        let portal = try await TestPortal.make(
            Self.config, files: ["/data/root.yaml": both, "/data/a.entity.yaml": Self.component("a")], engine: engine)
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["a", "beside"] })
            portal.files.write("/data/root.yaml", both.replacing("kind: Location", with: "kind: Location\n\tbroken"))
            _ = await refresh(portal, "location:default/root")
            #expect(
                await portal.eventually {
                    let items = await entity(portal, "location/default/root")["status"]?["items"]?.array ?? []
                    return items.contains { $0["message"]?.string?.contains("not valid YAML") == true }
                })
            #expect(await names(portal) == ["a", "beside"])
            #expect(await entity(portal, "component/default/beside")["status"] == nil)
            portal.files.write("/data/root.yaml", Self.location)
            _ = await refresh(portal, "location:default/root")
            #expect(await portal.eventually { await names(portal) == ["a"] })
        }
    }

    @Test("a source that cannot be read keeps everything, with the error and its age", arguments: TestDatabase.engines)
    func survivesOutages(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            Self.config,
            files: [
                "/data/root.yaml": Self.location.replacing("./*.entity.yaml", with: "./a.yaml"),
                "/data/a.yaml": Self.component("a"),
            ], engine: engine)
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["a"] })
            portal.files.remove("/data/a.yaml")
            _ = await refresh(portal, "component:default/a")
            #expect(await portal.eventually { await entity(portal, "component/default/a")["status"] != nil })
            let error = await entity(portal, "component/default/a")["status"]?["items"]?.array?.first?["error"]
            #expect(error?["name"] == "NotFoundError")
            #expect(error?["since"] != nil)
            #expect(error?["lastSuccess"] != nil)
            let root = await entity(portal, "location/default/root")
            #expect(root["status"]?["items"]?.array?.count == 1)
            portal.files.write("/data/a.yaml", Self.component("a"))
            _ = await refresh(portal, "component:default/a")
            #expect(await portal.eventually { await entity(portal, "component/default/a")["status"] == nil })
            #expect(await entity(portal, "location/default/root")["status"] == nil)
        }
    }

    @Test(
        "of two declarations the first stays, the error is of the second, both are named, and the second takes over",
        arguments: TestDatabase.engines)
    func resolvesConflicts(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            Self.config, files: ["/data/root.yaml": Self.location, "/data/a.entity.yaml": Self.component("same")],
            engine: engine)
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["same"] })
            portal.files.write("/data/b.entity.yaml", Self.component("same", extra: ", title: Second"))
            _ = await refresh(portal, "location:default/root")
            #expect(await portal.eventually { await entity(portal, "component/default/same")["status"] != nil })
            let same = await entity(portal, "component/default/same")
            #expect(same["metadata"]?["title"] == nil)
            // What the page's filter "Has errors" finds is what the page says of the entity: who was first has none.
            let found = await portal.send(.get, "/catalog?filters[kind]=all&filters[processing]=error")
            let list = String(decoding: found.body, as: UTF8.self)
            #expect(list.contains("/catalog/default/location/root"))
            #expect(!list.contains("/catalog/default/component/same"))
            let item = same["status"]?["items"]?.array?.first
            #expect(item?["level"] == "warning")
            for file in ["/data/a.entity.yaml", "/data/b.entity.yaml"] {
                #expect(item?["message"]?.string?.contains(file) == true)
            }
            let failing = try await SourceOverview.read(
                .init(isFailingOnly: true, find: ".entity"), in: portal.database)
            #expect(failing.lines.map(\.location.target) == ["/data/b.entity.yaml"])
            #expect(failing.lines.first?.wrong == 1)
            let root = await entity(portal, "location/default/root")
            #expect(root["status"]?["items"]?.array?.first?["message"]?.string?.contains("already declared") == true)
            portal.files.remove("/data/a.entity.yaml")
            _ = await refresh(portal, "location:default/root")
            #expect(
                await portal.eventually {
                    await entity(portal, "component/default/same")["metadata"]?["title"] == "Second"
                })
            #expect(await entity(portal, "component/default/same")["status"] == nil)
        }
    }

    @Test(
        "when the second of two declarations goes, or the way to it, neither is in conflict any more",
        arguments: TestDatabase.engines)
    func endsConflicts(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            Self.config, files: ["/data/root.yaml": Self.location, "/data/a.entity.yaml": Self.component("same")],
            engine: engine)
        try await portal.running { [self] in
            func isConflict(_ expected: Bool) async -> Bool {
                await portal.eventually {
                    for path in ["component/default/same", "location/default/root"] {
                        if await (entity(portal, path)["status"] != nil) != expected { return false }
                    }
                    return true
                }
            }
            #expect(await portal.eventually { await names(portal) == ["same"] })
            for way in ["file", "pattern"] {
                portal.files.write("/data/b.entity.yaml", Self.component("same"))
                portal.files.write("/data/root.yaml", Self.location)
                _ = await refresh(portal, "location:default/root")
                #expect(await isConflict(true), "\(way)")
                if way == "file" {
                    portal.files.remove("/data/b.entity.yaml")
                } else {
                    portal.files.write(
                        "/data/root.yaml", Self.location.replacing("./*.entity.yaml", with: "./a.entity.yaml"))
                }
                _ = await refresh(portal, "location:default/root")
                #expect(await isConflict(false), "\(way)")
            }
        }
    }

    /// Looking takes seconds, and many times that where all tests run beside it on few processors.
    private func soon(_ portal: TestPortal, _ condition: @Sendable () async -> Bool) async -> Bool {
        for _ in 0..<4 { if await portal.eventually(condition) { return true } }
        return false
    }

    @Test("what a pattern finds in folders that nobody watched is read soon, and so is what changes there meanwhile")
    func unwatchedFolders() async throws {
        let config = "catalog: { processingInterval: false, locations: [{ type: file, target: /data/**/info.yaml }] }"
        let portal = try await TestPortal.make(config, files: ["/data/a/info.yaml": Self.component("a")])
        try await portal.running { [self] in
            #expect(await soon(portal) { await names(portal) == ["a"] })
            portal.files.write("/data/new/b/info.yaml", Self.component("b"))
            #expect(await soon(portal) { await names(portal) == ["a", "b"] })
            portal.files.write("/data/new/b/info.yaml", Self.component("b", extra: ", title: Changed"))
            portal.files.announce(.path("/data/new/b/info.yaml"))
            #expect(
                await soon(portal) {
                    await entity(portal, "component/default/b")["metadata"]?["title"] == "Changed"
                })
            portal.files.remove("/data/new/b/info.yaml")
            #expect(await soon(portal) { await names(portal) == ["a"] })
        }
    }

    @Test("a location that was never read says once why, and since when", arguments: TestDatabase.engines)
    func neverRead(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            "catalog: { processingInterval: false, locations: [{ type: file, target: /data/none.yaml }] }",
            engine: engine)
        let items: @Sendable () async -> [JSONValue] = { [self] in
            let answer = json(await portal.send(.get, "/api/catalog/entities?filter=kind=location"))
            return answer.array?.first?["status"]?["items"]?.array ?? []
        }
        try await portal.running { [self] in
            #expect(await portal.eventually { await items().count == 1 })
            #expect(await items().first?["error"]?["since"] != nil)
            let location = json(await portal.send(.get, "/api/catalog/entities?filter=kind=location")).array?.first
            let name = location?["metadata"]?["name"]?.string ?? ""
            for _ in 0..<2 {
                #expect(await refresh(portal, "location:default/\(name)") == 200)
                #expect(
                    await portal.eventually {
                        let row = try? await portal.database.read { transaction in
                            try transaction.row("SELECT next_at FROM catalog_sources")?.integer(0)
                        }
                        return (row ?? 0) > 0
                    })
                #expect(await items().count == 1)
            }
        }
    }

    @Test("the history says who or what caused each change", arguments: TestDatabase.engines)
    func causes(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            Self.config, files: ["/data/root.yaml": Self.location, "/data/a.entity.yaml": Self.component("a")],
            engine: engine)
        let path = "/api/callboard/v1/entities/component/default/a/history"
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["a"] })
            let uid = await entity(portal, "component/default/a")["metadata"]?["uid"]?.string ?? ""
            let page = String(
                decoding: await portal.send(.get, "/catalog/default/component/a/history").body, as: UTF8.self)
            #expect(page.contains("Read from "))
            #expect(page.contains("…/a.entity.yaml"))
            #expect(await portal.send(.delete, "/api/catalog/entities/by-uid/\(uid)").status == .noContent)
            #expect(await portal.eventually { await names(portal) == ["a"] })
            let causes = (json(await portal.send(.get, path))["items"]?.array ?? []).map { $0["cause"] }
            let read: JSONValue = ["type": "location", "name": "file:/data/a.entity.yaml"]
            #expect(causes == [read, ["type": "service", "name": "tests"], read])
        }
    }

    @Test("a large loss is not believed at the first look", arguments: TestDatabase.engines)
    func guardsAgainstLoss(_ engine: Dialect) async throws {
        let many = (0..<30).map { Self.component("c\($0)") }.joined(separator: "\n---\n")
        let portal = try await TestPortal.make(
            Self.config, files: ["/data/root.yaml": Self.location, "/data/a.entity.yaml": many], engine: engine)
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal).count == 30 })
            portal.files.write("/data/a.entity.yaml", Self.component("c0"))
            _ = await refresh(portal, "component:default/c0")
            #expect(await portal.eventually { await entity(portal, "location/default/root")["status"] != nil })
            #expect(await names(portal).count == 30)
        }
    }

    @Test("locations that lead in a circle are read once each", arguments: TestDatabase.engines)
    func survivesCircles(_ engine: Dialect) async throws {
        let circle = Self.location.replacing("'./*.entity.yaml'", with: "./root.yaml, ./other.yaml")
        let portal = try await TestPortal.make(
            Self.config,
            files: [
                "/data/root.yaml": circle,
                "/data/other.yaml": circle.replacing("name: root", with: "name: other"),
            ], engine: engine)
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal, "kind=location").contains("other") })
            #expect(await names(portal, "kind=location").count == 3)
        }
    }

    @Test("a mistake in the kind keeps what the file declared, with the error", arguments: TestDatabase.engines)
    func keepsUnderWrongKinds(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            Self.config, files: ["/data/root.yaml": Self.location, "/data/a.entity.yaml": Self.component("a")],
            engine: engine)
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["a"] })
            let typo = Self.component("a").replacing("kind: Component", with: "kind: Compnent")
            portal.files.write("/data/a.entity.yaml", typo)
            _ = await refresh(portal, "component:default/a")
            #expect(await portal.eventually { await entity(portal, "component/default/a")["status"] != nil })
            #expect(await names(portal) == ["a"])
            portal.files.write("/data/a.entity.yaml", Self.component("a"))
            _ = await refresh(portal, "component:default/a")
            #expect(await portal.eventually { await entity(portal, "component/default/a")["status"] == nil })
        }
    }

    @Test("kinds that no rule allows are refused, with the mend")
    func holdsRules() async throws {
        let portal = try await TestPortal.make(
            Self.config,
            files: [
                "/data/root.yaml": Self.location,
                "/data/g.entity.yaml": """
                apiVersion: backstage.io/v1alpha1
                kind: Group
                metadata: { name: g }
                spec: { type: team, children: [] }
                """,
            ])
        try await portal.running { [self] in
            #expect(await portal.eventually { await entity(portal, "location/default/root")["status"] != nil })
            let item = await entity(portal, "location/default/root")["status"]?["items"]?.array?.first
            #expect(item?["message"]?.string?.contains("catalog.rules") == true)
            #expect(await names(portal, "kind=group") == [])
        }
    }

    @Test("placeholders are put in place, and read again with their entity")
    func replacesPlaceholders() async throws {
        let api = """
            apiVersion: backstage.io/v1alpha1
            kind: API
            metadata: { name: api }
            spec: { type: openapi, lifecycle: production, owner: team, definition: { $text: ./api.txt } }
            """
        let portal = try await TestPortal.make(
            Self.config,
            files: ["/data/root.yaml": Self.location, "/data/a.entity.yaml": api, "/data/api.txt": "one"])
        try await portal.running { [self] in
            #expect(
                await portal.eventually { await entity(portal, "api/default/api")["spec"]?["definition"] == "one" })
            portal.files.write("/data/api.txt", "two")
            _ = await refresh(portal, "api:default/api")
            #expect(
                await portal.eventually { await entity(portal, "api/default/api")["spec"]?["definition"] == "two" })
            portal.files.remove("/data/api.txt")
            _ = await refresh(portal, "api:default/api")
            #expect(await portal.eventually { await entity(portal, "api/default/api")["status"] != nil })
            #expect(await entity(portal, "api/default/api")["spec"]?["definition"] == "two")
        }
    }

    @Test(
        "a location is registered once, read, and takes its entities along when it goes",
        arguments: TestDatabase.engines)
    func registers(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            """
            backend: { reading: { allow: [{ host: files.example }] } }
            catalog: { processingInterval: false }
            """, engine: engine)
        let url = "https://files.example/a/catalog-info.yaml"
        portal.http.record(.get, url, Self.component("remote"))
        let body: JSONValue = ["type": "url", "target": .string(url)]
        try await portal.running { [self] in
            let dry = json(await portal.send(.post, "/api/catalog/locations?dryRun=true", json: body))
            #expect(dry["entities"]?.array?.count == 2)
            #expect(dry["exists"] == false)
            let created = await portal.send(.post, "/api/catalog/locations", json: body)
            #expect(created.status.code == 201)
            #expect(await portal.send(.post, "/api/catalog/locations", json: body).status.code == 409)
            #expect(await portal.eventually { await names(portal) == ["remote"] })
            let annotations = await entity(portal, "component/default/remote")["metadata"]?["annotations"]
            #expect(annotations?["backstage.io/source-location"] == "url:https://files.example/a/")
            let id = json(created)["location"]?["id"]?.string ?? ""
            #expect(json(await portal.send(.get, "/api/catalog/locations/\(id)"))["target"]?.string == url)
            #expect(await portal.send(.delete, "/api/catalog/locations/\(id)").status.code == 204)
            #expect(await names(portal) == [])
            #expect(await names(portal, "kind=location") == [])
            #expect(await portal.send(.delete, "/api/catalog/locations/\(id)").status.code == 404)
            let unexpected = portal.http.unexpected
            #expect(unexpected == [])
        }
    }

    @Test("an entity that is deleted comes back while its file declares it")
    func bringsBack() async throws {
        let portal = try await TestPortal.make(
            Self.config, files: ["/data/root.yaml": Self.location, "/data/a.entity.yaml": Self.component("a")])
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["a"] })
            let uid = await entity(portal, "component/default/a")["metadata"]?["uid"]?.string ?? ""
            #expect(await portal.send(.delete, "/api/catalog/entities/by-uid/\(uid)").status.code == 204)
            #expect(await portal.send(.delete, "/api/catalog/entities/by-uid/\(uid)").status.code == 204)
            #expect(
                await portal.eventually {
                    let now = await entity(portal, "component/default/a")["metadata"]?["uid"]?.string
                    return now != nil && now != uid
                })
        }
    }

    @Test("what is read survives a restart, and what left the configuration goes", arguments: TestDatabase.engines)
    func restarts(_ engine: Dialect) async throws {
        let files = ["/data/root.yaml": Self.location, "/data/a.entity.yaml": Self.component("a")]
        let database = try await TestDatabase.open(engine)
        let first = try await TestPortal.make(Self.config, files: files, database: database)
        try await first.running { [self] in
            #expect(await first.eventually { await names(first) == ["a"] })
        }
        let second = try await TestPortal.make(Self.config, files: files, database: database)
        #expect(await names(second) == ["a"])
        let third = try await TestPortal.make("catalog: { processingInterval: false }", database: database)
        #expect(await names(third) == [])
    }

    @Test(
        "a pattern is asked again for what came or went, and not for what only changed", arguments: TestDatabase.engines
    )
    func patternsOfChanges(_ engine: Dialect) async throws {
        let config = "catalog: { processingInterval: false, locations: [{ type: file, target: '/data/*.yaml' }] }"
        let names = (0..<40).map { "e\($0)" }
        let files = Dictionary(uniqueKeysWithValues: names.map { ("/data/\($0).yaml", Self.component($0)) })
        let portal = try await TestPortal.make(config, files: files, engine: engine)
        let requests: @Sendable () async throws -> Int64? = {
            try await portal.database.read { transaction in
                let sql: SQL = "SELECT requests FROM catalog_sources WHERE target = '/data/*.yaml'"
                return try transaction.row(sql)?.integer(0)
            }
        }
        try await portal.running { [self] in
            #expect(await portal.eventually { await self.names(portal).count == names.count })
            try await Task.sleep(for: .milliseconds(100))
            let before = try await requests()
            for name in names {
                portal.files.write("/data/\(name).yaml", Self.component(name, extra: ", title: Changed"))
                portal.files.announce(.path("/data/\(name).yaml"))
            }
            #expect(
                await portal.eventually {
                    for name in names
                    where await entity(portal, "component/default/\(name)")["metadata"]?["title"] == nil {
                        return false
                    }
                    return true
                })
            #expect(try await requests() == before)
            portal.files.remove("/data/e7.yaml")
            portal.files.announce(.path("/data/e7.yaml"))
            #expect(await portal.eventually { await self.names(portal).count == names.count - 1 })
            #expect(try await requests() != before)
        }
    }

    @Test("a change that is told is read, and where some were missed, every local file is")
    func watchedFiles() async throws {
        let portal = try await TestPortal.make(
            Self.config, files: ["/data/root.yaml": Self.location, "/data/a.entity.yaml": Self.component("a")])
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["a"] })
            for (title, change) in [("One", .path("/data/a.entity.yaml")), ("Two", .anything)] as [(String, FileChange)]
            {
                portal.files.write("/data/a.entity.yaml", Self.component("a", extra: ", title: \(title)"))
                #expect(
                    await portal.eventually {
                        // Whoever watches may just be beginning to.
                        portal.files.announce(change)
                        return await entity(portal, "component/default/a")["metadata"]?["title"]?.string == title
                    })
            }
        }
    }
}
