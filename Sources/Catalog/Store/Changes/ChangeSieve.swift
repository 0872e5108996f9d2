import EntityModel
import PortalKit

/// Which changes somebody is told of: those that are asked for, as far as they may be seen.
///
/// An entity that exists is judged as it is, one that is gone by what it was last; of both no state is shown that might
/// not be read by itself.
struct ChangeSieve: Sendable {
    enum Presence { case shown, hidden, gone }

    let filter: ChangeFilter
    /// The number of the last change that the index has: by this version it is judged what may be seen, so that nothing
    /// is told of what came later. It may be in other hands by then.
    let head: Int64
    private let index: CatalogIndex
    private let visible: Bitmap?
    /// Entities that have the wanted relations; nil where none are asked for.
    private let chosen: Bitmap?
    private let relations: EntityPredicate?
    private let history: VisibleHistory

    init(_ filter: ChangeFilter, _ catalog: AuthorizedCatalog) {
        self.filter = filter
        index = catalog.index
        head = catalog.index.head
        visible = catalog.visible
        history = catalog.history
        relations = filter.relations
        chosen = relations.map { catalog.index.matches($0) }
    }

    /// Whether the states of a change must be looked at before it is shown.
    var asksStates: Bool { !history.isUnlimited }

    /// Whether an index of the feed leads to what is asked for, and the row alone tells the rest: few rows are looked at
    /// in vain.
    var isDirect: Bool { relations == nil && history.isUnlimited && filter.isNarrow }

    /// Nothing can be shown at all.
    var isEmpty: Bool {
        if let entity = filter.entity, presence(of: entity.description) == .hidden { return true }
        return history.isDenied
    }

    /// What is there under a reference now, for whoever asks.
    func presence(of reference: String) -> Presence {
        guard let slot = index.slot(reference: reference) else { return .gone }
        if visible?.contains(slot) == false { return .hidden }
        return chosen?.contains(slot) == false ? .hidden : .shown
    }

    /// Whether what is gone must be looked at as it was last.
    var asksLastState: Bool { relations != nil || !history.isUnlimited }

    /// Whether an entity that is gone was what is asked for, and might be read.
    func shows(last state: JSONValue, of reference: EntityReference, uid: String) -> Bool {
        if let relations, !VisibleHistory.matches(relations, state, reference, uid) { return false }
        return history.shows(state, of: reference, uid: uid)
    }

    /// What of a change may be seen; nil where nothing may.
    func visible(_ change: EntityStore.Change, of reference: EntityReference) -> CatalogChange? {
        history([change], of: reference).first.map { CatalogChange(reference: reference, change: $0) }
    }
}
