import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// Files that move, go and come under a pattern: what is declared still keeps its entity.
@Suite struct MovedFilesTests {
    private static let config =
        "catalog: { processingInterval: false, locations: [{ type: file, target: '/data/**/info.yaml' }] }"

    private static func component(_ name: String, owner: String = ", owner: team") -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: \(name) }
        spec: { type: service, lifecycle: production\(owner) }
        """
    }

    private static func portal(_ names: [String], _ engine: Dialect) async throws -> TestPortal {
        let files = names.map { ("/data/old/\($0)/info.yaml", component($0)) }
        return try await TestPortal.make(
            config, files: Dictionary(files) { first, _ in first }, engine: engine)
    }

    private func list(_ portal: TestPortal, _ kind: String) async -> [JSONValue] {
        let answer = await portal.send(.get, "/api/catalog/entities?filter=kind=\(kind)")
        return (try? JSONParser.parse(answer.body))?.array ?? []
    }

    /// By name what an entity's uid is.
    private func uids(_ portal: TestPortal) async -> [String: String] {
        var found: [String: String] = [:]
        for entity in await list(portal, "component") {
            found[entity["metadata"]?["name"]?.string ?? ""] = entity["metadata"]?["uid"]?.string
        }
        return found
    }

    private func places(_ portal: TestPortal) async -> [String] {
        await list(portal, "component").compactMap {
            $0["metadata"]?["annotations"]?["backstage.io/managed-by-location"]?.string
        }
    }

    private func problems(_ portal: TestPortal, _ kind: String = "location") async -> [String] {
        await list(portal, kind).flatMap { $0["status"]?["items"]?.array ?? [] }
            .compactMap { $0["message"]?.string }
    }

    private func soon(_ portal: TestPortal, _ condition: @Sendable () async -> Bool) async -> Bool {
        for _ in 0..<6 { if await portal.eventually(condition) { return true } }
        return false
    }

    private func move(_ names: [String], _ portal: TestPortal, _ change: (String) -> String = { component($0) }) {
        for name in names {
            portal.files.remove("/data/old/\(name)/info.yaml")
            portal.files.write("/data/new/\(name)/info.yaml", change(name))
        }
        portal.files.announce(.anything)
    }

    @Test("entities of files that move keep their uids, and nothing is told as lost", arguments: TestDatabase.engines)
    func moved(_ engine: Dialect) async throws {
        for count in [2, 40] {
            let names = (0..<count).map { "e\($0)" }
            let portal = try await Self.portal(names, engine)
            try await portal.running { [self] in
                #expect(await soon(portal) { await uids(portal).count == count })
                let before = await uids(portal)
                move(names, portal)
                #expect(
                    await soon(portal) {
                        let places = await places(portal)
                        return places.count == count && places.allSatisfy { $0.hasPrefix("file:/data/new/") }
                    })
                #expect(await uids(portal) == before)
                #expect(await soon(portal) { await problems(portal).isEmpty })
                #expect(await problems(portal, "component").isEmpty)
            }
        }
    }

    @Test("files that move and change at once keep their uids too")
    func movedAndChanged() async throws {
        let names = (0..<21).map { "e\($0)" }
        let portal = try await Self.portal(names, .sqlite)
        try await portal.running { [self] in
            #expect(await soon(portal) { await uids(portal).count == 21 })
            let before = await uids(portal)
            move(names, portal) { Self.component($0).replacing("production", with: "deprecated") }
            #expect(
                await soon(portal) {
                    await list(portal, "component").allSatisfy { $0["spec"]?["lifecycle"] == "deprecated" }
                })
            #expect(await uids(portal) == before)
        }
    }

    @Test("many files that go at once are held, however that is noticed", arguments: TestDatabase.engines)
    func held(_ engine: Dialect) async throws {
        let names = (0..<41).map { "e\($0)" }
        let portal = try await Self.portal(names, engine)
        try await portal.running { [self] in
            #expect(await soon(portal) { await uids(portal).count == 41 })
            for name in names.prefix(20) { portal.files.remove("/data/old/\(name)/info.yaml") }
            portal.files.announce(.anything)
            #expect(
                await soon(portal) {
                    await problems(portal).contains { $0.contains("20 of 42 entities are gone from") }
                })
            #expect(await uids(portal).count == 41)
            // They are there again.
            for name in names.prefix(20) { portal.files.write("/data/old/\(name)/info.yaml", Self.component(name)) }
            portal.files.announce(.anything)
            #expect(await soon(portal) { await problems(portal).isEmpty })
            #expect(await uids(portal).count == 41)
        }
    }

    @Test("a few files that go are gone at once")
    func few() async throws {
        let portal = try await Self.portal(["a", "b", "c"], .sqlite)
        try await portal.running { [self] in
            #expect(await soon(portal) { await uids(portal).count == 3 })
            portal.files.remove("/data/old/a/info.yaml")
            portal.files.announce(.anything)
            #expect(await soon(portal) { await uids(portal).keys.sorted() == ["b", "c"] })
            #expect(await problems(portal).isEmpty)
        }
    }

    @Test("the last good version moves with a file that is wrong", arguments: TestDatabase.engines)
    func broken(_ engine: Dialect) async throws {
        let portal = try await Self.portal(["a", "b"], engine)
        try await portal.running { [self] in
            #expect(await soon(portal) { await uids(portal).count == 2 })
            let before = await uids(portal)
            portal.files.write("/data/old/a/info.yaml", Self.component("a", owner: ""))
            portal.files.announce(.anything)
            #expect(await soon(portal) { await !problems(portal, "component").isEmpty })
            move(["a", "b"], portal) { Self.component($0, owner: $0 == "a" ? "" : ", owner: team") }
            #expect(await soon(portal) { await places(portal).contains("file:/data/new/b/info.yaml") })
            // What has gone is decided on a second look.
            try await Task.sleep(for: .seconds(3))
            #expect(await uids(portal) == before)
            #expect(await problems(portal, "component").contains { $0.contains("spec.owner") })
        }
    }

    @Test("what was declared second and is shown now is no conflict any more", arguments: TestDatabase.engines)
    func heir(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            Self.config,
            files: ["/data/a/info.yaml": Self.component("same"), "/data/other.txt": ""], engine: engine)
        try await portal.running { [self] in
            #expect(await soon(portal) { await uids(portal).count == 1 })
            for folder in ["b", "c"] { portal.files.write("/data/\(folder)/info.yaml", Self.component("same")) }
            #expect(
                await soon(portal) {
                    portal.files.announce(.anything)
                    return await problems(portal).count == 2
                })
            #expect(await problems(portal).allSatisfy { $0.contains("already declared by file:/data/a/info.yaml") })
            portal.files.remove("/data/a/info.yaml")
            portal.files.announce(.anything)
            #expect(await soon(portal) { await problems(portal).count == 1 })
            let place = try #require(await places(portal).first)
            #expect(place != "file:/data/a/info.yaml")
            #expect(await problems(portal).allSatisfy { $0.contains("already declared by \(place)") })
        }
    }
}
