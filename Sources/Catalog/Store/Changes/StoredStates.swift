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
        let states = [before, after].map { body in
            body.flatMap { $0.isEmpty ? nil : $0 }.map { try? JSONParser.parse($0) }
        }
        let isWhole = !states.contains(.some(.none))
        self.before = isWhole ? states[0] ?? nil : nil
        self.after = isWhole ? states[1] ?? nil : nil
    }
}
