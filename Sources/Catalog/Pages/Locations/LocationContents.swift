import EntityModel
import PortalKit
import PortalUI

/// What was read through a configured or registered location, as far as somebody may see it.
struct LocationContents: Sendable {
    static let mostEntities = 50

    /// Its own entity; nil before it was read for the first time.
    let page: EntityReference?
    /// The first of them, those with errors before others.
    let entities: [Entity]
    /// Nil where the address is too long to be asked for.
    let total: Int?
    /// The location itself, or something that was read through it, has errors.
    let hasErrors: Bool

    /// - Parameter most: of the entities; the others are counted.
    init(of location: LocationReference, through catalog: AuthorizedCatalog, most: Int = mostEntities) {
        let generated = GeneratedLocation.reference(of: location)
        let own = catalog.slot(reference: generated)
        page = own.flatMap { _ in try? EntityReference(parsing: generated) }
        let key = "metadata.annotations.backstage.io/managed-by-origin-location"
        var found = catalog.matches(.oneOf(key: key, values: [location.description]))
        let broken = catalog.index.matches(.exists(key: SearchRows.errorKey))
        let isBroken = own.map { broken.contains($0) } ?? false
        if let own { found.remove(own) }
        let first = found.intersection(broken)
        hasErrors = isBroken || first.count > 0
        total = location.description.utf8.count > SearchRows.longest ? nil : found.count
        var entities: [Entity] = []
        func add(_ slot: UInt32) {
            if entities.count < most { entities.append(catalog.index.shown(slot)) }
        }
        first.forEach(add)
        found.forEach { if !first.contains($0) { add($0) } }
        self.entities = entities
    }

    /// The entities under a title; nothing where there are none.
    func card(_ title: String, _ context: ViewContext) -> HTML {
        if entities.isEmpty { return .empty }
        let items = entities.map {
            EntityList.Item($0.reference, entity: $0, warning: CatalogRow.warning(of: $0, context.words))
        }
        return Card.html(
            title, count: total, content: EntityList.html(nil, items, total: total ?? items.count, context.interface))
    }
}
