import EntityModel
import HTTPTypes
import Logging
import PortalKit
import PortalServer
import PortalTesting
import Testing

@testable import Access

/// Tokens that come and go while the portal runs.
@Suite struct AccessReloadTests {
    private func config(_ tokens: [String], rest: String = "") throws -> AppConfigLoader.Loaded {
        let list = tokens.map { "{ type: static, options: { token: \($0), subject: ci } }" }.joined(separator: ", ")
        let text = "backend: { auth: { externalAccess: [\(list)] } }\n\(rest)"
        return try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/app-config.yaml"])
    }

    private func reload(_ access: AccessPortal, _ next: AppConfigLoader.Loaded, from current: AppConfig) async
        -> AppConfig
    {
        await ConfigWatch(
            plugins: standardPlugins, reloads: access.portal.registry.all(ConfigReload.self),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, load: { next }
        ).reload(current)
    }

    @Test("a token is good from when it is written to when it is taken out, and its restrictions with it")
    func tokens() async throws {
        let access = try await AccessPortal.make(
            "backend: { auth: { externalAccess: [] } }", plugins: [ProbePlugin.self])
        func status(_ token: String) async -> Int { await access.status(.get, "/api/probe/read", token: token) }
        var current = try config([]).config
        #expect(await status("first-token") == 401)
        current = await reload(access, try config(["first-token"]), from: current)
        #expect(await status("first-token") == 200)
        current = await reload(access, try config(["short"]), from: current)
        #expect(await status("first-token") == 200, "what is wrong is not taken over")
        let text = """
            backend:
              auth:
                externalAccess:
                  - { type: static, options: { token: first-token, subject: ci }, accessRestrictions: [{ plugin: x }] }
                  - { type: static, options: { token: other-token, subject: ci } }
            """
        let both = try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/app-config.yaml"])
        current = await reload(access, both, from: current)
        #expect(await status("first-token") == 403)
        #expect(await status("other-token") == 200)
        current = await reload(access, try config([]), from: current)
        #expect(await status("first-token") == 401)
        #expect(await status("other-token") == 401)
    }

    @Test("what is dangerous is said at each start")
    func warnings() throws {
        func warnings(_ text: String) throws -> [String] {
            let loaded = try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/a.yaml"])
            return try AccessSettings { loaded.config.node($0) }.warnings
        }
        let github = "auth: { providers: { github: {} } }"
        #expect(
            try warnings(github) == [
                "auth.providers.github is not offered by this version; people cannot sign in with it (a.yaml:1)."
            ])
        let open = "backend: { listen: ':7007', auth: { dangerouslyDisableDefaultAuthPolicy: true } }"
        #expect(try warnings(open).contains { $0.contains("who reaches this portal may read and change everything") })
        let guests = "auth: { providers: { guest: { dangerouslyAllowOutsideDevelopment: true } } }"
        #expect(try warnings(guests).contains { $0.contains("may sign in as guest") })
        #expect(try warnings(guests + "\nbackend: { listen: '127.0.0.1:7007' }").isEmpty)
        #expect(try warnings("auth: { providers: { guest: {} } }").isEmpty)
    }

    @Test("what is configured in vain is said at each start and by config check")
    func advice() throws {
        func advice(_ text: String) throws -> [String] {
            let loaded = try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/a.yaml"])
            return try AccessSettings { loaded.config.node($0) }.advice.map(\.message)
        }
        let guest = "auth: { providers: { guest: {} } }"
        #expect(try advice(guest).contains { $0.contains("auth.providers.guest lets nobody sign in") })
        for (listen, mend) in [
            (":7001", "listen: 127.0.0.1:7001"), ("{ port: 80 }", "listen.host: 127.0.0.1"),
            ("", "listen: 127.0.0.1:7007"),
        ] {
            let listener =
                listen.isEmpty ? "" : "\nbackend: { listen: \(listen.hasPrefix("{") ? listen : "'\(listen)'") }"
            let found = try advice(guest + listener)
            #expect(found.contains { $0.contains("; for this machine alone set backend.\(mend)") }, "\(found)")
        }
        #expect(try advice("auth: { providers: { okta: {} } }").contains { $0.contains("Guest sign-in is off") })
        #expect(try advice(guest + "\nbackend: { listen: '127.0.0.1:7007' }").isEmpty)
        #expect(
            try advice("permission: { enabled: true }").contains { $0.contains("permission.enabled has no effect") })
        #expect(try advice("permission: { enabled: false }").isEmpty)
    }
}
