import EntityModel
import PortalKit

/// What the filters of the list mean for whoever looks: their own, their stars, what they may see.
struct ListScope {
    let catalog: AuthorizedCatalog
    let user: UserPrincipal?
    /// Slots of what they starred and may see.
    let starred: Bitmap

    init(_ catalog: AuthorizedCatalog, _ user: UserPrincipal?, stars: Set<String>) {
        self.catalog = catalog
        self.user = user
        var starred = Bitmap()
        for star in stars { if let slot = catalog.slot(reference: star) { starred.insert(slot) } }
        self.starred = starred
    }

    /// - Parameter facet: the name of a filter to leave out, for its own counts.
    func matches(_ filters: CatalogFilters, without facet: String? = nil) -> Bitmap {
        var found = catalog.matches(expanded(filters).predicate(for: user, without: facet))
        if filters.isStarred, facet != "user" { found.formIntersection(starred) }
        for status in filters.statuses { found.formIntersection(status.matches(catalog)) }
        return found
    }

    /// The same with the groups below the owners that are asked for, where that is wished.
    private func expanded(_ filters: CatalogFilters) -> CatalogFilters {
        guard filters.withSubgroups, let owners = filters.chosen["owners"] else { return filters }
        return filters.with { $0.chosen["owners"] = GroupTree.below(owners, catalog) }
    }
}
