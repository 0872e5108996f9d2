public import EntityModel

/// A key of app-config that a plugin reads, declared once: documentation, `callboard config check` and what the
/// plugin may read all come from it.
public struct ConfigKey: Sendable, Hashable {
    public enum Kind: String, Sendable {
        case text, number, boolean, duration, list, object, any
        case durationOrFalse = "duration or false"

        /// Whether what lies below the key is its value.
        public var isWhole: Bool { self == .list || self == .duration || self == .durationOrFalse }
    }

    /// `catalog.locations[].target`: `[]` stands for every element of a list, `*` for every key of an object.
    public let path: String
    public let kind: Kind
    public let fallback: JSONValue?
    /// What it is for, in one sentence.
    public let summary: String
    /// Printed as `<secret>`.
    public let isSecret: Bool
    /// Takes effect while running, without a restart.
    public let isLive: Bool

    public init(
        _ path: String, _ kind: Kind, default fallback: JSONValue? = nil, isSecret: Bool = false, isLive: Bool = false,
        _ summary: String
    ) {
        self.path = path
        self.kind = kind
        self.fallback = fallback
        self.summary = summary
        self.isSecret = isSecret
        self.isLive = isLive
    }

    /// The parts of the pattern: `["catalog", "locations", "[]", "target"]`.
    public var pattern: [String] { ConfigPath.parts(path) }

    /// Whether a path is this key, or lies within its value.
    public func covers(_ path: [String]) -> Bool {
        let pattern = pattern
        guard path.count >= pattern.count, Self.matches(pattern, path.prefix(pattern.count)) else { return false }
        return path.count == pattern.count || kind == .any || kind == .object || kind.isWhole
    }

    /// Whether a path leads towards this key: `catalog` towards `catalog.locations`.
    public func isBelow(_ path: [String]) -> Bool {
        let pattern = pattern
        return path.count < pattern.count && Self.matches(pattern.prefix(path.count), path[...])
    }

    private static func matches(_ pattern: some Collection<String>, _ path: ArraySlice<String>) -> Bool {
        zip(pattern, path).allSatisfy { part, name in
            part == name || part == "*" || (part == "[]" && name.hasPrefix("[") && name.hasSuffix("]"))
        }
    }
}

/// Paths into the configuration as people write them.
public enum ConfigPath {
    /// `a.b[0].c` as `["a", "b", "[0]", "c"]`.
    public static func parts(_ path: String) -> [String] {
        path.split(separator: ".").flatMap { part -> [String] in
            guard let bracket = part.firstIndex(of: "["), bracket != part.startIndex else { return [String(part)] }
            let indexes = part[bracket...].split(separator: "[").map { "[\($0)" }
            return [String(part[..<bracket])] + indexes
        }
    }

    /// The reverse of `parts`.
    public static func text(_ parts: some Sequence<String>) -> String {
        parts.reduce(into: "") { text, part in
            if !text.isEmpty && !part.hasPrefix("[") { text += "." }
            text += part
        }
    }
}
