import EntityModel
import PortalKit

/// The configuration as people may see it: what is secret, or may be, is never in it.
package struct ConfigPrint: Sendable {
    private static let hidden: JSONValue = "<secret>"
    /// Where no plugin declares a key, its name decides.
    private static let tellingNames = [
        "password", "passwd", "secret", "token", "privatekey", "apikey", "credential", "authorization",
        "connectionstring",
    ]

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
        config.leaves.map { path, value in
            let text = ConfigPath.text(path)
            let origin = config.origin(of: text).map { "  # \($0)" } ?? ""
            return "\(text): \(JSONWriter.text(isSecret(path, value) ? Self.hidden : value))\(origin)"
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
        // A declared key of just this path is known not to be one, but for addresses that hold a password.
        if declared.contains(where: { $0.pattern.count == path.count && $0.kind != .any }) {
            return Self.holdsPassword(value)
        }
        let name = (path.last { !$0.hasPrefix("[") } ?? "").lowercased().filter { $0.isLetter }
        if Self.tellingNames.contains(where: name.contains) || Self.holdsPassword(value) { return true }
        return config.origin(of: ConfigPath.text(path))?.isIndirect ?? false
    }

    /// `https://user:password@host`, `password=…`
    private static func holdsPassword(_ value: JSONValue) -> Bool {
        guard let text = value.string else { return false }
        if text.lowercased().contains("password=") { return true }
        let parts = text.split(separator: "://", maxSplits: 1)
        guard parts.count == 2, let authority = parts[1].split(separator: "/").first else { return false }
        return authority.contains("@")
    }
}
