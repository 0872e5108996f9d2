import EntityModel
import Logging
import PortalKit

/// `callboard.logging`: how the portal's own log is written.
struct LogSettings: Sendable, Hashable {
    enum Format: String, Sendable, CaseIterable {
        /// Text on a terminal, JSON elsewhere.
        case auto
        case text
        case json
    }

    var format = Format.auto
    var level = Logger.Level.info
    /// Whether each request has a line.
    var requests = false

    init() {}

    /// - Throws: `PortalError` of kind `input` that names the key.
    init(_ config: AppConfig) throws {
        let node = config.node("callboard.logging")
        format = try Self.word(node["format"], Format.init(rawValue:), Format.allCases.map(\.rawValue)) ?? .auto
        level = try Self.word(node["level"], Logger.Level.init(rawValue:), Self.levels) ?? .info
        requests = try node["requests"].flag() ?? false
    }

    static let levels = Logger.Level.allCases.map(\.rawValue)

    private static func word<Value>(
        _ node: ConfigNode, _ make: (String) -> Value?, _ words: [String]
    ) throws -> Value? {
        guard let text = try node.text() else { return nil }
        if let value = make(text.lowercased()) { return value }
        throw node.mistake("is '\(text)'; there are \(words.joined(separator: ", "))", near: text, among: words)
    }

    static let keys: [ConfigKey] = [
        ConfigKey(
            "callboard.logging.format", .text, default: "auto", isLive: true,
            "How log lines are written: json, text, or auto: text on a terminal, else json."),
        ConfigKey(
            "callboard.logging.level", .text, default: "info", isLive: true,
            "What is logged: trace, debug, info, notice, warning, error or critical, and all that weighs more."),
        ConfigKey(
            "callboard.logging.requests", .boolean, default: false, isLive: true,
            "Whether each request has a line of its own; at the level debug it has one anyway."),
    ]
}
