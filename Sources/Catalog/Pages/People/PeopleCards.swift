import EntityModel
import PortalKit
import PortalUI

/// What the page of a group or a user says of people: who belongs together, and what they own.
struct PeopleCards {
    private let entity: Entity
    private let catalog: AuthorizedCatalog
    private let context: ViewContext
    private let groups: GroupTree
    private let scope: PeopleScope?
    private let isDirect: Bool

    private static let mostMembers = 40

    init(_ entity: Entity, _ request: PortalRequest, _ catalog: AuthorizedCatalog, _ context: ViewContext) {
        self.entity = entity
        self.catalog = catalog
        self.context = context
        isDirect = request.query[PeopleScope.directParameter] != nil
        groups = GroupTree(below: entity, catalog)
        scope = PeopleScope(entity, catalog)
    }

    private var words: any CatalogWords { context.words }

    /// Nothing on other pages.
    var html: HTML {
        guard let scope else { return .empty }
        return HTML { h in
            h.add(troubles(scope))
            h.add(ownership(scope))
            if !scope.isGroup { return }
            h.add(hierarchy)
            h.add(members(scope))
        }
    }

    /// What wants to be looked at, each number leading to what it counts.
    private func troubles(_ scope: PeopleScope) -> HTML {
        let counts = catalog.statusCounts(within: scope.owned())
        let links = ListStatus.allCases.compactMap { status -> (count: Int, name: String, url: SafeURL)? in
            guard let count = counts[status], count > 0 else { return nil }
            return scope.url(kind: "all", status: status).map { (count, status.title(words), $0) }
        }
        if links.isEmpty { return .empty }
        return Card.html(
            context.language.catalogHome.needsAttention, id: "attention",
            content: CountLinks.html(links, context.interface))
    }

    private func ownership(_ scope: PeopleScope) -> HTML {
        let direct = scope.owned(isDirect: true)
        let owned = isDirect ? direct : scope.owned()
        let counts = catalog.index.facet("kind", within: owned).sorted { ($1.count, $0.value) < ($0.count, $1.value) }
        let own = Dictionary(catalog.index.facet("kind", within: direct).map { ($0.value, $0.count) }) { first, _ in
            first
        }
        return Card.html(
            words.ownership, id: "ownership", count: context.interface.number(owned.count),
            action: choice(scope, words.ownership),
            content: HTML { h in
                if counts.isEmpty { return h.add(Card.quiet(words.ownsNothing)) }
                h.add(
                    CountTiles.html(
                        counts.map { kind in
                            .init(
                                kind.value, title: words.plural(of: kind.value), count: kind.count,
                                url: scope.url(kind: kind.value, isDirect: isDirect),
                                part: scope.hasMore && !isDirect ? part(own[kind.value] ?? 0, kind.value, scope) : nil)
                        }, context.interface))
                h.add(Pager.more(words.changesOfOwned, ChangeAddress.url("owner", entity.reference)))
            })
    }

    /// What is theirs alone.
    private func part(_ count: Int, _ kind: String, _ scope: PeopleScope) -> CountTiles.Part {
        .init(words.directly(count), url: count == 0 ? nil : scope.url(kind: kind, isDirect: true))
    }

    /// Something may be theirs through others.
    private func choice(_ scope: PeopleScope, _ label: String) -> HTML {
        let url = EntityLink.url(entity.reference)
        return scope.hasMore ? Self.choice(scope, label, url, isDirect: isDirect, words) : .empty
    }

    /// - Parameter url: of the page with everything, without parameters.
    static func choice(
        _ scope: PeopleScope, _ label: String, _ url: SafeURL, isDirect: Bool, _ words: any CatalogWords
    ) -> HTML {
        ViewSwitch.html(
            label,
            [
                .init(scope.isGroup ? words.withSubgroups : words.withGroups, url: url, isCurrent: !isDirect),
                .init(
                    words.onlyDirect, url: SafeURL("\(url.text)?\(PeopleScope.directParameter)") ?? url,
                    isCurrent: isDirect),
            ])
    }

    private var hierarchy: HTML {
        let above = GroupTree.above(entity, catalog)
        if above.isEmpty, groups.references.count < 2 { return .empty }
        return Card.html(
            words.hierarchy, id: "hierarchy",
            content: Tree.html(groups.tree(above: above, root: entity, words), context.interface))
    }

    private func members(_ scope: PeopleScope) -> HTML {
        let found = scope.members(isDirect: isDirect)
        if found.count == 0 { return Card.html(words.members, content: Card.quiet(words.noMembers)) }
        let shown = found.first(Self.mostMembers).map { catalog.index.shown($0) }
            .sorted { EntityName.title(of: $0).lowercased() < EntityName.title(of: $1).lowercased() }
        let all = RelationTab.url(of: "hasMember", entity, isDirect: isDirect)
        return Card.html(
            words.members, id: "members", count: context.interface.number(found.count),
            action: choice(scope, words.members),
            content: HTML { h in
                h.add(PeopleList.html(shown, total: found.count, all: all, context.interface))
                if scope.hasMore, !isDirect {
                    h.add(Card.quiet(words.ofThemDirectly(scope.members(isDirect: true).count)))
                }
            })
    }
}
