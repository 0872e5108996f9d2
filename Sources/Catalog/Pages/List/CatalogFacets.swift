import EntityModel
import PortalKit
import PortalUI

/// What the filters offer, with how much each value would leave.
struct CatalogFacets: Sendable {
    private typealias Choice = FilterForm.Choice

    let kinds: [FilterForm.Choice]
    private let shown: [FilterForm.Choice]
    private let processing: [FilterForm.Choice]
    /// Whether groups below the chosen owners count; nil where there are none.
    private let subgroups: FilterForm.Choice?
    private let values: [Values]
    private let context: ViewContext

    /// What one filter offers.
    private struct Values {
        let facet: CatalogFilters.Facet
        let choices: [FilterForm.Choice]
        /// There are others.
        let isCut: Bool
    }

    private static let mostChoices = 8
    /// Where all values of a filter are asked for.
    private static let mostListed = 200
    /// The names of so many are looked up for what is sought.
    private static let mostNamed = 2_000

    init(_ scope: ListScope, _ filters: CatalogFilters, _ context: ViewContext, matches: Bitmap) {
        let catalog = scope.catalog
        self.context = context
        let (index, words) = (catalog.index, context.words)
        kinds = Self.kinds(catalog, filters, words)
        let isPersonal = filters.isOwned || filters.isStarred
        let withoutUser = isPersonal ? scope.matches(filters, without: "user") : matches
        let owned = index.matches(
            .oneOf(key: "relations.ownedby", values: context.user?.ownershipEntityRefs ?? []))
        shown = [
            Choice(
                "owned", label: words.ownedByMe, count: withoutUser.intersection(owned).count, isChosen: filters.isOwned
            ),
            Choice(
                "starred", label: words.starred, count: withoutUser.intersection(scope.starred).count,
                isChosen: filters.isStarred),
            Choice("all", label: words.everything, count: withoutUser.count, isChosen: !isPersonal),
        ]
        let statuses = catalog.statusCounts(within: matches)
        processing = ListStatus.allCases.map { status in
            Choice(
                status.rawValue, label: status.title(words), count: statuses[status] ?? 0,
                isChosen: filters.statuses.contains(status))
        }
        subgroups = Self.subgroups(scope, filters, words)
        values = CatalogFilters.facets.map { Self.values(of: $0, scope, filters, matches) }
    }

    private static func subgroups(
        _ scope: ListScope, _ filters: CatalogFilters, _ words: any CatalogWords
    ) -> Choice? {
        let owners = filters.chosen["owners"] ?? []
        guard filters.withSubgroups || GroupTree.below(owners, scope.catalog).count > owners.count else { return nil }
        return Choice(
            "true", label: words.withSubgroups, count: scope.matches(filters.with { $0.withSubgroups = true }).count,
            isChosen: filters.withSubgroups)
    }

    private static func kinds(
        _ catalog: AuthorizedCatalog, _ filters: CatalogFilters, _ words: any CatalogWords
    ) -> [Choice] {
        let counts = catalog.index.facet("kind", within: catalog.facetScope(.everything))
        let all = Choice(
            "all", label: words.allKinds, count: counts.reduce(0) { $0 + $1.count }, isChosen: filters.kind == "all")
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
    private static func values(
        of facet: CatalogFilters.Facet, _ view: ListScope, _ filters: CatalogFilters, _ matches: Bitmap
    ) -> Values {
        let catalog = view.catalog
        let chosen = filters.chosen[facet.name] ?? []
        let scope =
            chosen.isEmpty ? matches : view.matches(filters, without: facet.name)
        let most = filters.more == facet ? mostListed : mostChoices
        let find = filters.more == facet ? filters.find : ""
        let withSubgroups = facet.name == "owners" && filters.withSubgroups
        var top = Self.top(
            facet, catalog, within: scope, most: most + 1, find: find, withSubgroups: withSubgroups)
        if top.isEmpty, find.isEmpty {
            top = Self.top(
                facet, catalog, within: view.matches(filters.cleared), most: most + 1, find: "",
                withSubgroups: withSubgroups
            ).map { ($0.value, 0) }
        }
        let isCut = top.count > most
        if isCut { top.removeLast() }
        let others = chosen.filter { value in !top.contains { $0.value.lowercased() == value.lowercased() } }
        var rows = top + others.map { ($0, catalog.index.count(of: $0, key: facet.key, within: scope)) }
        if withSubgroups { rows = rows.map { OwnerCounts.counted($0, within: scope, catalog) } }
        let choices = rows.map { value, count in
            Choice(
                value, label: label(value, facet, catalog), count: count,
                isChosen: chosen.contains { $0.lowercased() == value.lowercased() })
        }
        return Values(
            facet: facet, choices: facet.key.hasPrefix("relations.") ? inOrder(choices) : choices, isCut: isCut)
    }

    /// Of values that leave as much, those whose names come first; a reference says little of the name.
    private static func inOrder(_ choices: [Choice]) -> [Choice] {
        choices.map { (choice: $0, key: ReadingOrder.key($0.label)) }
            .sorted { ($1.choice.count ?? 0, $0.key) < ($0.choice.count ?? 0, $1.key) }.map(\.choice)
    }

    private static func top(
        _ facet: CatalogFilters.Facet, _ catalog: AuthorizedCatalog, within scope: Bitmap, most: Int, find: String,
        withSubgroups: Bool
    ) -> [(value: String, count: Int)] {
        if find.isEmpty, !withSubgroups {
            return catalog.version.topValues(of: facet.key, within: scope, most: most, prefix: facet.prefix)
        }
        var all = catalog.index.facet(facet.key, within: scope)
            .filter { $0.value.lowercased().hasPrefix(facet.prefix ?? "") }
        if withSubgroups { all = OwnerCounts.withAncestors(all, catalog) }
        all.sort { ($1.count, $0.value) < ($0.count, $1.value) }
        if find.isEmpty { return Array(all.prefix(most)) }
        let sought = find.lowercased()
        var found: [(value: String, count: Int)] = []
        for (number, row) in all.enumerated() where found.count < most {
            let isNamed = number < mostNamed && label(row.value, facet, catalog).lowercased().contains(sought)
            if isNamed || row.value.lowercased().contains(sought) { found.append(row) }
        }
        return found
    }

    /// References by what the entities call themselves.
    private static func label(_ value: String, _ facet: CatalogFilters.Facet, _ catalog: AuthorizedCatalog) -> String {
        guard facet.key.hasPrefix("relations.") else { return value }
        // As the index has them, references are whole.
        if let slot = catalog.slot(reference: value) { return catalog.title(of: slot) }
        guard let reference = try? EntityReference(parsing: value) else { return value }
        return catalog.slot(reference: reference.description).map(catalog.title) ?? EntityLink.shortName(reference)
    }

    /// What a value is called in the form.
    func label(_ name: String, _ value: String) -> String {
        let choices = values.first { $0.facet.name == name }?.choices ?? []
        return choices.first { $0.value.lowercased() == value.lowercased() }?.label ?? value
    }

    func form(_ filters: CatalogFilters) -> HTML {
        let words = context.words
        var fields: [FilterForm.Field] = [
            .select(words.kind, name: "filters[kind]", kinds),
            .text(words.text, name: "filters[text]", value: filters.text, placeholder: words.textExample),
            .one(words.show, name: "filters[user]", shown),
        ]
        for entry in values {
            let rest = rest(entry, filters)
            guard entry.choices.count > 1 || entry.choices.contains(where: \.isChosen) || rest != nil else { continue }
            fields.append(
                .many(entry.facet.title(words), name: "filters[\(entry.facet.name)]", entry.choices, rest: rest))
            if entry.facet.name == "owners", let subgroups {
                fields.append(.many(words.groupsBelow, name: "filters[subgroups]", [subgroups]))
            }
        }
        fields.append(.many(words.processing, name: "filters[processing]", processing))
        var hidden: [(name: String, value: String)] = []
        hidden += (filters.columns ?? []).map { ("columns", $0.rawValue) }
        if filters.sort != "name" { hidden.append(("sort", filters.sort)) }
        if let more = filters.more { hidden.append(("more", more.name)) }
        if filters.limit != CatalogFilters.limits[0] { hidden.append(("limit", String(filters.limit))) }
        return FilterForm(
            action: "/catalog", fields: fields, hidden: hidden, activeCount: filters.active(words) { $1 }.count,
            past: "#list", swap: CatalogPage.part, context.interface
        ).html
    }

    /// The way to the values that are not listed, and back.
    private func rest(_ entry: Values, _ filters: CatalogFilters) -> FilterForm.Rest? {
        if filters.more == entry.facet {
            let folded = filters.with {
                $0.more = nil
                $0.find = ""
            }
            return .open(name: "find", find: filters.find, fold: folded.url, isCut: entry.isCut)
        }
        guard entry.isCut else { return nil }
        return .folded(
            filters.with {
                $0.more = entry.facet
                $0.find = ""
            }.url)
    }
}
