import EntityModel
import PortalKit
import PortalServer
import Testing

/// `callboard config check` and `print`.
@Suite struct ConfigCheckTests {
    private static let keys = ConfigInspection.keys(standardPlugins)

    private func config(_ text: String) throws -> AppConfig {
        try AppConfigLoader(environment: ["T": "shh-from-outside"]) { _ in Array(text.utf8) }
            .load(["/portal/app-config.yaml"]).config
    }

    @Test(
        "misspelt keys have a suggestion, keys of Backstage are named, wrong values are errors",
        arguments: [
            ("backend: { databse: { client: pg } }", "warning", "Did you mean backend.database?"),
            ("catalog: { locatons: [] }", "warning", "Did you mean catalog.locations?"),
            ("zebra: 1", "warning", "zebra is known neither to Callboard nor to Backstage (app-config.yaml:1)"),
            ("kubernetes: { clusterLocatorMethods: [] }", "unused", "kubernetes is not used by Callboard"),
            ("auth: { providers: { github: { a: 1 } } }", "unused", "auth.providers.github is not used"),
            ("backend: { listen: { port: many } }", "error", "backend.listen.port must be a number"),
            ("catalog: { readonly: perhaps }", "error", "catalog.readonly must be true or false"),
        ])
    func findings(_ text: String, _ severity: String, _ expected: String) throws {
        let check = ConfigCheck(try config(text), keys: Self.keys)
        #expect(
            check.findings.contains { $0.severity.rawValue == severity && $0.message.contains(expected) },
            "\(check.findings)")
    }

    @Test("what only a plugin knows to be wrong is found too")
    func plugins() async throws {
        let config = try config("catalog: { orphanStrategy: burn }")
        var check = ConfigCheck(config, keys: Self.keys)
        #expect(!check.hasErrors)
        try await check.checkPlugins(standardPlugins, config)
        #expect(check.findings.contains { $0.message.contains("catalog.orphanStrategy must be delete or keep") })
    }

    @Test("secrets are never printed, declared or not")
    func prints() throws {
        let printed = ConfigPrint(
            try config(
                """
                app: { title: Seen }
                backend:
                  auth: { externalAccess: [{ type: static, options: { token: shh-declared, subject: s } }] }
                  database: { client: pg, connection: "postgresql://u:shh-address@h/d" }
                integrations: { github: [{ host: github.com, token: shh-named }] }
                custom: { $env: T }
                """), keys: Self.keys)
        let text = YAMLWriter.text(printed.root) + printed.lines.joined(separator: "\n")
        #expect(!text.contains("shh-"))
        #expect(text.contains("title: Seen"))
        #expect(text.contains("host: github.com"))
    }
}
