import EntityModel
import PortalKit
import PortalUI

/// How much of the catalog has errors, for whoever looks at something else.
struct CatalogErrors: Sendable {
    private let text: String
    private let url: SafeURL

    /// - Returns: nil where nothing has errors that may be seen, or the filters show it already.
    init?(_ catalog: AuthorizedCatalog, _ filters: CatalogFilters, _ words: any CatalogWords) {
        if filters.statuses.contains(.error) { return nil }
        let found = catalog.matches(.exists(key: SearchRows.errorKey))
        let count = found.count
        if count == 0 { return nil }
        let kinds = catalog.index.facet("kind", within: found)
        text =
            words.haveErrors(
                Self.counted(count, kinds.count == 1 ? kinds[0].value : words.entity, words), count)
        url =
            filters.cleared.with {
                $0.kind = "all"
                $0.statuses = [.error]
            }.url
    }

    var html: HTML { WarningMark.html(text, url) }

    /// `12 components`, `1 entity`, `3 APIs`
    static func counted(_ count: Int, _ kind: String, _ words: any CatalogWords) -> String {
        let word = kind.uppercased() == kind ? kind : kind.lowercased()
        return words.counted(count, kind == words.entity ? kind : word)
    }
}
