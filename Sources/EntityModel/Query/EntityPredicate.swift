/// The one condition on entities: what filters, predicate queries, permission rules and scopes compile to.
///
/// Keys are paths of the search rows (`metadata.annotations.backstage.io/orphan`, `relations.ownedby`);
/// keys and values are compared lowercased, as upstream's search table does.
public indirect enum EntityPredicate: Sendable, Hashable {
    case all([EntityPredicate])
    case any([EntityPredicate])
    case not(EntityPredicate)
    /// The key has a row, whatever its value.
    case exists(key: String)
    /// The key has a row with one of the values.
    case oneOf(key: String, values: [String])
    /// The key has a row whose value begins with the text.
    case hasPrefix(key: String, prefix: String)
    /// One of the keys has a row whose value contains the text.
    case contains(keys: [String], text: String)

    /// Matches every entity.
    public static let everything = EntityPredicate.all([])
    /// Matches no entity.
    public static let nothing = EntityPredicate.any([])

    /// Both conditions, without needless nesting.
    public func and(_ other: EntityPredicate) -> EntityPredicate {
        if self == .everything { return other }
        if other == .everything { return self }
        return .all([self, other])
    }
}
