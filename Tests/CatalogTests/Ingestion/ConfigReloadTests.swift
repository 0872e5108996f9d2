import Catalog
import Database
import EntityModel
import HTTPTypes
import Logging
import PortalKit
import PortalServer
import PortalTesting
import Testing

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
