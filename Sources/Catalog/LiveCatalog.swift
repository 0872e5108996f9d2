import EntityModel
import PortalKit

/// The catalog as other features see it: the read index through the permissions of whoever asks.
struct LiveCatalog: CatalogService {
    let index: PublishedIndex
    let permissions: ServiceHandle<any PermissionService>

    func entity(_ reference: EntityReference, as principal: Principal) async throws -> Entity? {
        let catalog = try await authorized(principal)
        return catalog.slot(reference: reference.description).map { Entity(catalog.index.object(of: $0)) }
    }

    func listed(
        _ references: [EntityReference], as principal: Principal
    ) async throws -> [EntityReference: Entity] {
        let catalog = try await authorized(principal)
        var found: [EntityReference: Entity] = [:]
        for reference in references {
            found[reference] = catalog.slot(reference: reference.description).map { catalog.index.shown($0) }
        }
        return found
    }

    func known(_ references: [EntityReference], as principal: Principal) async throws -> Set<EntityReference> {
        let catalog = try await authorized(principal)
        return Set(references.filter { catalog.slot(reference: $0.description) != nil })
    }

    func entities(_ predicate: EntityPredicate, limit: Int, as principal: Principal) async throws -> [Entity] {
        let catalog = try await authorized(principal)
        let slots = ListOrder.first(limit, of: catalog.matches(predicate), in: catalog.index)
        return slots.map { Entity(catalog.index.object(of: $0)) }
    }

    func criteria(of predicate: EntityPredicate) -> JSONValue? { PermissionCriteria.json(predicate) }

    private func authorized(_ principal: Principal) async throws -> AuthorizedCatalog {
        try await AuthorizedCatalog.read(index, by: principal, permissions)
    }
}
