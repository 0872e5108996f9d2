import EntityModel
import PortalKit

/// The index through the eyes of one principal: every read of it joins the decision's predicate to the query's.
struct AuthorizedCatalog {
    /// For what is asked most: an index read through this is not copied.
    let version: IndexVersion
    /// What may be seen; nil where that is everything.
    let visible: Bitmap?
    private let decision: AuthorizationDecision

    var index: CatalogIndex { version.index }

    init(_ version: IndexVersion, decision: AuthorizationDecision) {
        self.version = version
        self.decision = decision
        switch decision {
        case .allow: visible = nil
        case .deny: visible = Bitmap()
        case .conditional(let predicate): visible = version.index.matches(predicate)
        }
    }

    /// The index as somebody may read it, for routes that ask for another permission than that.
    static func read(
        _ index: PublishedIndex, by principal: Principal, _ permissions: ServiceHandle<any PermissionService>
    ) async throws -> AuthorizedCatalog {
        let decision = try await permissions.service.authorize(CatalogPermissions.entityRead, for: principal)
        return AuthorizedCatalog(index.version, decision: decision)
    }

    /// What may be seen of the changes of an entity, of one that is gone too.
    func visible(_ changes: [EntityStore.Change], of reference: EntityReference) -> [EntityStore.Change] {
        history(changes, of: reference)
    }

    /// What may be seen of what entities were.
    var history: VisibleHistory { VisibleHistory(decision, present: index) }

    func matches(_ predicate: EntityPredicate) -> Bitmap {
        var found = version.index.matches(predicate)
        if let visible { found.formIntersection(visible) }
        return found
    }

    /// The slots that match, where they are few and quickly found; see `CatalogIndex.fewMatches`.
    func fewMatches(_ predicate: EntityPredicate) -> [UInt32]? {
        guard let found = version.index.fewMatches(predicate) else { return nil }
        guard let visible else { return found }
        return found.filter { visible.contains($0) }
    }

    func slot(reference: String) -> UInt32? { version.index.slot(reference: reference).flatMap(seen) }
    func slot(uid: String) -> UInt32? { version.index.slot(uid: uid).flatMap(seen) }

    /// Everything visible, or nil where nothing is hidden.
    func facetScope(_ predicate: EntityPredicate) -> Bitmap? {
        predicate == .everything ? visible : matches(predicate)
    }

    /// Whether a reference, by its number, is that of an entity which may be seen.
    func sees(_ number: UInt32) -> Bool {
        version.index.existing.contains(number) && visible?.contains(number) != false
    }

    /// The same for whoever asks of thousands: a look into the version copies the whole of its index.
    var seeing: (UInt32) -> Bool {
        let (existing, visible) = (version.index.existing, visible)
        return { existing.contains($0) && visible?.contains($0) != false }
    }

    private func seen(_ slot: UInt32) -> UInt32? { visible?.contains(slot) == false ? nil : slot }
}
