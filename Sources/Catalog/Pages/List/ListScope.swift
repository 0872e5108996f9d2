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
        let found = catalog.matches(filters.predicate(for: user, without: facet))
        return filters.isStarred && facet != "user" ? found.intersection(starred) : found
    }
}
