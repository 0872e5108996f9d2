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
        package internal(set) var message: String
        /// Where it is written; nil for what is nowhere.
        package let origin: AppConfig.Origin?
        /// The key, where its value is absent because a variable is not set.
        var absent: String?
        /// The key, where nobody reads it.
        var unread: String?
        /// The words of somebody who does not know who reads them: they may quote what is secret.
        var isForLogOnly = false
    }

    /// By whoever refuses to start.
    private static let mostTold = 20

    /// In the order of the files and their lines.
    package internal(set) var findings: [Finding] = []
    let config: AppConfig
    /// Paths whose values are wrong, as an error says.
    private(set) var wrongPaths: Set<String> = []

    package var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// Why the portal does not start: all of it, so that nobody mends one mistake to be told of the next.
    package var refusal: PortalError? {
        let errors = findings.filter { $0.severity == .error }.map(\.message)
        guard let first = errors.first else { return nil }
        if errors.count == 1 { return PortalError(.input, first) }
        return PortalError(
            .input, (["The configuration has \(errors.count) mistakes:"] + mistakes).joined(separator: "\n  "))
    }

    /// Its errors, each a sentence or two; of very many the first.
    var mistakes: [String] { Self.told(findings) }

    /// Those of its errors that pages may show.
    var shownMistakes: [String] { Self.told(findings.filter { !$0.isForLogOnly }) }

    private static func told(_ findings: [Finding]) -> [String] {
        let errors = findings.filter { $0.severity == .error }.map(\.message)
        let left = errors.count - mostTold
        return errors.prefix(mostTold).map(withoutTitle) + (left > 0 ? ["and \(left) more."] : [])
    }

    static func withoutTitle(_ message: String) -> String {
        message.hasPrefix("Configuration: ") ? String(message.dropFirst("Configuration: ".count)) : message
    }

    /// Looks at keys and values; what only plugins can judge is added by `checkPlugins`.
    /// - Parameter mistakes: what the files include and could not be read.
    package init(_ config: AppConfig, keys: [ConfigKey], mistakes: [PortalError] = []) {
        self.config = config
        for mistake in mistakes { add(mistake) }
        for (path, value) in config.leaves {
            let node = config.node(ConfigPath.text(path))
            if let key = keys.first(where: { $0.pattern.count == path.count && $0.covers(path) }) {
                check(node, value, as: key)
            } else if !keys.contains(where: { $0.covers(path) }), keys.contains(where: { $0.isBelow(path) }) {
                checkShape(node, value, path, keys)
            }
        }
        nameUnset(keys)
        nameUnread(keys)
        sort()
    }

    /// Says at start what is misspelt, and in one line what is not used.
    /// - Parameter command: what tells more of it.
    package func log(to logger: Logger, command: String) {
        for finding in findings where finding.severity == .warning { logger.warning("\(finding.message)") }
        let unused = findings.filter { $0.severity == .unused }
        if unused.isEmpty { return }
        let names = unused.compactMap { $0.message.split(separator: " ").first.map(String.init) }
        logger.warning(
            "Not used by Callboard: \(names.joined(separator: ", ")). `\(command)` names their places.")
    }

    mutating func warn(_ advice: PortalError) {
        findings.append(Finding(severity: .warning, message: advice.message, origin: advice.configMistake?.origin))
    }

    mutating func add(_ error: any Error) {
        let mistake = (error as? PortalError)?.configMistake
        if let mistake { wrongPaths.insert(mistake.path) }
        let message = (error as? PortalError)?.message ?? "\(error)"
        let absent = mistake.map(\.path).flatMap { isAbsent($0) ? $0 : nil }
        let finding = Finding(
            severity: .error, message: message, origin: mistake?.origin, absent: absent,
            isForLogOnly: !(error is PortalError))
        if !findings.contains(finding) { findings.append(finding) }
    }

    /// Where an error says that a value is missing and why, a warning says nothing new; nor is a key merely unused
    /// that has an error, or stands around or below one.
    mutating func dropToldTwice() {
        findings.removeAll { finding in
            if finding.severity == .error { return false }
            if let absent = finding.absent, wrongPaths.contains(absent) { return true }
            guard let unread = finding.unread else { return false }
            return wrongPaths.contains { Self.stands($0, at: unread) || Self.stands(unread, at: $0) }
        }
    }

    static func stands(_ path: String, at place: String) -> Bool {
        path == place || path.hasPrefix("\(place).") || path.hasPrefix("\(place)[")
    }

    /// What comes from variables stands behind the files, and what is nowhere at the end.
    mutating func sort() {
        let names = config.files.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        func place(_ finding: Finding, _ offset: Int) -> (Int, Int, Int) {
            guard let origin = finding.origin else { return (names.count + 1, 0, offset) }
            return (names.firstIndex(of: origin.file) ?? names.count, origin.line ?? 0, offset)
        }
        findings = findings.enumerated()
            .sorted { place($0.element, $0.offset) < place($1.element, $1.offset) }.map(\.element)
    }
}

/// Keys, one by one.
extension ConfigCheck {
    /// Keys that Callboard does not read, each up to the part that tells.
    private mutating func nameUnread(_ keys: [ConfigKey]) {
        let suggestions = KeySuggestions(keys + BackstageKeys.all)
        var seen: Set<String> = []
        for path in config.leaves.map(\.path) + unset.map(\.path)
        where !keys.contains(where: { $0.covers(path) || $0.isBelow(path) }) {
            let isKnown = BackstageKeys.knows(path)
            let name = isKnown ? suggestions.shortest(path) : ConfigPath.text(suggestions.unknown(path))
            guard seen.insert(name).inserted else { continue }
            let what = isKnown ? "is not used by Callboard" : "is known neither to Callboard nor to Backstage"
            // Backstage has sections with keys of any name, such as auth.providers; a misspelt one is none of them.
            let better = suggestions.suggestion(for: path)
            findings.append(
                Finding(
                    severity: isKnown && better == nil ? .unused : .warning,
                    message: config.node(name).remark(what) + (better.map { " Did you mean \($0)?" } ?? ""),
                    origin: config.place(of: name)?.origin, unread: name))
        }
    }

    private mutating func check(_ node: ConfigNode, _ value: JSONValue, as key: ConfigKey) {
        attempt {
            switch key.kind {
            case .text: _ = try node.text()
            case .number: _ = try node.number()
            case .boolean: _ = try node.flag()
            case .duration: _ = try node.durationSeconds()
            case .durationOrFalse: if value.bool != false { _ = try node.durationSeconds(orFalse: true) }
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
        attempt { throw node.mistake("must be \(below.contains("[]") ? "a list" : "an object\(example)")") }
    }

    private mutating func attempt(_ work: () throws -> Void) {
        do { try work() } catch { add(error) }
    }
}
