import EntityModel
import PortalKit
import PortalUI

/// `/catalog`: a page of entities, with filters and their counts.
struct CatalogPage: Sendable {
    /// One row of the table.
    struct Row: Sendable {
        let entity: Entity
        let owners: [Target]
        let system: Target?

        /// Another entity, which need not exist.
        struct Target: Sendable {
            let reference: EntityReference
            let exists: Bool
        }
    }

    /// One choice of a filter.
    struct Choice: Sendable {
        let value: String
        let label: String
        let count: Int
        let isChosen: Bool
    }

    let filters: CatalogFilters
    let rows: [Row]
    let total: Int
    let isCatalogEmpty: Bool
    let kinds: [Choice]
    let ownedCount: Int
    let allCount: Int
    let errorCount: Int
    let orphanCount: Int
    let facets: [(facet: CatalogFilters.Facet, choices: [Choice])]
    let previous: SafeURL?
    let next: SafeURL?

    private static let mostChoices = 8
    /// Choices beyond are found by typing.
    private static let mostListed = 200
}

extension CatalogPage {
    /// Everything the page shows, from one version of the index.
    static func load(_ request: PortalRequest, _ index: CatalogIndex) throws -> CatalogPage {
        var filters = CatalogFilters(request.query)
        let cursor = try filters.cursor.map { try EntityCursor(parsing: $0) }
        if let cursor { filters.order = cursor.order }
        let user: UserPrincipal? = if case .user(let user) = request.principal { user } else { nil }
        let catalog = AuthorizedCatalog(index, decision: request.decision)
        let matches = catalog.matches(filters.predicate(for: user))
        let backwards = cursor?.isPrevious ?? false
        let page = index.page(
            of: matches, order: filters.order, limit: filters.limit, after: cursor?.position, backwards: backwards)
        func link(_ slot: UInt32?, isPrevious: Bool) -> SafeURL? {
            guard let slot, let position = index.position(of: slot, order: filters.order) else { return nil }
            let text = EntityCursor(
                order: filters.order, position: position, isPrevious: isPrevious, query: EntityListQuery(),
                totalItems: matches.count
            ).text
            return filters.with { $0.cursor = text }.url
        }
        let withoutOwner = catalog.matches(filters.predicate(for: user, without: "user"))
        let owned = index.matches(.oneOf(key: "relations.ownedby", values: user?.ownershipEntityRefs ?? []))
        return CatalogPage(
            filters: filters, rows: page.slots.map { row($0, index) }, total: matches.count,
            isCatalogEmpty: index.count == 0, kinds: kinds(catalog, filters, user),
            ownedCount: withoutOwner.intersection(owned).count, allCount: withoutOwner.count,
            errorCount: matches.intersection(index.matches(.exists(key: SearchRows.errorKey))).count,
            orphanCount: matches.intersection(
                index.matches(.exists(key: "metadata.annotations.backstage.io/orphan"))
            ).count,
            facets: CatalogFilters.facets.map { ($0, choices(of: $0, catalog, filters, user)) },
            previous: (backwards ? page.hasMore : page.hasEarlier) ? link(page.slots.first, isPrevious: true) : nil,
            next: backwards || page.hasMore ? link(page.slots.last, isPrevious: false) : nil)
    }

    private static func row(_ slot: UInt32, _ index: CatalogIndex) -> Row {
        let entity = Entity(index.object(of: slot))
        let edges = index.graph.edges(of: entity.reference.description)
        func targets(_ type: String) -> [Row.Target] {
            edges.filter { $0.type == type }.compactMap { edge in
                (try? EntityReference(parsing: edge.target)).map {
                    .init(reference: $0, exists: index.exists(edge.target))
                }
            }
        }
        return Row(entity: entity, owners: targets("ownedBy"), system: targets("partOf").first)
    }

    private static func kinds(
        _ catalog: AuthorizedCatalog, _ filters: CatalogFilters, _ user: UserPrincipal?
    ) -> [Choice] {
        catalog.index.facet("kind", within: catalog.facetScope(.everything))
            .sorted { $0.value.lowercased() < $1.value.lowercased() }
            .map {
                Choice(
                    value: $0.value.lowercased(), label: $0.value, count: $0.count,
                    isChosen: $0.value.lowercased() == filters.kind)
            }
    }

    /// The values with the most entities, and those that are chosen whatever their count.
    private static func choices(
        of facet: CatalogFilters.Facet, _ catalog: AuthorizedCatalog, _ filters: CatalogFilters, _ user: UserPrincipal?
    ) -> [Choice] {
        let chosen = filters.chosen[facet.name] ?? []
        let scope = catalog.matches(filters.predicate(for: user, without: facet.name))
        let counts = catalog.index.facet(facet.key, within: scope)
            .sorted { $0.count != $1.count ? $0.count > $1.count : $0.value < $1.value }
        let shown = counts.prefix(mostChoices).map(\.value)
        let missing = chosen.filter { value in !shown.contains { $0.lowercased() == value.lowercased() } }
        return (shown + missing).map { value in
            Choice(
                value: value, label: label(value, facet), count: counts.first { $0.value == value }?.count ?? 0,
                isChosen: chosen.contains { $0.lowercased() == value.lowercased() })
        }
    }

    /// References by their names.
    private static func label(_ value: String, _ facet: CatalogFilters.Facet) -> String {
        guard facet.key.hasPrefix("relations."), let reference = try? EntityReference(parsing: value) else {
            return value
        }
        return EntityLink.shortName(reference)
    }
}

extension CatalogPage {
    var content: PageContent { PageContent("Catalog", navigation: filters.kind == "api" ? "apis" : nil, html: html) }

    private var kindName: String {
        kinds.first { $0.isChosen }?.label ?? (filters.kind == "all" ? "entity" : filters.kind)
    }

    /// `12 components`, `1 entity`
    private var countedName: String {
        if filters.kind == "all" { return total == 1 ? "entity" : "entities" }
        let name = kindName.uppercased() == kindName ? kindName : kindName.lowercased()
        if total == 1 { return name }
        return name.hasSuffix("y") ? "\(name.dropLast())ies" : "\(name)s"
    }

    private var html: HTML {
        HTML { h in
            h(.div, .class("head")) {
                h(.div) {
                    h(.h1, text: "Catalog")
                    h(.p, .role("status"), text: "\(total) \(countedName)")
                }
            }
            if isCatalogEmpty { return h.add(firstUse) }
            h(.div, .class("split")) {
                h(.details, .class("filters")) {
                    let count = filters.active.count
                    h(.summary, text: count == 0 ? "Filters" : "Filters (\(count) on)")
                    form(h)
                }
                h(.div) {
                    chips(h)
                    if rows.isEmpty { h.add(nothing) } else { table(h) }
                }
            }
        }
    }

    private func form(_ h: HTMLWriter) {
        h(.form, .action("/catalog"), .aria("label", "Filters"), .data("auto", "")) {
            h(.fieldset) {
                h(.label, .class("label"), .for("kind"), text: "Kind")
                h(.select, .id("kind"), .name("filters[kind]")) {
                    h(.option, .value("all"), Attribute.flag("selected", filters.kind == "all"), text: "All kinds")
                    for kind in kinds {
                        h(
                            .option, .value(kind.value), Attribute.flag("selected", kind.isChosen),
                            text: "\(kind.label) (\(kind.count))")
                    }
                }
            }
            h(.fieldset) {
                h(.label, .class("label"), .for("text"), text: "Text")
                h(
                    .input, .id("text"), .class("field"), .type("search"), .name("filters[text]"), .value(filters.text),
                    .placeholder("Name, title, tag …"))
            }
            h(.fieldset) {
                h(.legend, text: "Show")
                option(
                    h, "radio", "user",
                    Choice(value: "owned", label: "Owned by me", count: ownedCount, isChosen: filters.isOwned))
                option(
                    h, "radio", "user", Choice(value: "all", label: "All", count: allCount, isChosen: !filters.isOwned))
            }
            for (facet, choices) in facets where !choices.isEmpty {
                h(.fieldset) {
                    h(.legend, text: facet.title)
                    for choice in choices { option(h, "checkbox", facet.name, choice) }
                }
            }
            h(.fieldset) {
                h(.legend, text: "Processing")
                option(
                    h, "checkbox", "processing",
                    Choice(value: "error", label: "Has errors", count: errorCount, isChosen: filters.hasError))
                option(
                    h, "checkbox", "processing",
                    Choice(value: "orphan", label: "Orphaned", count: orphanCount, isChosen: filters.isOrphan))
            }
            if filters.sort != "name" { h(.input, .type("hidden"), .name("sort"), .value(filters.sort)) }
            h(.button, .class("button"), text: "Apply")
        }
    }

    private func option(_ h: HTMLWriter, _ type: String, _ name: String, _ choice: Choice) {
        h(.label, .class(choice.count == 0 ? "option none" : "option")) {
            h(
                .input, .type(type), .name("filters[\(name)]"), .value(choice.value),
                Attribute.flag("checked", choice.isChosen))
            h(.span, text: choice.label)
            h(.b, text: String(choice.count))
        }
    }

    private func chips(_ h: HTMLWriter) {
        if filters.active.isEmpty { return }
        h(.ul, .class("chips"), .aria("label", "Filters that are on")) {
            for filter in filters.active {
                h(.li) {
                    h(.a, .href(filter.without.url), .aria("label", "Remove the filter \(filter.text)")) {
                        h.text(filter.text)
                        h(.span, .aria("hidden", "true"), text: "×")
                    }
                }
            }
        }
    }

    private var firstUse: HTML {
        EmptyState.html(
            "The catalog is empty",
            "Entities are read from catalog-info.yaml files. Name one in app-config.yaml under catalog.locations, or "
                + "register its URL through the API; it shows here within a second.",
            action: HTML { h in
                h(
                    .pre,
                    text: """
                        catalog:
                          locations:
                            - type: file
                              target: ./catalog-info.yaml
                        """)
            })
    }

    private var nothing: HTML {
        EmptyState.html(
            "Nothing matches", "No \(kindName) matches the filters that are on.",
            action: HTML { h in
                h(
                    .a, .class("button"),
                    .href(
                        filters.with {
                            $0.text = ""
                            $0.chosen = [:]
                            $0.isOwned = false
                            $0.hasError = false
                            $0.isOrphan = false
                        }.url), text: "Clear the filters")
            })
    }

    private func table(_ h: HTMLWriter) {
        h(.div, .class("scroll")) {
            h(.table, .class("table")) {
                h(.thead) {
                    h(.tr) {
                        heading(h, "Name", "name")
                        h(.th, .scope("col"), text: "Owner")
                        h(.th, .scope("col"), text: "System")
                        heading(h, "Type", "type")
                        heading(h, "Lifecycle", "lifecycle")
                        h(.th, .scope("col"), text: "Tags")
                    }
                }
                h(.tbody) { for row in rows { self.row(h, row) } }
            }
        }
        h(.div, .class("foot")) {
            h(.span, text: "\(rows.count) of \(total)")
            h(.nav, .aria("label", "Pages")) {
                if let previous { h(.a, .class("button"), .href(previous), .rel("prev"), text: "Previous") }
                if let next { h(.a, .class("button"), .href(next), .rel("next"), text: "Next") }
            }
        }
    }

    private func heading(_ h: HTMLWriter, _ title: String, _ name: String) {
        let isSorted = filters.order.key == CatalogFilters.orders[name]
        let direction = isSorted ? (filters.order.isDescending ? "descending" : "ascending") : nil
        h(.th, .scope("col"), direction.map { .aria("sort", $0) }) {
            let flipped = filters.with {
                $0.order = EntityOrder(
                    key: CatalogFilters.orders[name] ?? "metadata.name",
                    isDescending: isSorted && !filters.order.isDescending)
            }
            h(.a, .href(flipped.url)) {
                h.text(title)
                if isSorted { h(.span, .aria("hidden", "true"), text: filters.order.isDescending ? " ↓" : " ↑") }
            }
        }
    }

    private func row(_ h: HTMLWriter, _ row: Row) {
        let entity = row.entity
        h(.tr) {
            h(.td) {
                h(.div, .class("name")) {
                    h.add(Icon.kind(entity.kind))
                    h(.div) {
                        h(
                            .a, .href(EntityLink.url(entity.reference)),
                            text: entity.title ?? EntityLink.shortName(entity.reference))
                        if let text = entity.metadata["description"]?.string { h(.small, text: text) }
                    }
                }
            }
            h(.td) {
                for (number, owner) in row.owners.enumerated() {
                    if number > 0 { h.text(", ") }
                    h.add(EntityLink.html(owner.reference, exists: owner.exists))
                }
            }
            h(.td) { if let system = row.system { h.add(EntityLink.html(system.reference, exists: system.exists)) } }
            h(.td, text: entity.spec["type"]?.string ?? "")
            h(.td) { if let lifecycle = entity.spec["lifecycle"]?.string { h.add(Lifecycle.html(lifecycle)) } }
            h(.td) {
                let tags = (entity.metadata["tags"]?.array ?? []).compactMap(\.string)
                if !tags.isEmpty { h.add(TagList.html(Array(tags.prefix(4)))) }
            }
        }
    }
}
