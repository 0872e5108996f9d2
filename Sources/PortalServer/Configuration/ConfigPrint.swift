import EntityModel
import PortalKit

/// The configuration as people may see it: what is secret, or may be, is never in it.
package struct ConfigPrint: Sendable {
    private static let hidden: JSONValue = "<secret>"
    private let config: AppConfig
    private let keys: [ConfigKey]

    package init(_ config: AppConfig, keys: [ConfigKey]) {
        self.config = config
        self.keys = keys
    }

    /// The merged configuration with its secrets hidden.
    package var root: JSONValue { visible(.object(config.root), []) }

    /// Each value on a line of its own with the file and line that it comes from.
    package var lines: [String] {
        values.map { path, value in
            let text = ConfigPath.text(path)
            return "\(text): \(value)\(config.origin(of: text).map { "  # \($0)" } ?? "")"
        }
    }

    /// Each value as JSON, by its path.
    var values: [(path: [String], text: String)] {
        config.leaves.map { path, value in
            (path, JSONWriter.text(isSecret(path, value) ? Self.hidden : value))
        }
    }

    private func visible(_ value: JSONValue, _ path: [String]) -> JSONValue {
        switch value {
        case .object(let object) where !object.isEmpty:
            .object(JSONObject(object.members.map { ($0.key, visible($0.value, path + [$0.key])) }))
        case .array(let list) where !list.isEmpty:
            .array(list.enumerated().map { visible($1, path + ["[\($0)]"]) })
        default: isSecret(path, value) ? Self.hidden : value
        }
    }

    private func isSecret(_ path: [String], _ value: JSONValue) -> Bool {
        guard value.string?.isEmpty == false || value.number != nil else { return false }
        let declared = keys.filter { $0.covers(path) }
        if declared.contains(where: \.isSecret) { return true }
        if let text = value.string, SecretNames.areHeld(in: text) { return true }
        // A declared key of just this path is known not to be one; so is what a list or a length of time holds.
        if declared.contains(where: { Self.names(path, by: $0) || $0.kind.isWhole }) {
            return isIndirect(path) && mayHoldSecrets(path)
        }
        // All names on the way count: `secrets.github` and `tokens[0]` say it above the value.
        return path.contains { !$0.hasPrefix("[") && SecretNames.tells($0) } || isIndirect(path)
    }

    /// Whether a key is just this path, or a list of which this is an element.
    private static func names(_ path: [String], by key: ConfigKey) -> Bool {
        path.dropFirst(key.pattern.count).allSatisfy { $0.hasPrefix("[") }
    }

    /// Whether what is written here as one value could stand for several of which one is secret: a whole connection.
    private func mayHoldSecrets(_ path: [String]) -> Bool { keys.contains { $0.isSecret && $0.isBelow(path) } }

    private func isIndirect(_ path: [String]) -> Bool {
        config.origin(of: ConfigPath.text(path))?.isIndirect ?? false
    }
}
