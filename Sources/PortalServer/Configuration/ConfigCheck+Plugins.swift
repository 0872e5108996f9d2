import Database
import Logging
import PortalKit

/// What only the server and the plugins can judge.
extension ConfigCheck {
    /// Of one plugin; each costs another try.
    private static let mostMistakes = 1_000

    /// Makes the plugins as boot does, without a database of the configuration's or any request, and asks them for
    /// advice. What is wrong is told and left out, so that one mistake does not hide others.
    /// - Parameter files: nil for those of this machine.
    package mutating func checkPlugins(_ types: [any Plugin.Type], files: (any Workspace)? = nil) async throws {
        var right = config
        for path in wrongPaths { right = right.without(path) ?? right }
        _ = take(&right) { try ServerSettings($0) }
        let database = try await ConfiguredDatabase.open(.memory)
        let services = PluginEnvironment.Services()
        var plugins: [any Plugin] = []
        for type in types {
            let plugin = take(&right) { config in
                try type.init(
                    PluginEnvironment(
                        config: PluginConfig(config, keys: type.configKeys, plugin: type.id),
                        logger: Logger(label: "callboard") { _ in SwiftLogNoOpLogHandler() }, clock: SystemClock(),
                        database: database, dataFolder: nil, fetcher: LiveHTTPFetcher(trustedHosts: TrustedHosts()),
                        files: files ?? LiveWorkspace(), services: services))
            }
            if let plugin = plugin ?? nil { plugins.append(plugin) }
        }
        let registry = PluginRegistry(plugins)
        services.registry.bind(registry)
        for advice in registry.all(ConfigAdvice.self) {
            do { for sentence in try await advice.find() { warn(sentence) } } catch { add(error) }
        }
        await database.close()
        dropToldTwice()
        sort()
    }

    /// Makes something of a configuration, again and again without what is wrong in it.
    private mutating func take<Made>(_ config: inout AppConfig, _ make: (AppConfig) throws -> Made) -> Made? {
        for _ in 0..<Self.mostMistakes {
            do { return try make(config) } catch {
                guard let path = (error as? PortalError)?.configMistake?.path else {
                    add(error)
                    return nil
                }
                // Where something was left out, what is missing there or around it follows from that.
                if !wrongPaths.contains(where: { Self.stands($0, at: path) }) { add(error) }
                guard let next = config.without(path) else { return nil }
                config = next
            }
        }
        return nil
    }

    private static func stands(_ path: String, at place: String) -> Bool {
        path == place || path.hasPrefix("\(place).") || path.hasPrefix("\(place)[")
    }
}
