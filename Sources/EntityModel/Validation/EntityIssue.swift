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

    /// Everything in one text; the mend is left out where the message has said already what is expected.
    public func text(at place: String) -> String {
        isTold ? "\(message) at \(place)." : "\(message) at \(place). \(mend)"
    }

    /// The same, for whoever says the place elsewhere.
    public var text: String { isTold || mend.isEmpty ? "\(message)." : "\(message). \(mend)" }

    /// The message has said already what the mend says.
    private var isTold: Bool {
        ["Give it ", "Write the reference as "].contains { verb in
            guard mend.hasPrefix(verb) else { return false }
            return message.contains(mend.dropFirst(verb.count).prefix { $0 != "." })
        }
    }
}
