/// A directed edge between two entities, as one of them declares it.
///
/// Every declared field yields two: the outgoing one of the entity and the incoming one of its target.
public struct Relation: Sendable, Hashable {
    /// Canonical reference of the entity on which the relation is shown.
    public let source: String
    /// For example `ownedBy`; see `RelationType`.
    public let type: String
    /// Canonical reference of the entity that it points to, which need not exist.
    public let target: String

    public init(source: String, type: String, target: String) {
        self.source = source
        self.type = type
        self.target = target
    }
}
