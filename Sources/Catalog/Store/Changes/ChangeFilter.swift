import EntityModel

/// Which changes of the catalog are asked for; what is nil asks nothing.
struct ChangeFilter: Sendable, Hashable {
    /// What became of an entity.
    enum Sort: String, Sendable, CaseIterable { case created, updated, deleted }

    /// Who or what changes entities, by the word that its cause begins with.
    enum Author: String, Sendable, CaseIterable {
        case location, user, service, configuration, anonymous

        /// Whether there are several, which have names.
        var hasNames: Bool {
            switch self {
            case .location, .user, .service: true
            case .configuration, .anonymous: false
            }
        }
    }

    var entity: EntityReference?
    /// Of the entity, lowercased.
    var kind: String?
    /// Who owns the entity now; of one that is gone, who owned it last.
    var owner: EntityReference?
    /// What the entity is part of, as the owner.
    var system: EntityReference?
    var author: Author?
    /// The location, the user's reference or the subject of the token; counts together with `author` only.
    var authorName: String?
    var sort: Sort?
    /// Milliseconds since 1970: the first that counts.
    var from: Int64?
    /// The first that counts no more.
    var to: Int64?

    /// What is asked of the entity's relations; nil where nothing is.
    var relations: EntityPredicate? {
        var parts: [EntityPredicate] = []
        if let owner { parts.append(.oneOf(key: "relations.ownedby", values: [owner.description])) }
        if let system { parts.append(.oneOf(key: "relations.partof", values: [system.description])) }
        return parts.isEmpty ? nil : .all(parts)
    }

    /// The cause as the feed keeps it, where all of it is asked for.
    var cause: String? {
        guard let author else { return nil }
        return author.hasNames ? authorName.map { "\(author.rawValue) \($0)" } : author.rawValue
    }

    /// Whether few rows are looked at that are not what is asked for. Else, of a kind that hardly ever changes, most of
    /// the feed is.
    var isNarrow: Bool {
        if entity != nil { return true }
        if kind != nil || from != nil || to != nil { return false }
        if author == .location { return false }
        return sort == nil || sort == .deleted && author == nil
    }

    /// Whether what the row itself says is what is asked for.
    func matches(_ row: ChangeRow) -> Bool {
        if let sort, row.kind != sort.rawValue { return false }
        if let from, row.at < from { return false }
        if let to, row.at >= to { return false }
        if let kind, !row.reference.utf8.starts(with: "\(kind):".utf8) { return false }
        if let entity, row.reference != entity.description { return false }
        guard let author else { return true }
        guard let cause else { return row.cause?.utf8.starts(with: "\(author.rawValue) ".utf8) ?? false }
        return row.cause == cause
    }
}

/// A row of the change feed without what the entity was.
struct ChangeRow: Sendable {
    let number: Int64
    let at: Int64
    /// `created`, `updated` or `deleted`.
    let kind: String
    /// Canonical, as the feed keeps it.
    let reference: String
    let uid: String
    let cause: String?
}

/// One change of the catalog.
struct CatalogChange: Sendable {
    let reference: EntityReference
    /// Without states where nobody asked for them.
    let change: EntityStore.Change
}
