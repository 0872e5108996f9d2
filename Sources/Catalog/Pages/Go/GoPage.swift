import EntityModel
import Foundation
import PortalKit
import PortalUI

/// `/go`: what a few letters may mean, as links. The palette shows its list; without scripts it is a page.
struct GoPage: Sendable {
    let index: PublishedIndex
    let registry: ServiceHandle<PluginRegistry>
    let personal: PersonalServices

    /// The part that the palette takes.
    static let part = "found"
    private static let mostEntities = 12
    private static let mostOwn = 6
    private static let mostLetters = 100

    var page: Page {
        Page("go", path: "/go", access: .permission(CatalogPermissions.entityRead)) { request, context in
            let query = String((request.query["query"] ?? "").trimmed.prefix(Self.mostLetters))
            let catalog = AuthorizedCatalog(index.version, decision: request.decision)
            let groups = try await groups(query, catalog, context)
            let words = context.words
            return PageContent(
                words.goTo, modules: [],
                html: HTML { h in
                    h.add(PageHead.html(words.goTo))
                    h.add(SearchForm.html(to: "/go", value: query, label: words.goTo, button: words.find))
                    h.add(FoundList.html(id: Self.part, groups, none: words.nothing))
                })
        }
    }

    private func groups(
        _ query: String, _ catalog: AuthorizedCatalog, _ context: ViewContext
    ) async throws -> [FoundList.Group] {
        let words = context.words
        var groups: [FoundList.Group] = []
        if query.isEmpty {
            let stars = try await Outage.orElse([]) { try await personal.starred(of: context) }
            let starred = stars.compactMap { catalog.slot(reference: $0.description) }.prefix(Self.mostOwn)
            groups.append(.init(words.starred, starred.map { entity($0, catalog) }))
            let recent = await personal.recent(of: context.principal, limit: Self.mostOwn)
            groups.append(
                .init(
                    words.recentlyVisited,
                    recent.compactMap { visit in
                        SafeURL(local: visit.pathname).map {
                            .init(visit.name, kind: Self.kind(visit.entityRef), url: $0, detail: visit.entityRef ?? "")
                        }
                    }))
        } else {
            groups.append(.init(words.entities, entities(query, catalog).map { entity($0, catalog) }, sought: query))
        }
        groups.append(.init(words.pagesOfPortal, try pages(query, context), sought: query))
        if !query.isEmpty {
            groups.append(
                .init(
                    "", [.init(words.allResults(query), kind: nil, url: .path(["search"], query: [("query", query)]))]))
        }
        return groups.filter { !$0.items.isEmpty }
    }

    /// Those that begin with it before those that hold it.
    private func entities(_ query: String, _ catalog: AuthorizedCatalog) -> [UInt32] {
        let order = EntityOrder(key: "metadata.name")
        var found: [UInt32] = []
        func take(_ predicate: EntityPredicate) {
            let most = Self.mostEntities
            if found.count >= most { return }
            let matches = catalog.matches(predicate)
            for slot in catalog.index.page(of: matches, order: order, limit: most).slots
            where found.count < most && !found.contains(slot) { found.append(slot) }
        }
        if let reference = try? EntityReference(parsing: query, defaultKind: ""), !reference.kind.isEmpty,
            let slot = catalog.slot(reference: reference.description)
        {
            found.append(slot)
        }
        take(.oneOf(key: "metadata.name", values: [query]))
        take(
            .any([
                .hasPrefix(key: "metadata.name", prefix: query), .hasPrefix(key: "metadata.title", prefix: query),
                .hasPrefix(key: "spec.profile.displayName", prefix: query),
            ]))
        take(
            .contains(keys: ["metadata.name", "metadata.title", "spec.profile.displayName"], text: query))
        return found
    }

    private func entity(_ slot: UInt32, _ catalog: AuthorizedCatalog) -> FoundList.Item {
        let entity = Entity(catalog.index.outline(of: slot))
        let reference = entity.reference
        return .init(
            EntityName.title(of: entity), kind: entity.kind, url: EntityLink.url(reference),
            detail: reference.description)
    }

    private static func kind(_ reference: String?) -> String? {
        reference.flatMap { try? EntityReference(parsing: $0) }?.kind
    }

    private func pages(_ query: String, _ context: ViewContext) throws -> [FoundList.Item] {
        let sought = query.lowercased()
        let own = try registry.service.all(NavigationItem.self).filter { $0.isVisible(context.principal) }.map { item in
            (title: context.interface.navigation(item.id) ?? item.title, url: item.path)
        }
        let more = [
            (title: context.words.registerExisting, url: RegistrationPage.url),
            (title: context.words.graph, url: SafeURL.path(["catalog-graph"])),
            (title: context.interface.help, url: SafeURL.path(["help"])),
        ]
        return (own + more).filter { sought.isEmpty || $0.title.lowercased().contains(sought) }
            .map { .init($0.title, kind: nil, url: $0.url) }
    }
}
