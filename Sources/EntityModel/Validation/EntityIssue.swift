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
}
