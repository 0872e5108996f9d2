import EntityModel
import PortalKit
import PortalUI

/// What somebody owns and should look at: errors, orphans, and relations that lead to nothing.
struct Attention: Sendable {
    private let items: [EntityList.Item]
    private let total: Int
    /// Whether all of it has errors, so that the catalog page can list it.
    private let isAllErrors: Bool

    private static let mostShown = 6
    private static let order = EntityOrder(key: "metadata.name")

    init(of user: UserPrincipal, _ catalog: AuthorizedCatalog, _ words: any CatalogWords) {
        let index = catalog.index
        let owned = catalog.matches(CatalogHome.owned(by: user))
        let errors = owned.intersection(index.matches(.exists(key: SearchRows.errorKey)))
        var orphans = owned.intersection(index.matches(.exists(key: ListStatus.orphanKey)))
        orphans.subtract(errors)
        var rest = owned
        rest.subtract(errors)
        rest.subtract(orphans)
        let dangling = rest.intersection(catalog.dangling)
        func first(_ found: Bitmap) -> [UInt32] {
            index.page(of: found, order: Self.order, limit: Self.mostShown).slots
        }
        func item(_ slot: UInt32, _ note: String) -> EntityList.Item {
            let entity = index.shown(slot)
            return .init(entity.reference, entity: entity, warning: note, note: note)
        }
        let all =
            first(errors).map { item($0, words.hasErrors) } + first(orphans).map { item($0, words.orphaned) }
            + first(dangling).map { item($0, words.leadsToNothing(Self.missing(from: $0, catalog))) }
        items = Array(all.prefix(Self.mostShown))
        total = errors.count + orphans.count + dangling.count
        isAllErrors = total == errors.count
    }

    /// How many relations lead to what is not there, or is hidden.
    private static func missing(from slot: UInt32, _ catalog: AuthorizedCatalog) -> Int {
        guard let reference = catalog.index.reference(of: slot) else { return 0 }
        var missing: Set<String> = []
        for edge in catalog.index.graph.edges(of: reference) where catalog.slot(reference: edge.target) == nil {
            missing.insert(edge.target)
        }
        return missing.count
    }

    /// - Returns: nil where all is well.
    func html(_ context: ViewContext) -> HTML? {
        if total == 0 { return nil }
        return EntityList.html(
            nil, items, total: total, all: isAllErrors ? CatalogHome.url(kind: "all", hasError: true) : nil,
            context.language.interface)
    }
}
