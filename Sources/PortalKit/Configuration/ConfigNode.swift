public import EntityModel

/// A place in the configuration that knows its own path, so that what is wrong there can be named.
public struct ConfigNode: Sendable {
    public let path: String
    public let value: JSONValue?
    /// What it is a part of, and knows where things are written.
    private let config: AppConfig?

    public init(path: String, value: JSONValue?, in config: AppConfig? = nil) {
        self.path = path
        self.value = value
        self.config = config
    }

    /// Whether something is written here, even an empty value: `guest:` counts.
    public var isPresent: Bool { value != nil }
    private var written: JSONValue? { value == .null ? nil : value }

    public subscript(key: String) -> ConfigNode {
        ConfigNode(path: path.isEmpty ? key : "\(path).\(key)", value: value?[key], in: config)
    }

    /// Text that is not empty; numbers count as their text.
    public func text() throws -> String? {
        guard let written else { return nil }
        if case .number = written { return JSONWriter.text(written) }
        guard let text = written.string, !text.isEmpty else { throw mistake("must be text that is not empty") }
        return text
    }

    public func requiredText() throws -> String {
        guard let text = try text() else { throw mistake("is missing") }
        return text
    }

    /// A text that is never printed.
    public func secret() throws -> Secret? { try text().map { Secret($0) } }

    /// A number, or text that is one: environment variables are always text.
    public func number() throws -> Double? {
        guard let written else { return nil }
        if let number = written.number { return number }
        guard let text = written.string, let number = Double(text) else { throw mistake("must be a number") }
        return number
    }

    /// A whole number within bounds.
    public func integer(_ bounds: ClosedRange<Int>) throws -> Int? {
        guard let number = try number() else { return nil }
        guard number == number.rounded(), number >= Double(bounds.lowerBound), number <= Double(bounds.upperBound)
        else {
            throw mistake("must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return Int(number)
    }

    public func flag() throws -> Bool? {
        guard let written else { return nil }
        if let flag = written.bool { return flag }
        switch written.string?.lowercased() {
        case "true", "yes", "y", "on", "1": return true
        case "false", "no", "n", "off", "0": return false
        default: throw mistake("must be true or false")
        }
    }

    /// The elements of a list, or nil where nothing is written.
    public func items() throws -> [ConfigNode]? {
        guard let written else { return nil }
        guard let items = written.array else { throw mistake("must be a list") }
        let nodes = items.enumerated().map { ConfigNode(path: "\(path)[\($0)]", value: $1, in: config) }
        return config.map { config in nodes.filter { !config.leavesOut($0.path) } } ?? nodes
    }

    /// A list of texts, or one text of words between blanks or commas, as upstream reads both.
    public func words() throws -> [String]? {
        if let written, let text = written.string {
            return text.split { $0 == "," || $0.isWhitespace }.map(String.init)
        }
        return try items()?.map { try $0.requiredText() }
    }

    public func keys() throws -> [String] {
        guard let written else { return [] }
        guard let object = written.object else { throw mistake("must be an object") }
        return object.keys
    }

    /// Refuses members that would otherwise be ignored in silence.
    public func allowOnly(_ names: Set<String>) throws {
        for key in try keys() where !names.contains(key) {
            throw self[key].mistake(
                "is not known here; expected \(names.sorted().joined(separator: ", "))", near: key, among: names)
        }
    }

    /// A sentence about what is written here, with its place in a file.
    public func remark(_ what: String) -> String {
        "\(path) \(what)\(config?.place(of: path).map { " (\($0.text))" } ?? "")."
    }

    /// The error for a wrong value here, with its place in a file.
    public func mistake(_ what: String) -> PortalError {
        PortalError(
            .input, "Configuration: \(remark(what))",
            underlying: ConfigMistake(path: path, origin: config?.place(of: path)?.origin))
    }

    /// The error for a word that is none of those that may stand here; the one that was perhaps meant is named.
    public func mistake(_ what: String, near word: String, among words: some Collection<String>) -> PortalError {
        let error = mistake(what)
        guard let near = NearWord.of(word, among: words) else { return error }
        return PortalError(.input, "\(error.message) Did you mean \(near)?", underlying: error.underlying)
    }
}
