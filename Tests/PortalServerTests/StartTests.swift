import Foundation
import PortalKit
import PortalTesting
import Testing

@testable import PortalServer

/// Starts that fail before anything is served, and what the log says of one that does not.
@Suite struct StartTests {
    private func message(_ listen: ServerSettings.Address) -> String? {
        do {
            try ListenProbe.check(listen)
            return nil
        } catch { return (error as? PortalError)?.message ?? "\(error)" }
    }

    @Test("an address where nobody can listen is told with its mend")
    func addresses() async throws {
        #expect(message(.init(host: "127.0.0.1", port: 0)) == nil)
        #expect(
            message(.init(host: "192.0.2.1", port: 7007))
                == "This machine has no address 192.0.2.1, which backend.listen names. Set backend.listen to "
                + "'127.0.0.1:7007' for this machine alone, or to ':7007' for its networks too.")
        #expect(message(.init(host: "no such host", port: 7007))?.hasPrefix("The host 'no such host' of ") == true)
        let rights = ServerSettings.Address(host: "::1", port: 80).refusal(EACCES)
        #expect(rights.hasSuffix("APP_CONFIG_backend_listen=[::1]:7007."))
        try await TestServer.run([]) { server in
            let taken = message(.init(host: "127.0.0.1", port: server.port))
            #expect(taken?.hasPrefix("Port \(server.port) is taken by another program.") == true)
        }
    }

    @Test("a start that fails leaves nothing behind")
    func nothingLeft() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/app-config.yaml"
        @Sendable func start(_ text: String) async throws -> String {
            try folder.write("app-config.yaml", text)
            do { try await PortalServer.run(standardPlugins, configPaths: [path]) } catch let error as PortalError {
                return error.message
            }
            return "It ran."
        }
        let mistakes = try await start(
            "catalog: { orphanStrategy: burn, locations: [{}] }\nauth: { session: { secret: a } }")
        for what in ["3 mistakes", "catalog.orphanStrategy must", "auth.session.secret must"] {
            #expect(mistakes.contains(what), "\(mistakes)")
        }
        try await TestServer.run([]) { server in
            let taken = try await start("backend: { listen: '127.0.0.1:\(server.port)' }")
            #expect(taken.contains("is taken by another program"), "\(taken)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["app-config.yaml"])
    }

    @Test(
        "the log names the port that is served, and links only where they are configured",
        arguments: [
            ("backend: { listen: '127.0.0.1:0' }", "http://localhost:5 (ready after 7 ms)"),
            ("backend: { listen: '10.0.0.1:0' }", "http://10.0.0.1:5 (ready after 7 ms)"),
            ("backend: { listen: '[fd00::1]:0' }", "http://[fd00::1]:5 (ready after 7 ms)"),
            ("app: { baseUrl: 'http://localhost:5' }", "http://localhost:5 (ready after 7 ms)"),
            (
                "app: { baseUrl: 'https://portal.example' }",
                "http://localhost:5 (ready after 7 ms); links lead to app.baseUrl, https://portal.example"
            ),
        ])
    func greeting(_ text: String, _ expected: String) throws {
        let config = try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/a.yaml"]).config
        let said = PortalServer.greeting(try ServerSettings(config), listening: 5, after: .milliseconds(7))
        #expect(said == "Callboard is at \(expected)")
    }

    @Test("the command that tells more has the files of the start")
    func command() {
        #expect(ConfigInspection.command([]) == "callboard config check")
        #expect(
            ConfigInspection.command(["a.yaml", "our portal's.yaml"])
                == #"callboard config check --config a.yaml --config 'our portal'\''s.yaml'"#)
    }
}
