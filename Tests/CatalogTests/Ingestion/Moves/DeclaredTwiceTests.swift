import Database
import EntityModel
import HTTPTypes
import Logging
import PortalKit
import PortalServer
import PortalTesting
import Testing

@testable import Catalog

/// Entities that two files declare, when both declarations go at once.
@Suite struct DeclaredTwiceTests {
    private static let same = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: same }
        spec: { type: service, lifecycle: production, owner: team }
        """

    private static func config(_ targets: [String], _ rest: String = "") -> String {
        let locations = targets.map { "{ type: file, target: '\($0)' }" }.joined(separator: ", ")
        return "catalog: { processingInterval: false, locations: [\(locations)]\(rest) }"
    }

    private static func loaded(_ text: String) throws -> AppConfigLoader.Loaded {
        try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/app-config.yaml"])
    }

    private static func portal(
        _ targets: [String], _ rest: String = "", files: [String], engine: Dialect
    ) async throws -> TestPortal {
        try await TestPortal.make(
            config(targets, rest), files: Dictionary(files.map { ($0, same) }) { first, _ in first }, engine: engine)
    }

    private func components(_ portal: TestPortal) async -> [JSONValue] {
        let answer = await portal.send(.get, "/api/catalog/entities?filter=metadata.name=same")
        return (try? JSONParser.parse(answer.body))?.array ?? []
    }

    private func problems(_ portal: TestPortal) async -> [String] {
        let answer = await portal.send(.get, "/api/catalog/entities")
        return ((try? JSONParser.parse(answer.body))?.array ?? [])
            .flatMap { $0["status"]?["items"]?.array ?? [] }.compactMap { $0["message"]?.string }
    }

    private func isDeclaredTwice(_ portal: TestPortal) async -> Bool {
        await problems(portal).contains { $0.contains("is already declared by") }
    }

    private func count(_ table: SQL, _ portal: TestPortal) async throws -> Int {
        try await portal.database.read { try $0.row("SELECT COUNT(*) FROM \(sql: table)")?.int(0) ?? -1 }
    }

    private func reload(_ portal: TestPortal, _ current: AppConfig, _ text: String) async throws -> AppConfig {
        let next = try Self.loaded(text)
        return await ConfigWatch(
            plugins: standardPlugins, reloads: portal.registry.all(ConfigReload.self),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, load: { next }
        ).reload(current)
    }

    @Test("what two files of a pattern declare goes with both", arguments: TestDatabase.engines, ["delete", "keep"])
    func pattern(_ engine: Dialect, _ strategy: String) async throws {
        let files = ["/data/pat/p1.yaml", "/data/pat/p2.yaml"]
        let portal = try await Self.portal(
            ["/data/pat/*.yaml"], ", orphanStrategy: \(strategy)", files: files, engine: engine)
        portal.files.write("/data/pat/p3.yaml", Self.same.replacing("name: same", with: "name: other"))
        try await portal.running { [self] in
            #expect(await portal.eventually { await isDeclaredTwice(portal) })
            for file in files { portal.files.remove(file) }
            portal.files.announce(.anything)
            if strategy == "delete" {
                #expect(await portal.eventually { await components(portal).isEmpty })
            } else {
                #expect(
                    await portal.eventually {
                        await components(portal).first?["metadata"]?["annotations"]?["backstage.io/orphan"] == "true"
                    })
            }
            let problems = await problems(portal)
            #expect(problems.isEmpty, "\(problems)")
            let claims = try await count("catalog_claims", portal)
            #expect(claims == 0)
        }
    }

    @Test("what two configured locations declare goes with both, and comes back", arguments: TestDatabase.engines)
    func configured(_ engine: Dialect) async throws {
        let files = ["/data/a.yaml", "/data/b.yaml"]
        let portal = try await Self.portal(files, files: files, engine: engine)
        let first = try Self.loaded(Self.config(files)).config
        try await portal.running { [self] in
            #expect(await portal.eventually { await isDeclaredTwice(portal) })
            let none = try await reload(portal, first, Self.config([]))
            #expect(await portal.eventually { await components(portal).isEmpty })
            let one = try await reload(portal, none, Self.config(["/data/b.yaml"]))
            #expect(await portal.eventually { await components(portal).count == 1 })
            #expect(await problems(portal).isEmpty)
            _ = try await reload(portal, one, Self.config(files))
            #expect(await portal.eventually { await isDeclaredTwice(portal) })
        }
    }

    @Test("what an earlier version left of sources that have gone, goes at start", arguments: TestDatabase.engines)
    func heals(_ engine: Dialect) async throws {
        let portal = try await Self.portal(["/data/a.yaml"], files: ["/data/a.yaml"], engine: engine)
        let first = try Self.loaded(Self.config(["/data/a.yaml"])).config
        try await portal.running { [self] in
            #expect(await portal.eventually { await components(portal).count == 1 })
            try await portal.database.write { transaction in
                try transaction.run("DELETE FROM catalog_sources")
                try transaction.run(
                    """
                    INSERT INTO catalog_claims (ref, source_id, body, edges, hash, claimed_at)
                    SELECT ref, 4711, body, edges, hash, 0 FROM catalog_entities
                    """)
            }
            _ = try await reload(portal, first, Self.config([]))
            #expect(await portal.eventually { await components(portal).isEmpty })
            let left = (try await count("catalog_entities", portal), try await count("catalog_claims", portal))
            #expect(left == (0, 0))
        }
    }
}
