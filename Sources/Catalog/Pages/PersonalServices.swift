import EntityModel
import PortalKit
import PortalUI

/// What people keep for themselves, as the catalog's pages use it. A portal without it has pages without stars, and so has
/// one whose database is away.
struct PersonalServices: Sendable {
    let settings: ServiceHandle<any UserSettingsService>
    let visits: ServiceHandle<any VisitService>

    /// References of what somebody starred; empty for programs.
    func stars(of context: ViewContext) async throws -> Set<String> {
        Set(try await starred(of: context).map(\.description))
    }

    /// What somebody starred, as they starred it; empty for programs.
    func starred(of context: ViewContext) async throws -> [EntityReference] {
        guard let user = context.user, let settings = try? settings.service else { return [] }
        return try await Stars(settings, of: user).all()
    }

    func recent(of principal: Principal, limit: Int) async -> [Visit] {
        guard let visits = try? visits.service else { return [] }
        return (try? await visits.recent(of: principal, limit: limit)) ?? []
    }

    /// What the list shows of somebody's own, read at once.
    /// - Parameter query: where it asks for what is starred, or for a view by name, nobody knows without the database.
    func list(of context: ViewContext, asked query: QueryParameters) async throws -> CatalogPage.Personal {
        if CatalogFilters(query).isStarred || query["view"] != nil { return try await list(of: context) }
        return try await Outage.orElse(CatalogPage.Personal()) { try await list(of: context) }
    }

    private func list(of context: ViewContext) async throws -> CatalogPage.Personal {
        guard let user = context.user, let settings = try? settings.service else { return CatalogPage.Personal() }
        let values = try await settings.values([Stars.name, SavedView.name], of: user.settingsOwner)
        let groups = user.settingsGroups
        let shared = try await settings.values(SavedView.name, of: user.settingsOwnersOfGroups)
        return CatalogPage.Personal(
            stars: Set(Stars.references(values.first ?? nil).map(\.description)),
            views: SavedView.all(values.last ?? nil)
                + zip(groups, shared).flatMap { SavedView.all($1, of: $0) },
            groups: groups)
    }

    /// - Parameter back: the page that the button stands on.
    func starButton(_ entity: Entity, _ context: ViewContext, back: String) async throws -> HTML {
        guard context.user != nil, (try? settings.service) != nil else { return .empty }
        let known = try await Outage.orElse(nil as [EntityReference]?) { try await starred(of: context) }
        guard let isStarred = known?.contains(entity.reference) else { return .empty }
        return StarButton.html(
            entity.reference, title: EntityName.title(of: entity), isStarred: isStarred, back: back, look: .word,
            context.interface)
    }
}
