import EntityModel
import PortalKit
import PortalUI

/// A tab with the relations of some types as tables, all of them page by page.
struct RelationTab: Sendable {
    /// Which tabs there are.
    struct Sort: Sendable {
        /// The last part of the tab's URL, upstream's where it has one.
        let id: String
        let types: [String]
        /// Kinds on which the tab says that there is nothing, rather than that there is no such tab; lowercase.
        let kinds: Set<String>

        func title(_ words: any CatalogWords) -> String {
            switch id {
            case "dependencies": words.dependencies
            case "api": words.apis
            case "used-by": words.usedBy
            case "parts": words.parts
            case "members": words.members
            default: words.owns
            }
        }
    }

    static let sorts = [
        Sort(id: "api", types: ["providesApi", "consumesApi"], kinds: ["component"]),
        Sort(id: "used-by", types: ["apiProvidedBy", "apiConsumedBy"], kinds: ["api"]),
        Sort(id: "dependencies", types: ["dependsOn", "dependencyOf"], kinds: ["component", "resource"]),
        Sort(id: "parts", types: ["hasPart"], kinds: ["system", "domain"]),
        Sort(id: "members", types: ["hasMember"], kinds: ["group"]),
        Sort(id: "owned", types: ["ownerOf"], kinds: ["group", "user"]),
    ]

    /// Where all relations of a type are listed; nil for types that are on no tab.
    static func url(of type: String, _ entity: Entity, isDirect: Bool = false) -> SafeURL? {
        sorts.first { $0.types.contains(type) }.map { sort in
            let direct = isDirect ? "&\(PeopleScope.directParameter)" : ""
            return SafeURL("\(EntityLink.url(entity.reference, tab: sort.id).text)?of=\(type)\(direct)") ?? "#"
        }
    }

    let sort: Sort
    let entity: Entity
    let catalog: AuthorizedCatalog
    let context: ViewContext
    /// The one type that is shown, from this number on.
    var only: String?
    var from = 0
    /// Of a group or a user: whose things are listed with theirs.
    private let people: PeopleScope?
    private let isDirect: Bool

    private static let pageSize = 100
    private static let firstRows = 20
    private static let mostReached = 1_000
    /// Nothing has so many relations; numbers beyond could not be added to.
    private static let farthest = 1 << 32

    init(
        _ sort: Sort, of entity: Entity, _ request: PortalRequest, _ catalog: AuthorizedCatalog, _ context: ViewContext
    ) {
        self.sort = sort
        self.entity = entity
        self.catalog = catalog
        self.context = context
        people = PeopleScope(entity, catalog)
        isDirect = request.query[PeopleScope.directParameter] != nil
        only = request.query["of"].flatMap { sort.types.contains($0) ? $0 : nil }
        let start = request.query["from"].flatMap { Int($0) } ?? 0
        from = only == nil ? 0 : min(max(0, start), Self.farthest)
    }

    private var words: any CatalogWords { context.words }

    var html: HTML {
        let size = only == nil ? Self.firstRows : Self.pageSize
        let found = catalog.relations(of: entity.reference.description, most: size, from: from)
        let types = only.map { [$0] } ?? sort.types
        return HTML { h in
            if only == nil { h.add(reach) }
            for type in types {
                let summary = found.first { $0.type == type } ?? RelationSummary(type: type)
                h.add(card(shared(type, size) ?? summary, size))
            }
        }
    }

    /// What a group has together with the groups below it, by name; nil where only what is its own is listed.
    private func shared(_ type: String, _ size: Int) -> RelationSummary? {
        guard let people, people.hasMore, !isDirect, let found = people.listed(on: sort.id) else { return nil }
        let page = catalog.index.page(
            of: found, order: EntityOrder(key: "metadata.name"), limit: size, offset: from)
        return RelationSummary(
            type: type, total: found.count,
            shown: page.slots.compactMap { slot in catalog.index.reference(of: slot).map { ($0, slot) } })
    }

    private func action(_ summary: RelationSummary, _ title: String) -> HTML {
        if let people, people.hasMore, people.listed(on: sort.id) != nil {
            let url = EntityLink.url(entity.reference, tab: sort.id)
            return PeopleCards.choice(people, title, url, isDirect: isDirect, words)
        }
        return summary.total > 0 ? graphLink(summary.type) : .empty
    }

    private func card(_ summary: RelationSummary, _ size: Int) -> HTML {
        let title = words.relation(summary.type) ?? summary.type
        return Card.html(
            title, id: summary.type, count: context.interface.number(summary.total),
            action: action(summary, title),
            content: HTML { h in
                if summary.shown.isEmpty { return h.add(Card.quiet(words.nothingHere(title))) }
                h.add(EntityTable(title, summary.shown, catalog, context).html)
                if only == nil, summary.total > summary.shown.count,
                    let url = Self.url(of: summary.type, entity, isDirect: isDirect)
                {
                    h.add(Pager.more(context.interface.all(summary.total), url))
                }
                if only != nil { h.add(pager(summary, size)) }
            })
    }

    private func pager(_ summary: RelationSummary, _ size: Int) -> HTML {
        func page(_ start: Int) -> SafeURL? {
            Self.url(of: summary.type, entity, isDirect: isDirect).flatMap { SafeURL("\($0.text)&from=\(start)") }
        }
        let number = context.interface.number
        return Pager.html(
            words.position(
                "\(number(from + 1))–\(number(from + summary.shown.count))", of: number(summary.total)),
            previous: from > 0 ? page(max(0, from - size)) : nil,
            next: from + size < summary.total ? page(from + size) : nil, context.interface)
    }

    private func graphLink(_ type: String) -> HTML {
        let query = GraphQuery(root: entity.reference).with { $0.relations = [type] }
        return HTML { h in h(.a, .href(query.url), text: words.graph) }
    }

    /// How much would notice if it failed: everything that needs it, and what needs that.
    private var reach: HTML {
        guard sort.id == "dependencies" else { return .empty }
        let query = GraphQuery(root: entity.reference).asking(.needing)
        let walk = GraphWalk(query, catalog, most: Self.mostReached)
        // The APIs themselves are only the way.
        let found = walk.places.dropFirst().filter { !$0.reference.hasPrefix("api:") }
        let count = found.count
        if count == 0 { return .empty }
        let depth = found.last?.depth ?? 1
        return Note.html(
            .info, nil,
            HTML { h in
                h(.p) {
                    h.text(walk.isCut ? words.moreThanNeedIt(count, depth) : words.needIt(count, depth))
                    h.text(" ")
                    h(.a, .href(query.url), text: words.showGraph)
                }
            })
    }
}
