import Database
import EntityModel
import HTTPTypes
import Logging
import PortalKit
import PortalServer
import PortalTesting
import Testing

@testable import Catalog

/// Configuration that changes while the portal runs.
@Suite struct ConfigReloadTests {
    private static func component(_ name: String) -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: \(name) }
        spec: { type: service, lifecycle: production, owner: team }
        """
    }

    private static func config(_ names: [String], rest: String = "") throws -> AppConfigLoader.Loaded {
        let locations = names.map { "{ type: file, target: /data/\($0).yaml }" }.joined(separator: ", ")
        let text = "catalog: { processingInterval: false, locations: [\(locations)] }\n\(rest)"
        return try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/app-config.yaml"])
    }

    private func names(_ portal: TestPortal) async -> [String] {
        let answer = await portal.send(.get, "/api/catalog/entities?filter=kind=component&fields=metadata.name")
        let list = (try? JSONParser.parse(answer.body))?.array ?? []
        return list.compactMap { $0["metadata"]?["name"]?.string }
    }

    private func watch(_ portal: TestPortal, _ next: AppConfigLoader.Loaded?) -> ConfigWatch {
        ConfigWatch(
            plugins: standardPlugins, reloads: portal.registry.all(ConfigReload.self),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            load: {
                guard let next else { throw PortalError(.input, "app-config.yaml:1: broken.") }
                return next
            })
    }

    @Test("locations come and go with the configuration, without a restart", arguments: TestDatabase.engines)
    func followsConfiguration(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            "catalog: { processingInterval: false, locations: [{ type: file, target: /data/a.yaml }] }",
            files: ["/data/a.yaml": Self.component("a"), "/data/b.yaml": Self.component("b")], engine: engine)
        let first = try Self.config(["a"]).config
        try await portal.running { [self] in
            #expect(await portal.eventually { await names(portal) == ["a"] })
            let both = await watch(portal, try Self.config(["a", "b"])).reload(first)
            #expect(await portal.eventually { await names(portal) == ["a", "b"] })
            let one = await watch(portal, try Self.config(["b"])).reload(both)
            #expect(await portal.eventually { await names(portal) == ["b"] })
            #expect(one.node("catalog.locations[0].target").value == "/data/b.yaml")
        }
    }

    @Test(
        "what failed for want of a host in backend.reading.allow is read again as soon as it is there",
        arguments: TestDatabase.engines)
    func readsWhatIsAllowed(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(try Self.allowing(["good.example"]).text, engine: engine)
        portal.http.record(.get, "https://late.example/b.yaml", Self.component("b"))
        portal.http.record(.get, "https://late.example/text", "here")
        portal.http.record(
            .get, "https://good.example/a.yaml",
            Self.component("a").replacing(
                "owner: team", with: "owner: team, note: { $text: 'https://late.example/text' }"))
        let first = try Self.allowing(["good.example"]).loaded.config
        try await portal.running { [self] in
            for target in ["https://good.example/a.yaml", "https://late.example/b.yaml"] {
                let body: JSONValue = ["type": "url", "target": .string(target)]
                #expect(await portal.send(.post, "/api/catalog/locations", json: body).status == .created)
            }
            let failing: SQL = "SELECT COUNT(*) FROM catalog_sources WHERE next_at > 0 AND lease_until = 0"
            #expect(
                await portal.eventually {
                    (try? await portal.database.read { try $0.row(failing)?.int(0) }) == 2
                })
            // However rarely they are tried by themselves.
            try await portal.database.write { try $0.run("UPDATE catalog_sources SET next_at = \(RefreshQueue.never)") }
            #expect(await portal.eventually { await names(portal) == ["a"] })
            let other = await watch(portal, try Self.allowing(["good.example", "other.example"]).loaded).reload(first)
            #expect(portal.http.requests.allSatisfy { !$0.url.contains("late") })
            _ = await watch(portal, try Self.allowing(["good.example", "late.example"]).loaded).reload(other)
            #expect(await portal.eventually { await names(portal) == ["a", "b"] })
            #expect(
                await portal.eventually {
                    let answer = await portal.send(.get, "/api/catalog/entities/by-name/component/default/a")
                    return (try? JSONParser.parse(answer.body))?["spec"]?["note"] == "here"
                })
        }
    }

    private static func allowing(_ hosts: [String]) throws -> (text: String, loaded: AppConfigLoader.Loaded) {
        let list = hosts.map { "{ host: \($0) }" }.joined(separator: ", ")
        let text = """
            catalog: { processingInterval: false }
            backend: { reading: { allow: [\(list)] } }
            """
        return (text, try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/app-config.yaml"]))
    }

    @Test("a configuration that is wrong is not taken over")
    func keepsOldConfiguration() async throws {
        let portal = try await TestPortal.make(
            "catalog: { processingInterval: false, locations: [{ type: file, target: /data/a.yaml }] }",
            files: ["/data/a.yaml": Self.component("a")])
        let first = try Self.config(["a"]).config
        let unreadable = await watch(portal, nil).reload(first)
        #expect(unreadable.root == first.root)
        let text = "catalog: { rules: [{ deny: [API] }], locations: [] }"
        let wrong = try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/app-config.yaml"])
        let kept = await watch(portal, wrong).reload(first)
        #expect(kept.root == first.root)
        let scalar = try AppConfigLoader(environment: [:]) { _ in Array("catalog: hello".utf8) }
            .load(["/portal/app-config.yaml"])
        #expect(await watch(portal, scalar).reload(first).root == first.root)
        try await portal.running { [self] in #expect(await portal.eventually { await names(portal) == ["a"] }) }
    }
}
