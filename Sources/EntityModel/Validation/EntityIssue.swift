/// Something wrong with an entity: where, what, and what mends it.
public struct EntityIssue: Sendable, Hashable {
    /// From the root of the entity: `["metadata", "tags", "0"]`.
    public let path: [String]
    public let message: String
    public let mend: String

    public init(_ path: [String], _ message: String, mend: String) {
        self.path = path
        self.message = message
        self.mend = mend
    }

    /// The path as people write it: `metadata.tags.0`.
    public var field: String { path.joined(separator: ".") }

    /// Everything in one text: the field where neither message nor place says it, and the mend where the message has not
    /// said already what is expected.
    public func text(at place: String) -> String {
        let isNamed = field.isEmpty || message.contains(field) || place == field
        let sentence = "\(isNamed ? "" : "\(field): ")\(message) (\(place))."
        return Self.isTold(mend, by: message) || mend.isEmpty ? sentence : "\(sentence) \(mend)"
    }

    /// The same, for whoever says the place elsewhere.
    public var text: String {
        Self.isTold(mend, by: message) || mend.isEmpty ? "\(message)." : "\(message). \(mend)"
    }

    /// What mends a number or a truth value that was meant as a text; nil for anything else.
    static func quotes(for value: JSONValue, _ isValid: (String) -> Bool = { _ in true }) -> String? {
        switch value {
        case .number, .bool:
            let text = JSONWriter.text(value)
            return isValid(text) ? "Write it in quotes: \"\(text)\"." : nil
        default: return nil
        }
    }

    /// Whether a message says already what its mend asks for.
    public static func isTold(_ mend: String, by message: String) -> Bool {
        ["Give it ", "Write the reference as "].contains { verb in
            guard mend.hasPrefix(verb) else { return false }
            var what = mend.dropFirst(verb.count)
            if what.hasSuffix(".") { what = what.dropLast() }
            return message.contains(what)
        }
    }
}
