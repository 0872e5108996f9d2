import EntityModel

/// What an entity was before and after a change, as far as that can be read.
struct StoredStates: Sendable, Hashable {
    let before: JSONValue?
    let after: JSONValue?

    /// - Parameters:
    ///   - before: JSON as the change feed keeps it; nil or nothing before the entity was created.
    ///   - after: the same of the next state; nil after it was deleted.
    ///
    /// Where one is damaged, neither is given: each field of the other would look as if it had come or gone.
    init(before: [UInt8]?, after: [UInt8]?) {
        let states = try? (Self.state(before), Self.state(after))
        self.before = states?.0
        self.after = states?.1
    }

    /// - Throws: `JSONParseError` where it is damaged.
    static func state(_ body: [UInt8]?) throws -> JSONValue? {
        guard let body, !body.isEmpty else { return nil }
        return try JSONParser.parse(body)
    }
}
