import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalUI

/// Loads entity pages: finds the entity, asks cards and tabs for their content, each within its time.
struct EntityPages: Sendable {
    let index: PublishedIndex
    let entities: EntityStore
    let sources: SourceStore
    let catchUp: @Sendable () async throws -> Void
    let registry: ServiceHandle<PluginRegistry>
    /// Changes with the locations of the configuration.
    let paths: @Sendable () -> ShownPaths
    let deletion: OrphanDeletion
    let locations: LocationPages

    private static let path = "/catalog/{namespace}/{kind}/{name}"

    var contributions: [any Contribution] {
        let read = Route.Access.permission(CatalogPermissions.entityRead)
        return [
            Page("catalog", path: "/catalog", access: read, navigation: "catalog") { request, context in
                try CatalogPage.content(
                    request, context, index.version, paths(),
                    mayRegister: try await locations.mayRegister(request.principal))
            },
            Page("entity", path: Self.path, access: read, navigation: "catalog") {
                try await page($0, $1, tab: "overview")
            },
            Page("entity-tab", path: "\(Self.path)/{tab}", access: read, navigation: "catalog") { request, context in
                try await page(request, context, tab: try request.parameter("tab"))
            },
            APIRoutes(
                [
                    Route(
                        .post, "\(Self.path)/refresh", access: .permission(CatalogPermissions.entityRefresh),
                        isPage: true, handler: refresh),
                    Route(
                        .post, "\(Self.path)/delete", access: .permission(CatalogPermissions.entityDelete), isPage: true
                    ) { try await deletion.delete(try reference($0), $0) },
                ] + Bookmarks.routes),
            NavigationItem("catalog", title: "Catalog", path: "/catalog", icon: .catalog, key: "c", rank: 10),
            NavigationItem(
                "apis", title: "APIs", path: "/catalog?filters[kind]=api", icon: .api, key: "a", rank: 20),
        ] + locations.contributions
    }

    private func reference(_ request: PortalRequest) throws -> EntityReference {
        try EntityReference(
            kind: request.parameter("kind"), namespace: request.parameter("namespace"), name: request.parameter("name"))
    }

    private func refresh(_ request: PortalRequest) async throws -> PortalResponse {
        let reference = try reference(request)
        guard
            AuthorizedCatalog(index.version, decision: request.decision).slot(reference: reference.description) != nil,
            let ids = try await sources.sources(of: reference.description)
        else { throw PortalError(.notFound, "There is no \(reference) in the catalog") }
        try await sources.request(ids)
        let result = try await isRead(ids) ? EntityPage.Refresh.done : .asked
        return .redirect("\(EntityLink.url(reference).text)?\(EntityPage.Refresh.parameter)=\(result.rawValue)")
    }

    /// Waits a little for what was asked for, so that the page which follows shows it.
    private func isRead(_ ids: [Int64]) async throws -> Bool {
        if ids.isEmpty || ids.count > Self.mostAwaited { return false }
        for _ in 0..<Self.looks {
            if try await !sources.areUnderWay(ids) {
                try await catchUp()
                return true
            }
            try await Task.sleep(for: Self.pause)
        }
        return false
    }

    private static let mostAwaited = 20
    private static let looks = 40
    private static let pause: Duration = .milliseconds(30)

    private func page(_ request: PortalRequest, _ context: ViewContext, tab id: String) async throws -> PageContent {
        let reference = try reference(request)
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        guard let slot = catalog.slot(reference: reference.description) else {
            return try await missing(reference, request, context, catalog, tab: id)
        }
        let paths = paths()
        // Plugins get what they would get from the API: what they look up by it must not depend on what is shown.
        let stored = Entity(catalog.index.object(of: slot))
        let entity = paths.shown(stored)
        let registry = try registry.service
        let added = registry.all(EntityTab.self).filter { $0.condition.matches(stored) }
        let tabs = tabs(of: entity, added, context.words)
        guard let current = tabs.first(where: { $0.id == id }) else {
            return MissingEntity.tab(id, of: entity, context)
        }
        let relations = EntityRelations(of: reference.description, catalog)
        let body: HTML =
            switch id {
            case "overview":
                OverviewTab(
                    entity: entity, relations: relations, cards: await cards(registry, stored, context),
                    root: LocationPages.root(of: stored, catalog),
                    contents: LocationPages.contents(of: stored, catalog),
                    context: context
                ).html
            case "definition": DefinitionTab.html(entity, context)
            case "history":
                try await HistoryTab.html(of: reference, entities, catalog, paths, context)
            case "inspect": InspectTab.html(entity, stored: stored, context)
            default:
                await content(added.first { $0.id == id }?.content, stored, context)
            }
        return EntityPage(
            entity: entity, tabs: tabs, current: current, relations: relations, body: body, context: context,
            refresh: request.query[EntityPage.Refresh.parameter].flatMap(EntityPage.Refresh.init),
            mayDelete: try await deletion.isOffered(stored, to: request.principal),
            unregistration: try await locations.unregistration(of: stored, for: request.principal)
        ).content
    }

    /// What is there instead of an entity; one that is hidden looks as one that never was.
    private func missing(
        _ reference: EntityReference, _ request: PortalRequest, _ context: ViewContext, _ catalog: AuthorizedCatalog,
        tab id: String
    ) async throws -> PageContent {
        if !catalog.index.exists(reference.description),
            let deleted = try await DeletedEntity.load(
                reference, entities, catalog, paths(), context)
        {
            return deleted.content(tab: id)
        }
        return MissingEntity.page(reference, catalog, paths(), context)
    }

    private func tabs(of entity: Entity, _ added: [EntityTab], _ words: any CatalogWords) -> [EntityPage.Tab] {
        var tabs = [EntityPage.Tab(id: "overview", title: words.overview)]
        if entity.spec["definition"] != nil { tabs.append(.init(id: "definition", title: words.definition)) }
        for group in EntityTab.Group.allCases {
            tabs += added.filter { $0.group == group }.map { .init(id: $0.id, title: $0.title) }
        }
        return tabs + [.init(id: "history", title: words.history), .init(id: "inspect", title: words.inspect)]
    }

    /// All cards at once; the page waits for the slowest, at most its time.
    private func cards(
        _ registry: PluginRegistry, _ entity: Entity, _ context: ViewContext
    ) async -> [(card: EntityCard, content: HTML)] {
        let cards = registry.all(EntityCard.self).filter { $0.condition.matches(entity) }
        return await Contributed.all(cards, context) { try await $0.content(entity, context) }
            .map { ($0.part, $0.content ?? .empty) }
    }

    /// What a plugin draws, or why it does not: one dead vendor never breaks a page.
    private func content(_ draw: EntityCard.Content?, _ entity: Entity, _ context: ViewContext) async -> HTML {
        guard let draw else { return .empty }
        return await Contributed.html(context) { try await draw(entity, context) } ?? .empty
    }
}
