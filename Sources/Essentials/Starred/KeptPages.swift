import EntityModel
import Foundation
import PortalKit
import PortalUI

/// What people have starred and where they have been, as lists.
struct KeptPages: Sendable {
    let settings: ServiceHandle<any UserSettingsService>
    let visits: ServiceHandle<any VisitService>
    let catalog: ServiceHandle<any CatalogService>

    /// The latest first; none of programs.
    func stars(_ context: ViewContext) async throws -> [EntityReference] {
        guard let user = context.user else { return [] }
        return try await Stars(settings.service, of: user).all().reversed()
    }

    /// Starred entities with their stars; those that are gone can still lose them.
    func items(
        _ references: some Sequence<EntityReference> & Sendable, place: String, back: String, part: String? = nil,
        _ context: ViewContext
    ) async throws -> [EntityList.Item] {
        let found = try await catalog.service.listed(Array(references), as: context.principal)
        var items: [EntityList.Item] = []
        for reference in references {
            let entity = found[reference]
            let title = entity.map(EntityName.title) ?? EntityLink.shortName(reference)
            items.append(
                .init(
                    reference, entity: entity,
                    action: StarButton.html(
                        reference, title: title, isStarred: true, back: back, place: place, part: part,
                        context.interface)))
        }
        return items
    }

    /// Visits as links; an entity that is gone still has a page, which says so.
    func links(_ visits: [Visit], showsHits: Bool = false, _ context: ViewContext) async throws -> HTML {
        let references = visits.compactMap { visit in
            visit.entityRef.flatMap { try? EntityReference(parsing: $0) }
        }
        let known = try await catalog.service.known(references, as: context.principal)
        var items: [PageLinks.Item] = []
        for visit in visits {
            guard let url = SafeURL(local: visit.pathname) else { continue }
            let reference = visit.entityRef.flatMap { try? EntityReference(parsing: $0) }
            let isGone = reference.map { !known.contains($0) } ?? false
            items.append(
                .init(
                    visit.name, url, sign: reference.map { Icon.kind($0.kind) } ?? Icon.sign(.link),
                    note: Self.note(visit, isGone: isGone, showsHits: showsHits, context)))
        }
        return PageLinks.html(items)
    }

    private static func note(_ visit: Visit, isGone: Bool, showsHits: Bool, _ context: ViewContext) -> HTML {
        if isGone { return HTML { $0.text(context.interface.missing) } }
        if showsHits { return HTML { $0.text(context.words.times(visit.hits)) } }
        return Time.html(
            Date(timeIntervalSince1970: Double(visit.timestamp) / 1_000), now: context.now, context.interface)
    }
}
