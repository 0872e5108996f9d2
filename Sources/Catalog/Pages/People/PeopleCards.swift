import EntityModel
import PortalKit
import PortalUI

/// What the page of a group or a user says of people: who belongs together, and what they own.
struct PeopleCards {
    private let entity: Entity
    private let catalog: AuthorizedCatalog
    private let context: ViewContext
    /// The group with the groups below it, or the group alone where that is asked for; a user with the own groups.
    private let groups: GroupTree
    private let isDirect: Bool

    /// `?direct` leaves out what is below.
    private static let directParameter = "direct"
    private static let mostMembers = 40

    init(_ entity: Entity, _ request: PortalRequest, _ catalog: AuthorizedCatalog, _ context: ViewContext) {
        self.entity = entity
        self.catalog = catalog
        self.context = context
        isDirect = request.query[Self.directParameter] != nil
        groups = GroupTree(below: entity, catalog)
    }

    private var words: any CatalogWords { context.words }
    private var isGroup: Bool { entity.kind.lowercased() == "group" }

    /// Nothing on other pages.
    var html: HTML {
        switch entity.kind.lowercased() {
        case "group":
            HTML { h in
                h.add(ownership)
                h.add(hierarchy)
                h.add(members)
            }
        case "user": ownership
        default: .empty
        }
    }

    private var owners: [String] {
        if isGroup { return isDirect ? [entity.reference.description] : groups.references }
        let own = entity.reference.description
        return isDirect
            ? [own]
            : [own]
                + catalog.relations(of: own, most: 50).filter { $0.type == "memberOf" }
                .flatMap { $0.shown.map(\.reference) }
    }

    private var ownership: HTML {
        let owners = owners
        let owned = catalog.matches(.oneOf(key: "relations.ownedby", values: owners))
        let counts = catalog.index.facet("kind", within: owned).sorted { ($1.count, $0.value) < ($0.count, $1.value) }
        return Card.html(
            words.ownership, id: "ownership", count: owned.count, action: hasMore ? choice : .empty,
            content: HTML { h in
                if counts.isEmpty { return h.add(Card.quiet(words.ownsNothing)) }
                h.add(
                    CountTiles.html(
                        counts.map { kind in
                            .init(
                                kind.value, title: words.plural(of: kind.value), count: kind.count,
                                url: url(kind.value, owners))
                        }))
            })
    }

    /// Something may be owned through others.
    private var hasMore: Bool { isGroup ? groups.references.count > 1 : true }

    private var choice: HTML {
        let url = EntityLink.url(entity.reference)
        return ViewSwitch.html(
            words.ownership,
            [
                .init(isGroup ? words.withSubgroups : words.withGroups, url: url, isCurrent: !isDirect),
                .init(
                    words.onlyDirect, url: SafeURL("\(url.text)?\(Self.directParameter)") ?? url, isCurrent: isDirect),
            ])
    }

    private func url(_ kind: String, _ owners: [String]) -> SafeURL? {
        if owners.count > CatalogFilters.mostValues { return nil }
        return .path(
            ["catalog"],
            query: [("filters[kind]", kind.lowercased())] + owners.map { ("filters[owners]", $0) })
    }

    private var hierarchy: HTML {
        let above = GroupTree.above(entity, catalog)
        if above.isEmpty, groups.references.count < 2 { return .empty }
        return Card.html(
            words.hierarchy, id: "hierarchy",
            content: Tree.html(groups.tree(above: above, root: entity), context.interface))
    }

    private var members: HTML {
        let references = isDirect ? [entity.reference.description] : groups.references
        let found = catalog.matches(.oneOf(key: "relations.memberof", values: references))
        if found.count == 0 { return Card.html(words.members, content: Card.quiet(words.noMembers)) }
        let shown = found.first(Self.mostMembers).map { catalog.index.shown($0) }
            .sorted { EntityName.title(of: $0).lowercased() < EntityName.title(of: $1).lowercased() }
        let all = RelationTab.url(of: "hasMember", entity)
        return Card.html(
            words.members, id: "members", count: found.count, action: hasMore ? choice : .empty,
            content: PeopleList.html(shown, total: found.count, all: all, context.interface))
    }
}
