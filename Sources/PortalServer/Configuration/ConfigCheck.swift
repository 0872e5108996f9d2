import Database
import EntityModel
import Logging
import PortalKit

/// What `callboard config check` has to say of a configuration.
package struct ConfigCheck: Sendable {
    /// A key that deserves a word.
    package struct Finding: Sendable, Hashable {
        package enum Severity: String, Sendable {
            /// The portal would not start.
            case error
            /// Nobody knows the key, or what is written leads to nothing.
            case warning
            /// Backstage knows it, Callboard does not use it.
            case unused
        }

        package let severity: Severity
        package let message: String
    }

    package private(set) var findings: [Finding] = []

    package var hasErrors: Bool { firstError != nil }

    /// Why the portal does not start.
    var firstError: PortalError? {
        findings.first { $0.severity == .error }.map { PortalError(.input, $0.message) }
    }

    /// Looks at keys and values; what only plugins can judge is added by `checkPlugins`.
    package init(_ config: AppConfig, keys: [ConfigKey]) {
        let suggestions = KeySuggestions(keys + BackstageKeys.all)
        var unused: [String] = []
        for (path, value) in config.leaves {
            if let key = keys.first(where: { $0.pattern.count == path.count && $0.covers(path) }) {
                check(config.node(ConfigPath.text(path)), value, as: key)
            } else if keys.contains(where: { $0.covers(path) }) {
                continue
            } else if keys.contains(where: { $0.isBelow(path) }) {
                checkShape(config.node(ConfigPath.text(path)), value, path, keys)
            } else if BackstageKeys.knows(path) {
                unused.append(suggestions.shortest(path))
            } else {
                let place = config.origin(of: ConfigPath.text(path)).map { " (\($0))" } ?? ""
                let text = "\(ConfigPath.text(path)) is known neither to Callboard nor to Backstage\(place)."
                let better = suggestions.suggestion(for: path).map { " Did you mean \($0)?" } ?? ""
                findings.append(Finding(severity: .warning, message: text + better))
            }
        }
        var seen: Set<String> = []
        for path in unused where seen.insert(path).inserted {
            let place = config.origin(of: path).map { " (\($0))" } ?? ""
            findings.append(Finding(severity: .unused, message: "\(path) is not used by Callboard\(place)."))
        }
    }

    /// Says at start what is misspelt, and in one line what is not used.
    package func log(to logger: Logger) {
        for finding in findings where finding.severity == .warning { logger.warning("\(finding.message)") }
        let unused = findings.filter { $0.severity == .unused }
        if unused.isEmpty { return }
        let names = unused.compactMap { $0.message.split(separator: " ").first.map(String.init) }
        logger.warning(
            "Not used by Callboard: \(names.joined(separator: ", ")). `callboard config check` names their places.")
    }

    private mutating func check(_ node: ConfigNode, _ value: JSONValue, as key: ConfigKey) {
        add {
            switch key.kind {
            case .text: _ = try node.text()
            case .number: _ = try node.number()
            case .boolean: _ = try node.flag()
            case .duration: if value.bool != false { _ = try node.durationSeconds() }
            case .list: _ = try node.words()
            case .object, .any: break
            }
        }
    }

    /// A leaf such as `app: hello` where keys are expected below; nothing at all is fine.
    private mutating func checkShape(_ node: ConfigNode, _ value: JSONValue, _ path: [String], _ keys: [ConfigKey]) {
        let below = Set(keys.filter { $0.isBelow(path) }.map { $0.pattern[path.count] })
        let names = below.subtracting(["[]", "*"]).sorted()
        let fits =
            switch value {
            case .null: true
            case .array: below.contains("[]")
            case .object: below != ["[]"]
            default: false
            }
        if fits { return }
        let example = names.isEmpty ? "" : " with keys such as \(names.prefix(3).joined(separator: ", "))"
        add { throw node.mistake("must be \(below.contains("[]") ? "a list" : "an object\(example)")") }
    }

    private mutating func add(_ work: () throws -> Void) {
        do { try work() } catch { add(error) }
    }

    private mutating func add(_ error: any Error) {
        let finding = Finding(severity: .error, message: (error as? PortalError)?.message ?? "\(error)")
        if !findings.contains(finding) { findings.append(finding) }
    }

    /// Makes the plugins as boot does, without a database of the configuration's or any request, and asks them for
    /// advice.
    /// - Parameter files: nil for those of this machine.
    package mutating func checkPlugins(
        _ types: [any Plugin.Type], _ config: AppConfig, files: (any Workspace)? = nil
    ) async throws {
        add { _ = try ServerSettings(config) }
        let database = try await ConfiguredDatabase.open(.memory)
        let services = PluginEnvironment.Services()
        var plugins: [any Plugin] = []
        for type in types {
            let environment = PluginEnvironment(
                config: PluginConfig(config, keys: type.configKeys, plugin: type.id),
                logger: Logger(label: "callboard") { _ in SwiftLogNoOpLogHandler() }, clock: SystemClock(),
                database: database, dataFolder: nil, fetcher: LiveHTTPFetcher(trustedHosts: TrustedHosts()),
                files: files ?? LiveWorkspace(), services: services)
            add { if let plugin = try type.init(environment) { plugins.append(plugin) } }
        }
        let registry = PluginRegistry(plugins)
        services.registry.bind(registry)
        for advice in registry.all(ConfigAdvice.self) {
            do {
                findings += try await advice.find().map { Finding(severity: .warning, message: $0) }
            } catch { add(error) }
        }
        await database.close()
    }
}

/// What somebody who wrote a key that nobody knows may have meant.
struct KeySuggestions {
    private let patterns: [[String]]

    init(_ keys: [ConfigKey]) { patterns = keys.map(\.pattern) }

    /// The part of a path that names what is not used, without what is below it.
    func shortest(_ path: [String]) -> String {
        let longest = patterns.filter { Self.fits($0, path.prefix($0.count)) }.map(\.count).max() ?? 1
        // Where a neighbour is used, the name of the part that is not must be seen: auth.providers.github.
        let isShared = patterns.contains { $0.count > longest && Self.fits($0.prefix(longest), path.prefix(longest)) }
        return ConfigPath.text(path.prefix(isShared ? longest + 1 : longest))
    }

    /// The path with its first unknown part mended; nil where no known key is near.
    func suggestion(for path: [String]) -> String? {
        for length in path.indices {
            let before = patterns.filter { $0.count > length && Self.fits($0.prefix(length), path.prefix(length)) }
            let names = Set(before.map { $0[length] })
            if names.contains("*") || names.contains(path[length]) || path[length].hasPrefix("[") { continue }
            let near = names.map { ($0, Self.distance($0.lowercased(), path[length].lowercased())) }
                .filter { $0.1 <= max(1, path[length].count / 3) }
                .min { ($0.1, $0.0) < ($1.1, $1.0) }
            return near.map { ConfigPath.text(path.prefix(length) + [$0.0]) }
        }
        return nil
    }

    private static func fits(_ pattern: some Collection<String>, _ path: some Collection<String>) -> Bool {
        pattern.count == path.count
            && zip(pattern, path).allSatisfy { $0 == $1 || $0 == "*" || ($0 == "[]" && $1.hasPrefix("[")) }
    }

    /// How many letters differ: insertions, deletions, changes and swaps of neighbours count one each.
    private static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var rows = [Array(0...right.count)]
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
