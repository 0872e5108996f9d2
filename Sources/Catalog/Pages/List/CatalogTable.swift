import EntityModel
import PortalKit
import PortalUI

/// One entity of the catalog page with what it is connected with.
struct CatalogRow: Sendable {
    /// Another entity, which need not exist.
    struct Target: Sendable {
        let reference: EntityReference
        /// Nil where the catalog does not have it.
        let title: String?
    }

    let entity: Entity
    private let targets: [String: [Target]]

    private static let mostTargets = 20

    /// What entities call themselves, each looked up once for a page.
    struct Titles {
        let catalog: AuthorizedCatalog
        private var known: [String: String?] = [:]

        init(_ catalog: AuthorizedCatalog) { self.catalog = catalog }

        mutating func groups(_ references: [EntityReference]) -> [(reference: EntityReference, title: String)] {
            references.map { ($0, title(of: $0.description) ?? EntityLink.shortName($0)) }
        }

        mutating func title(of reference: String) -> String? {
            if let title = known[reference] { return title }
            let title = catalog.slot(reference: reference).map(catalog.title)
            known[reference] = .some(title)
            return title
        }
    }

    init(_ slot: UInt32, _ titles: inout Titles) {
        let index = titles.catalog.index
        entity = index.shown(slot)
        var targets: [String: [Target]] = [:]
        let edges = index.graph.edges(
            of: entity.reference.description, types: CatalogTable.relations, most: Self.mostTargets)
        for edge in edges {
            guard let reference = try? EntityReference(parsing: edge.target) else { continue }
            targets[edge.type, default: []].append(Target(reference: reference, title: titles.title(of: edge.target)))
        }
        self.targets = targets
    }

    /// What is wrong with it, in a few words.
    func warning(_ words: any CatalogWords) -> String? { Self.warning(of: entity, words) }

    static func warning(of entity: Entity, _ words: any CatalogWords) -> String? {
        let items = entity.object["status"]?["items"]?.array ?? []
        if items.contains(where: { $0["level"] == "error" }) { return words.hasErrors }
        if entity.annotation("backstage.io/orphan") == "true" { return words.orphaned }
        return items.isEmpty ? nil : words.hasWarnings
    }

    /// How many there are; many are not counted.
    func count(_ relation: String) -> HTML {
        let count = targets[relation]?.count ?? 0
        let text = count >= Self.mostTargets ? "\(Self.mostTargets)+" : String(count)
        return HTML { h in
            if count == 0 { return h.text("0") }
            h(.a, .href(EntityLink.url(entity.reference, tab: "used-by")), text: text)
        }
    }

    func links(_ relation: String, kind: String? = nil, _ interface: any InterfaceWords) -> HTML {
        let found = (targets[relation] ?? []).filter { kind == nil || $0.reference.kind.lowercased() == kind }
        return HTML { h in
            for (number, target) in found.enumerated() {
                if number > 0 { h.text(", ") }
                h.add(EntityLink.html(target.reference, title: target.title, exists: target.title != nil, interface))
            }
        }
    }
}

/// The table of the catalog page; its columns depend on the kind, as upstream's do.
struct CatalogTable: Sendable {
    let filters: CatalogFilters
    let rows: [CatalogRow]
    let paths: ShownPaths
    let context: ViewContext
    /// What whoever looks has starred; nil for who has no stars.
    let stars: Set<String>?

    private var canStar: Bool { stars != nil }
    /// What was chosen for something that was refused.
    private var chosen: Set<String> { Set(context.refusal?.form.all(BulkBar.field) ?? []) }

    /// The relations that columns show.
    static let relations: Set<String> = ["ownedBy", "partOf", "childOf", "memberOf", "apiProvidedBy", "apiConsumedBy"]

    private var columns: [ListColumn] { filters.shownColumns }

    var html: HTML {
        let columns = self.columns
        let sign = canStar ? [Table.Column(context.interface.star, width: .button)] : []
        return Table.html(
            context.words.entities, sign + columns.map(heading),
            rows: rows.map { row in
                Table.Row((canStar ? [star(row)] : []) + columns.map { cell($0, row) }, choice: choice(row))
            }, swap: CatalogPage.part, context.interface)
    }

    private func star(_ row: CatalogRow) -> HTML {
        let reference = row.entity.reference
        return StarButton.html(
            reference, title: EntityName.title(of: row.entity),
            isStarred: stars?.contains(reference.description) == true, back: filters.url.text, context.interface)
    }

    private func choice(_ row: CatalogRow) -> Table.Row.Choice {
        .init(
            form: BulkBar.form, name: BulkBar.field, value: row.entity.reference.description,
            label: context.interface.select(EntityName.title(of: row.entity)),
            isChosen: chosen.contains(row.entity.reference.description))
    }

    private func heading(_ column: ListColumn) -> Table.Column {
        let words = context.words
        return switch column {
        case .name: Table.Column(words.name, width: .wide, sort: sort("name"))
        case .type: Table.Column(words.type, sort: sort("type"))
        case .lifecycle: Table.Column(words.lifecycle, sort: sort("lifecycle"))
        // Whoever asked for them sees them, and may have to move the table.
        case .tags: Table.Column(words.tags, width: filters.columns == nil ? .spare : .text)
        case .consumers: Table.Column(words.consumers, width: .number)
        case .description: Table.Column(words.description, width: .whole)
        default: Table.Column(column.title(words))
        }
    }

    private func sort(_ name: String) -> Table.Column.Sort {
        let key = CatalogFilters.orders[name] ?? "metadata.name"
        let isSorted = filters.order.key == key
        let flipped = filters.with {
            $0.order = EntityOrder(key: key, isDescending: isSorted && !filters.order.isDescending)
        }
        return .init(flipped.url, isDescending: isSorted ? filters.order.isDescending : nil)
    }

    /// A word that may be cut is whole on hover.
    private func word(_ text: String) -> HTML {
        HTML { h in
            if text.utf8.count <= Self.longestWord { return h.text(text) }
            h(.span, .title(text), text: text)
        }
    }

    private static let longestWord = 16

    private func cell(_ column: ListColumn, _ row: CatalogRow) -> HTML {
        let spec = row.entity.spec
        switch column {
        case .name:
            // Configured locations are called by their paths.
            let entity = row.entity.kind == "Location" ? paths.shown(row.entity) : row.entity
            return EntityName.html(entity, warning: row.warning(context.words))
        case .kind: return word(row.entity.kind)
        case .providers: return row.links("apiProvidedBy", context.interface)
        case .consumers: return NarrowLabel.html(context.words.consumers, row.count("apiConsumedBy"))
        case .namespace: return word(row.entity.namespace)
        case .description:
            return HTML { $0.text(row.entity.metadata["description"]?.string.map(MarkdownText.row) ?? "") }
        case .owner: return row.links("ownedBy", context.interface)
        case .system: return row.links("partOf", kind: "system", context.interface)
        case .domain: return row.links("partOf", kind: "domain", context.interface)
        case .parent: return row.links("childOf", context.interface)
        case .groups: return row.links("memberOf", context.interface)
        case .mail: return HTML { $0.text(spec["profile"]?["email"]?.string ?? "") }
        case .type: return word(spec["type"]?.string ?? "")
        case .lifecycle: return spec["lifecycle"]?.string.map { Lifecycle.html($0) } ?? .empty
        case .tags:
            return TagList.html((row.entity.metadata["tags"]?.array ?? []).compactMap(\.string), mostShown: 2)
        case .target:
            let targets = [spec["target"]].compactMap { $0 } + (spec["targets"]?.array ?? [])
            return TagList.html(targets.compactMap(\.string).map(paths.shown), mostShown: 1)
        }
    }
}
