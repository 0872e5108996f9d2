import EntityModel
import HTTPTypes
import Logging
import PortalKit
import PortalServer
import PortalTesting
import Synchronization
import Testing

/// The server's own configuration, changed while the portal runs.
@Suite struct ConfigWatchTests {
    /// Keeps what is logged.
    private final class Log: Sendable {
        private let lines = Mutex<[String]>([])

        var texts: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private struct Handler: LogHandler {
        let log: Log
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { log.add("\(event.level): \(event.message)") }
    }

    private func load(_ text: String) throws -> AppConfigLoader.Loaded {
        try AppConfigLoader(environment: [:]) { _ in Array(text.utf8) }.load(["/portal/app-config.yaml"])
    }

    @Test("a new title is on the next page")
    func title() async throws {
        let portal = try await TestPortal.make("app: { title: Old name }")
        func page() async -> String { String(decoding: await portal.send(.get, "/sign-in").body, as: UTF8.self) }
        #expect(await page().contains("Old name"))
        let next = try load("app: { title: New name }")
        let watch = ConfigWatch(
            plugins: standardPlugins, reloads: [], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            server: { portal.take($0) }, load: { next })
        _ = await watch.reload(try load("app: { title: Old name }").config)
        #expect(await page().contains("New name"))
        #expect(await !page().contains("Old name"))
    }

    @Test("what takes effect at once is handed over; what needs a restart is named, without its value")
    func lateKeys() async throws {
        let log = Log()
        let taken = Mutex<[String]>([])
        func reload(_ old: String, _ new: String) async throws {
            let next = try load(new)
            let watch = ConfigWatch(
                plugins: standardPlugins, reloads: [], logger: Logger(label: "test") { _ in Handler(log: log) },
                server: { config in taken.withLock { $0.append(config.node("app.title").value?.string ?? "none") } },
                load: { next })
            _ = await watch.reload(try load(old).config)
        }
        let secret = "auth: { session: { secret: "
        try await reload(
            "backend: { listen: ':7007' }\n\(secret)shh-shh-1 } }",
            "backend: { listen: ':7008' }\n\(secret)shh-shh-2 } }")
        #expect(taken.withLock { $0 } == [])
        #expect(log.texts.contains("warning: backend.listen was changed; it takes effect after a restart."))
        #expect(log.texts.contains("warning: auth.session.secret was changed; it takes effect after a restart."))
        #expect(!log.texts.contains { $0.contains("shh") })
        let count = log.texts.count
        try await reload("app: { title: a }", "app: { title: b }")
        try await reload("app: { title: b }", "app: { title: b }\nbackend: { reading: { allow: [{ host: h }] } }")
        #expect(taken.withLock { $0 } == ["b", "b"])
        #expect(!log.texts.dropFirst(count).contains { $0.contains("restart") })
    }

    @Test("where the server cannot take a change over, nobody does")
    func refused() async throws {
        let next = try load("app: { title: b }")
        let old = try load("app: { title: a }").config
        let log = Log()
        let watch = ConfigWatch(
            plugins: standardPlugins, reloads: [], logger: Logger(label: "test") { _ in Handler(log: log) },
            server: { _ in throw PortalError(.input, "Configuration: no.") }, load: { next })
        #expect(await watch.reload(old).root == old.root)
        #expect(log.texts == ["error: The configuration was not taken over: Configuration: no."])
    }
}
