import EntityModel
import Foundation
import PortalKit
import PortalUI

/// Loads the page of an entity: finds the entity, asks cards and tabs for their content, each within its time.
struct EntityPageLoader: Sendable {
    let index: PublishedIndex
    let entities: EntityStore
    let sources: SourceStore
    let registry: ServiceHandle<PluginRegistry>
    let paths: @Sendable () -> ShownPaths
    let deletion: OrphanDeletion
    let locations: LocationPages
    let personal: PersonalServices

    /// What one page is made of.
    private struct Subject {
        let catalog: AuthorizedCatalog
        let slot: UInt32
        /// As it is stored, without relations.
        let own: Entity
        /// The same as pages show it.
        let entity: Entity
        let relations: EntityRelations
        let paths: ShownPaths
        let request: PortalRequest
        let context: ViewContext
        /// Of a group or a user.
        var people: PeopleScope?
        /// Where it was read from.
        var source: SourceFacts?

        /// As the API serves it: what plugins look up by it must not depend on what is shown.
        var stored: Entity { Entity(catalog.index.object(of: slot)) }
    }

    func page(
        _ reference: EntityReference, _ request: PortalRequest, _ context: ViewContext, tab id: String
    ) async throws -> PageContent {
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        guard let slot = catalog.slot(reference: reference.description) else {
            return try await missing(reference, context, catalog, tab: id)
        }
        let paths = paths()
        // Only its own tab has use for the whole of a definition.
        let entity = id == "definition" ? Entity(catalog.index.own(of: slot)) : catalog.index.shown(slot)
        var subject = Subject(
            catalog: catalog, slot: slot, own: entity, entity: paths.shown(entity),
            relations: EntityRelations(
                of: reference.description, catalog,
                most: id == "overview" ? EntityRelations.mostRead : EntityRelations.fewRead), paths: paths,
            request: request,
            context: context, people: PeopleScope(entity, catalog))
        if id == PeekCard.part {
            return PeekCard(entity: subject.entity, relations: subject.relations, context: context).content
        }
        subject.source = try await sources.facts(of: reference.description)
        let all = try registry.service.all(EntityTab.self)
        let added = all.filter { $0.condition.matches(entity) }
        var tabs = tabs(of: subject, added)
        var lacking: HTML?
        if !tabs.contains(where: { $0.id == id }) {
            guard let extra = extraTab(id, subject, all) else { return MissingEntity.tab(id, of: entity, context) }
            tabs.append(extra.tab)
            lacking = extra.content
        }
        guard let current = tabs.first(where: { $0.id == id }) else {
            return MissingEntity.tab(id, of: entity, context)
        }
        let body: HTML = if let lacking { lacking } else { try await content(of: id, subject, added) }
        return EntityPage(
            entity: subject.entity, tabs: tabs, current: current, relations: subject.relations, alerts: alerts(subject),
            people: subject.people,
            star: try await personal.starButton(entity, context, back: request.target), body: body, context: context,
            refresh: request.query[EntityPage.Refresh.parameter].flatMap(EntityPage.Refresh.init),
            mayDelete: try await deletion.isOffered(entity, to: request.principal),
            unregistration: try await locations.unregistration(of: entity, for: request.principal)
        ).content
    }

    private func tabs(of subject: Subject, _ added: [EntityTab]) -> [EntityPage.Tab] {
        let words = subject.context.words
        var tabs = [EntityPage.Tab(id: "overview", title: words.overview)]
        if subject.entity.spec["definition"] != nil { tabs.append(.init(id: "definition", title: words.definition)) }
        for sort in RelationTab.sorts {
            let related = subject.relations.total(sort.types)
            let count = max(related, subject.people?.listed(on: sort.id)?.count ?? 0)
            if count > 0 { tabs.append(.init(id: sort.id, title: sort.title(words), count: count)) }
        }
        for group in EntityTab.Group.allCases {
            tabs += added.filter { $0.group == group }.map { .init(id: $0.id, title: $0.title) }
        }
        return tabs + [.init(id: "history", title: words.history), .init(id: "inspect", title: words.inspect)]
    }

    private func alerts(_ subject: Subject) -> EntityAlerts {
        let interval = (try? locations.runtime.current.settings)?.intervalMilliseconds
        return EntityAlerts(
            entity: subject.entity, missing: subject.relations.missing, context: subject.context,
            staleness: Staleness(subject.source, intervalMilliseconds: interval),
            successor: Successor(of: subject.own, subject.catalog))
    }

    /// A tab that the page does not offer, but that says something where its address is asked for.
    private func extraTab(
        _ id: String, _ subject: Subject, _ all: [EntityTab]
    ) -> (tab: EntityPage.Tab, content: HTML)? {
        if let tab = all.first(where: { $0.id == id }) {
            return MissingAnnotation.html(tab, subject.entity, subject.context).map {
                (EntityPage.Tab(id: id, title: tab.title), $0)
            }
        }
        guard let sort = RelationTab.sorts.first(where: { $0.id == id }),
            sort.kinds.contains(subject.entity.kind.lowercased())
        else { return nil }
        let tab = RelationTab(sort, of: subject.entity, subject.request, subject.catalog, subject.context)
        return (EntityPage.Tab(id: id, title: sort.title(subject.context.words)), tab.html)
    }

    private func content(of id: String, _ subject: Subject, _ added: [EntityTab]) async throws -> HTML {
        let (entity, catalog, context) = (subject.entity, subject.catalog, subject.context)
        switch id {
        case "overview": return try await overview(subject)
        case "definition": return DefinitionTab.html(entity, context)
        case "history":
            return try await HistoryTab.html(of: entity.reference, entities, catalog, subject.paths, context)
        case "inspect": return try await inspect(subject)
        default:
            if let tab = added.first(where: { $0.id == id }) {
                let stored = subject.stored
                return await Contributed.html(context) { try await tab.content(stored, context) } ?? .empty
            }
            return RelationTab.sorts.first { $0.id == id }.map {
                RelationTab($0, of: entity, subject.request, catalog, context).html
            } ?? .empty
        }
    }

    private func overview(_ subject: Subject) async throws -> HTML {
        let (entity, catalog, context) = (subject.entity, subject.catalog, subject.context)
        let cards = try registry.service.all(EntityCard.self).filter { $0.condition.matches(entity) }
        let stored = cards.isEmpty ? entity : subject.stored
        return OverviewTab(
            entity: entity, relations: subject.relations,
            cards: await Contributed.all(cards, context) { try await $0.content(stored, context) }
                .map { ($0.part, $0.content ?? .empty) },
            root: LocationPages.root(of: subject.own, catalog),
            contents: LocationPages.contents(
                of: subject.own, catalog, from: LocationContents.start(subject.request.query)),
            people: PeopleCards(entity, subject.request, catalog, context).html,
            graph: MiniGraph.card(of: entity, catalog, context), context: context
        ).html
    }

    private func inspect(_ subject: Subject) async throws -> HTML {
        let (catalog, context) = (subject.catalog, subject.context)
        let stored = Entity(
            catalog.index.object(
                of: subject.slot, mostRelations: InspectTab.mostRelations, longestText: CatalogIndex.longestShown))
        func entity(_ slot: UInt32) -> Entity { subject.paths.shown(catalog.index.shown(slot)) }
        let reference = stored.reference.description
        let ancestors = try await entities.ancestry(of: reference).dropFirst()
            .compactMap { catalog.slot(reference: $0.reference) }.map(entity)
        let neighbours = Neighbours(
            of: subject.slot, in: stored.annotation("backstage.io/managed-by-location"), catalog,
            subject.request.query, shown: entity)
        return InspectTab(
            entity: subject.paths.shown(stored), stored: stored, source: subject.source,
            ancestors: ancestors, neighbours: neighbours, paths: subject.paths, context: context,
            isPartial: subject.relations.all > InspectTab.mostRelations
                || InspectTab.hasLongText(.object(stored.object))
        ).html
    }

    /// What is there instead of an entity; one that is hidden looks as one that never was.
    private func missing(
        _ reference: EntityReference, _ context: ViewContext, _ catalog: AuthorizedCatalog, tab id: String
    ) async throws -> PageContent {
        if !catalog.index.exists(reference.description),
            let deleted = try await DeletedEntity.load(reference, entities, catalog, paths(), context)
        {
            return deleted.content(tab: id)
        }
        return MissingEntity.page(reference, catalog, paths(), context)
    }
}
