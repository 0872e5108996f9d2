import EntityModel
import PortalKit
import PortalUI

/// What an entity is connected with, by type of relation, in the order in which pages show it.
struct EntityRelations: Sendable {
    /// All relations of one type.
    struct Group: Sendable {
        let type: String
        /// The first of them, each with what the catalog knows of it.
        let items: [(reference: EntityReference, entity: Entity?)]
        let total: Int
    }

    let groups: [Group]
    /// References of targets that the catalog does not have, the first of them.
    let missing: [String]

    /// A group may own thousands: more are counted and not read.
    private static let mostRead = 40
    private static let mostMissing = 20

    private static let order = [
        "ownedBy", "partOf", "hasPart", "providesApi", "consumesApi", "apiProvidedBy", "apiConsumedBy", "dependsOn",
        "dependencyOf", "childOf", "parentOf", "hasMember", "memberOf", "ownerOf",
    ]

    init(of reference: String, _ catalog: AuthorizedCatalog) {
        var groups: [Group] = []
        var missing: [String] = []
        let edges = Dictionary(grouping: catalog.index.graph.edges(of: reference), by: \.type)
        for (type, edges) in edges.sorted(by: { Self.isBefore($0.key, $1.key) }) {
            var items: [(reference: EntityReference, entity: Entity?)] = []
            for edge in edges {
                let slot = catalog.slot(reference: edge.target)
                if slot == nil, missing.count < Self.mostMissing { missing.append(edge.target) }
                guard items.count < Self.mostRead, let target = try? EntityReference(parsing: edge.target) else {
                    continue
                }
                let entity = slot.map { Entity(catalog.index.object(of: $0)) }
                items.append((entity?.reference ?? target, entity))
            }
            groups.append(Group(type: type, items: items, total: edges.count))
        }
        self.groups = groups
        self.missing = Set(missing).sorted()
    }

    private static func isBefore(_ left: String, _ right: String) -> Bool {
        func rank(_ type: String) -> Int { order.firstIndex(of: type) ?? order.count }
        return rank(left) != rank(right) ? rank(left) < rank(right) : left < right
    }

    subscript(_ type: String) -> Group? { groups.first { $0.type == type } }

    /// The targets of one type as links.
    func links(_ type: String, kind: String? = nil, mostShown: Int = 4, _ context: ViewContext) -> HTML {
        let items = (self[type]?.items ?? []).filter { kind == nil || $0.reference.kind.lowercased() == kind }
        return HTML { h in
            for (number, item) in items.prefix(mostShown).enumerated() {
                if number > 0 { h.text(", ") }
                h.add(
                    EntityLink.html(
                        item.reference, title: item.entity.map(EntityName.title), exists: item.entity != nil,
                        context.interface))
            }
            if items.count > mostShown { h.text(context.words.andMoreLinks(items.count - mostShown)) }
        }
    }

    /// The groups as lists; what the facts above say already is left out.
    func card(of entity: Entity, _ context: ViewContext) -> HTML {
        let shown = groups.filter { !["ownedBy", "partOf", "childOf"].contains($0.type) }
        let lists = shown.map { group in
            EntityList.html(
                context.words.relation(group.type) ?? group.type,
                group.items.map { .init($0.reference, entity: $0.entity) }, total: group.total,
                all: Self.all(group.type, of: entity), context.interface)
        }
        return Card.html(
            context.words.relations,
            content: lists.isEmpty
                ? Card.quiet(context.words.noRelations) : Columns.groups(lists))
    }

    /// Where the catalog page lists all of them.
    private static func all(_ type: String, of entity: Entity) -> SafeURL? {
        let names = ["ownerOf": "owners", "hasPart": "system"]
        return names[type].map { name in
            .path(
                ["catalog"],
                query: [("filters[kind]", "all"), ("filters[\(name)]", entity.reference.description.lowercased())])
        }
    }
}
