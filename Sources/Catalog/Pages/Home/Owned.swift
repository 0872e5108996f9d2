import EntityModel
import PortalKit
import PortalUI

/// What somebody owns: how much of each kind, and the first of it, with what has warnings in front.
struct Owned: Sendable {
    private let user: UserPrincipal
    private let kinds: [(value: String, count: Int)]
    private let items: [EntityList.Item]
    private let total: Int

    private static let mostShown = 8
    private static let order = EntityOrder(key: "metadata.name")
    /// The kinds that people look for first; others follow by how many there are.
    private static let first = ["component", "api", "system", "resource"]

    init(of user: UserPrincipal, _ catalog: AuthorizedCatalog, _ words: any CatalogWords) {
        self.user = user
        let index = catalog.index
        let found = catalog.matches(CatalogHome.owned(by: user))
        total = found.count
        kinds = index.facet("kind", within: found).filter { $0.count > 0 }.sorted { left, right in
            let ranks = (Self.rank(left.value), Self.rank(right.value))
            return ranks.0 == ranks.1 ? left.count > right.count : ranks.0 < ranks.1
        }
        let troubled = found.intersection(
            index.matches(.any([.exists(key: SearchRows.errorKey), .exists(key: ListStatus.orphanKey)])))
        var slots = index.page(of: troubled, order: Self.order, limit: Self.mostShown).slots
        var rest = found
        rest.subtract(troubled)
        slots += index.page(of: rest, order: Self.order, limit: Self.mostShown - slots.count).slots
        items = slots.map { slot in
            let entity = index.shown(slot)
            return .init(entity.reference, entity: entity, warning: CatalogRow.warning(of: entity, words))
        }
    }

    private static func rank(_ kind: String) -> Int { first.firstIndex(of: kind.lowercased()) ?? first.count }

    func html(_ context: ViewContext) -> HTML {
        if total == 0 { return nothing(context) }
        return HTML { h in
            h.add(
                CountLinks.html(
                    kinds.map { kind in
                        (kind.count, Self.name(kind, context.language.catalog), CatalogHome.url(kind: kind.value))
                    }, context.language.interface))
            h.add(
                EntityList.html(
                    nil, items, total: total, all: CatalogHome.url(kind: "all"), context.language.interface))
        }
    }

    /// `components`, `APIs`
    private static func name(_ kind: (value: String, count: Int), _ words: any CatalogWords) -> String {
        let counted = CatalogErrors.counted(kind.count, kind.value, words)
        return String(counted.drop { $0 != " " }.dropFirst())
    }

    /// Who somebody is to the catalog, and how they come to own something.
    private func nothing(_ context: ViewContext) -> HTML {
        let words = context.language.catalogHome
        let groups = user.ownershipEntityRefs.filter { $0 != user.userEntityRef }
            .compactMap { try? EntityReference(parsing: $0) }
        return HTML { h in
            h.add(Card.text(words.ownNothing))
            h.add(
                Pairs.html([
                    (words.you, Code.inline(user.userEntityRef)),
                    (words.yourGroups, groups.isEmpty ? Card.quiet(words.noGroups) : Self.links(groups, context)),
                ]))
            h.add(Card.quiet(groups.isEmpty ? words.howToJoin : words.howToOwn))
        }
    }

    private static func links(_ groups: [EntityReference], _ context: ViewContext) -> HTML {
        HTML { h in
            for (number, group) in groups.enumerated() {
                if number > 0 { h.text(", ") }
                h.add(EntityLink.html(group, context.language.interface))
            }
        }
    }
}
