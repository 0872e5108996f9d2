import EntityModel
import PortalKit
import PortalUI

/// What the filters offer, with how much each value would leave.
struct CatalogFacets: Sendable {
    private typealias Choice = FilterForm.Choice

    let kinds: [FilterForm.Choice]
    private let shown: [FilterForm.Choice]
    private let processing: [FilterForm.Choice]
    private let values: [(facet: CatalogFilters.Facet, choices: [FilterForm.Choice])]

    private static let mostChoices = 8

    init(_ catalog: AuthorizedCatalog, _ filters: CatalogFilters, _ user: UserPrincipal?, matches: Bitmap) {
        let index = catalog.index
        kinds = Self.kinds(catalog, filters)
        let withoutUser = filters.isOwned ? catalog.matches(filters.predicate(for: user, without: "user")) : matches
        let owned = index.matches(.oneOf(key: "relations.ownedby", values: user?.ownershipEntityRefs ?? []))
        shown = [
            Choice(
                "owned", label: "Owned by me", count: withoutUser.intersection(owned).count, isChosen: filters.isOwned),
            Choice("all", label: "All", count: withoutUser.count, isChosen: !filters.isOwned),
        ]
        func count(_ key: String) -> Int { matches.intersection(index.matches(.exists(key: key))).count }
        processing = [
            Choice("error", label: "Has errors", count: count(SearchRows.errorKey), isChosen: filters.hasError),
            Choice("orphan", label: "Orphaned", count: count(CatalogFilters.orphanKey), isChosen: filters.isOrphan),
        ]
        values = CatalogFilters.facets.map { ($0, Self.choices(of: $0, catalog, filters, user, matches)) }
    }

    private static func kinds(_ catalog: AuthorizedCatalog, _ filters: CatalogFilters) -> [Choice] {
        let counts = catalog.index.facet("kind", within: catalog.facetScope(.everything))
        let all = Choice(
            "all", label: "All kinds", count: counts.reduce(0) { $0 + $1.count }, isChosen: filters.kind == "all")
        var kinds = counts.sorted { $0.value.lowercased() < $1.value.lowercased() }.map {
            let value = $0.value.lowercased()
            return Choice(value, label: $0.value, count: $0.count, isChosen: value == filters.kind)
        }
        // Else the form would show that all kinds are chosen, and ask for them with its next press.
        if filters.kind != "all", !kinds.contains(where: \.isChosen) {
            let known = EntityKind.builtIn.first { $0.name.lowercased() == filters.kind }
            kinds.append(Choice(filters.kind, label: known?.name ?? filters.kind, count: 0, isChosen: true))
        }
        return [all] + kinds
    }

    /// The values with the most entities, and those that are chosen whatever their count. Where nothing matches, the
    /// values of the kind stand with zeros, so that the form keeps its shape.
    private static func choices(
        of facet: CatalogFilters.Facet, _ catalog: AuthorizedCatalog, _ filters: CatalogFilters, _ user: UserPrincipal?,
        _ matches: Bitmap
    ) -> [Choice] {
        let chosen = filters.chosen[facet.name] ?? []
        let scope =
            chosen.isEmpty ? matches : catalog.matches(filters.predicate(for: user, without: facet.name))
        var top = Self.top(facet, catalog, within: scope)
        if top.isEmpty {
            top = Self.top(facet, catalog, within: catalog.matches(filters.cleared.predicate(for: user)))
                .map { ($0.value, 0) }
        }
        let others = chosen.filter { value in !top.contains { $0.value.lowercased() == value.lowercased() } }
        let rows = top + others.map { ($0, catalog.index.count(of: $0, key: facet.key, within: scope)) }
        return rows.map { value, count in
            Choice(
                value, label: label(value, facet, catalog), count: count,
                isChosen: chosen.contains { $0.lowercased() == value.lowercased() })
        }
    }

    private static func top(
        _ facet: CatalogFilters.Facet, _ catalog: AuthorizedCatalog, within scope: Bitmap
    ) -> [(value: String, count: Int)] {
        catalog.index.topValues(of: facet.key, within: scope, most: mostChoices, prefix: facet.prefix)
    }

    /// References by what the entities call themselves.
    private static func label(_ value: String, _ facet: CatalogFilters.Facet, _ catalog: AuthorizedCatalog) -> String {
        guard facet.key.hasPrefix("relations."), let reference = try? EntityReference(parsing: value) else {
            return value
        }
        guard let slot = catalog.slot(reference: reference.description) else { return EntityLink.shortName(reference) }
        return EntityName.title(of: Entity(catalog.index.outline(of: slot)))
    }

    /// What a value is called in the form.
    func label(_ name: String, _ value: String) -> String {
        let choices = values.first { $0.facet.name == name }?.choices ?? []
        return choices.first { $0.value.lowercased() == value.lowercased() }?.label ?? value
    }

    func form(_ filters: CatalogFilters) -> HTML {
        var fields: [FilterForm.Field] = [
            .select("Kind", name: "filters[kind]", kinds),
            .text("Text", name: "filters[text]", value: filters.text, placeholder: "Name, title, tag …"),
            .one("Show", name: "filters[user]", shown),
        ]
        for (facet, choices) in values where choices.count > 1 || choices.contains(where: \.isChosen) {
            fields.append(.many(facet.title, name: "filters[\(facet.name)]", choices))
        }
        fields.append(.many("Processing", name: "filters[processing]", processing))
        var hidden: [(name: String, value: String)] = []
        if filters.sort != "name" { hidden.append(("sort", filters.sort)) }
        if filters.limit != CatalogFilters.limits[0] { hidden.append(("limit", String(filters.limit))) }
        return FilterForm(
            action: "/catalog", fields: fields, hidden: hidden, activeCount: filters.active { $1 }.count, past: "#list"
        ).html
    }
}
