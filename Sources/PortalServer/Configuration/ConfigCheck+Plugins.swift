import Database
import Logging
import PortalKit

/// What only the server and the plugins can judge.
extension ConfigCheck {
    /// Of one plugin; each costs another try.
    private static let mostMistakes = 1_000
    /// Keys that say how what is beside them is read: while one is wrong, nothing there can be judged.
    private static let deciding = ["backend.database.client": "backend.database"]

    /// Makes the plugins as boot does, without a database of the configuration's or any request, and asks them for
    /// advice. What is wrong is told and left out, so that one mistake does not hide others.
    /// - Parameters:
    ///   - files: nil for those of this machine.
    ///   - advises: whether to ask for advice, which may look at many files.
    package mutating func checkPlugins(
        _ types: [any Plugin.Type], files: (any Workspace)? = nil, advises: Bool = true
    ) async throws {
        var right = config
        for path in wrongPaths { right = Self.without(path, in: right) ?? right }
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
        for advice in advises ? registry.all(ConfigAdvice.self) : [] {
            do { for sentence in try await advice.find() where !isConsequence(sentence) { warn(sentence) } } catch {
                add(error)
            }
        }
        await database.close()
        dropToldTwice()
        tellVariablesOnce()
        sort()
    }

    private static func without(_ path: String, in config: AppConfig) -> AppConfig? {
        config.without(deciding[path] ?? path)
    }

    /// Whether it is about a place where something wrong was left out.
    private func isConsequence(_ error: any Error) -> Bool {
        guard let path = (error as? PortalError)?.configMistake?.path else { return false }
        return wrongPaths.contains { Self.stands($0, at: path) || Self.stands(path, at: $0) }
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
                if !isConsequence(error) { add(error) }
                guard let next = Self.without(path, in: config) else { return nil }
                config = next
            }
        }
        return nil
    }
}
