import EntityModel
import PortalKit

/// An entity's history through the eyes of one principal: a state that the decision does not allow is not shown, nor
/// a change between two of them.
///
/// What an entity was is asked as it was: by its own body and the relations that its kind makes of that. Relations
/// that others or processors of plugins declared are not kept, and count as absent.
struct VisibleHistory {
    private let predicate: EntityPredicate?

    init(_ decision: AuthorizationDecision) {
        predicate =
            switch decision {
            case .allow: nil
            case .deny: .nothing
            case .conditional(let predicate): predicate
            }
    }

    func callAsFunction(_ changes: [EntityStore.Change], of reference: EntityReference) -> [EntityStore.Change] {
        guard let predicate else { return changes }
        return changes.compactMap { change -> EntityStore.Change? in
            let before = Self.shown(change.before, predicate, reference, change.uid)
            let after = Self.shown(change.after, predicate, reference, change.uid)
            if before == nil, after == nil { return nil }
            return EntityStore.Change(
                number: change.number, at: change.at, kind: change.kind, uid: change.uid, before: before, after: after,
                cause: change.cause)
        }
    }

    private static func shown(
        _ state: JSONValue?, _ predicate: EntityPredicate, _ reference: EntityReference, _ uid: String
    ) -> JSONValue? {
        guard let state, allows(predicate, state, reference, uid) else { return Optional.none }
        return state
    }

    private static func allows(
        _ predicate: EntityPredicate, _ state: JSONValue, _ reference: EntityReference, _ uid: String
    ) -> Bool {
        guard let object = state.object else { return false }
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
