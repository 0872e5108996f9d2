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
    static let mostRead = 24
    /// For the facts above a tab that lists something else.
    static let fewRead = 5
    private static let mostMissing = 20

    private static let order = [
        "ownedBy", "partOf", "hasPart", "providesApi", "consumesApi", "apiProvidedBy", "apiConsumedBy", "dependsOn",
        "dependencyOf", "childOf", "parentOf", "hasMember", "memberOf", "ownerOf",
    ]

    /// - Parameter most: how many of each type are read; the facts above every tab need a few.
    init(of reference: String, _ catalog: AuthorizedCatalog, most: Int = mostRead) {
        let summaries = catalog.relations(of: reference, most: most)
        groups = summaries.sorted { Self.isBefore($0.type, $1.type) }.map { summary in
            Group(
                type: summary.type,
                items: summary.shown.compactMap { item in
                    let entity = item.slot.map { catalog.index.shown($0) }
                    return (entity?.reference ?? (try? EntityReference(parsing: item.reference))).map { ($0, entity) }
                }, total: summary.total)
        }
        missing = Array(Set(summaries.flatMap(\.missing)).sorted().prefix(Self.mostMissing))
    }

    private static func isBefore(_ left: String, _ right: String) -> Bool {
        func rank(_ type: String) -> Int { order.firstIndex(of: type) ?? order.count }
        return rank(left) != rank(right) ? rank(left) < rank(right) : left < right
    }

    subscript(_ type: String) -> Group? { groups.first { $0.type == type } }

    /// How many relations there are.
    var all: Int { groups.reduce(0) { $0 + $1.total } }

    /// How many relations of some types there are.
    func total(_ types: [String]) -> Int { groups.reduce(0) { $0 + (types.contains($1.type) ? $1.total : 0) } }

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

    /// What the pages of people say in cards of their own.
    private static let saidElsewhere = ["group": ["hasMember", "parentOf", "ownerOf"], "user": ["ownerOf"]]

    /// The groups as lists; what the facts above say already is left out.
    func card(of entity: Entity, _ context: ViewContext) -> HTML {
        let left = Self.saidElsewhere[entity.kind.lowercased()] ?? []
        let shown = groups.filter { !(["ownedBy", "partOf", "childOf"] + left).contains($0.type) }
        if shown.isEmpty, !left.isEmpty { return .empty }
        let lists = shown.flatMap { split($0, entity, context) }
        return Card.html(
            context.words.relations, id: "relations",
            content: lists.isEmpty ? Card.quiet(context.words.noRelations) : Columns.groups(lists))
    }

    /// One list, or one for each kind where parts of several kinds would mix.
    private func split(_ group: Group, _ entity: Entity, _ context: ViewContext) -> [HTML] {
        let all = RelationTab.url(of: group.type, entity)
        func list(_ title: String, _ items: [(reference: EntityReference, entity: Entity?)], _ total: Int) -> HTML {
            EntityList.html(
                title, items.map { .init($0.reference, entity: $0.entity) }, total: total, all: all, context.interface)
        }
        let title = context.words.relation(group.type) ?? group.type
        guard group.type == "hasPart", group.total == group.items.count else {
            return [list(title, group.items, group.total)]
        }
        let kinds = Dictionary(grouping: group.items) { $0.entity?.kind ?? $0.reference.kind }
        return kinds.sorted { $0.key < $1.key }.map { kind, items in
            list(context.words.plural(of: kind), items, items.count)
        }
    }
}
