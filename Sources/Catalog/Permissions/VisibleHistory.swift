import EntityModel
import PortalKit

/// An entity's history through the eyes of one principal: a state that the decision does not allow is not shown, nor
/// a change between two of them.
///
/// What an entity was is asked as it was: by its own body and the relations that its kind makes of that. Relations
/// that others or processors of plugins declared are not kept: of a past state nobody knows whether it had them, and it
/// is shown only where the condition holds either way. The present state has those that the index shows on it.
struct VisibleHistory {
    private let predicate: EntityPredicate?
    private let present: CatalogIndex?

    /// - Parameter present: what tells which relations the entity has now; without it they are not known either.
    init(_ decision: AuthorizationDecision, present: CatalogIndex? = nil) {
        self.present = present
        predicate =
            switch decision {
            case .allow: nil
            case .deny: .nothing
            case .conditional(let predicate): predicate
            }
    }

    /// Every state of every entity may be seen.
    var isUnlimited: Bool { predicate == nil }
    /// None may be.
    var isDenied: Bool { predicate == .nothing }

    /// Whether a past state may be seen.
    func shows(_ state: JSONValue, of reference: EntityReference, uid: String) -> Bool {
        guard let predicate else { return true }
        return Self.matches(predicate.bound(isCertain: true), state, reference, uid)
    }

    func callAsFunction(_ changes: [EntityStore.Change], of reference: EntityReference) -> [EntityStore.Change] {
        guard let predicate else { return changes }
        let certain = predicate.bound(isCertain: true)
        return changes.compactMap { change -> EntityStore.Change? in
            var (before, after) = (change.before, change.after)
            if !Self.matches(certain, before, reference, change.uid) { before = Optional.none }
            let now = change.isPresent ? asOfNow(predicate, reference) : nil
            if !Self.matches(now ?? certain, after, reference, change.uid) { after = Optional.none }
            if before == nil, after == nil { return nil }
            return EntityStore.Change(
                number: change.number, at: change.at, kind: change.kind, uid: change.uid, before: before, after: after,
                isPresent: change.isPresent, cause: change.cause)
        }
    }

    /// The condition with what the present relations make true put in its place.
    private func asOfNow(_ predicate: EntityPredicate, _ reference: EntityReference) -> EntityPredicate? {
        guard let present, let slot = present.slot(reference: reference.description) else { return nil }
        return predicate.mapRelations { condition, asked in
            present.matches(asked, slot: slot) ? .everything : condition
        }
    }

    /// Whether a predicate holds for a state, by its body and the relations that its kind makes of that.
    static func matches(
        _ predicate: EntityPredicate, _ state: JSONValue?, _ reference: EntityReference, _ uid: String
    ) -> Bool {
        guard let state, let object = state.object else { return false }
        let entity = Entity(object)
        let relations = EntityKind.of(entity, in: EntityKind.builtIn)?.relations(of: entity).relations ?? []
        var index = CatalogIndex()
        let stored = StoredEntity(
            id: 1, uid: uid, reference: reference.description, body: JSONWriter.bytes(state), edges: relations)
        guard (try? index.apply(upserts: [stored], deletes: [], epoch: "", head: 1)) != nil,
            let slot = index.slot(reference: reference.description)
        else { return false }
        return index.matches(predicate).contains(slot)
    }
}

extension EntityPredicate {
    /// What holds only where this holds whatever relations the entity has beside those that are known; or, if not
    /// certain, wherever this may hold.
    fileprivate func bound(isCertain: Bool) -> EntityPredicate {
        switch self {
        case .all(let parts): .all(parts.map { $0.bound(isCertain: isCertain) })
        case .any(let parts): .any(parts.map { $0.bound(isCertain: isCertain) })
        case .not(let part): .not(part.bound(isCertain: !isCertain))
        default: isCertain ? self : mapRelations { _, _ in .everything }
        }
    }

    /// Puts others in the place of conditions on relations.
    /// - Parameter change: gets the condition, and as much of it as asks relations.
    fileprivate func mapRelations(
        _ change: (_ condition: EntityPredicate, _ asked: EntityPredicate) -> EntityPredicate
    ) -> EntityPredicate {
        switch self {
        case .all(let parts): return .all(parts.map { $0.mapRelations(change) })
        case .any(let parts): return .any(parts.map { $0.mapRelations(change) })
        case .not(let part): return .not(part.mapRelations(change))
        case .exists(let key), .oneOf(let key, _), .hasPrefix(let key, _):
            return Self.isOfRelation(key) ? change(self, self) : self
        case .contains(let keys, let text):
            let asked = keys.filter(Self.isOfRelation)
            return asked.isEmpty ? self : change(self, .contains(keys: asked, text: text))
        }
    }

    private static func isOfRelation(_ key: String) -> Bool { CatalogIndex.relation(key.lowercased()) != nil }
}
