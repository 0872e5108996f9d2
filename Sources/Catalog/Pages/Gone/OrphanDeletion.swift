import EntityModel
import PortalKit

/// Deletes an entity that no file declares any more, from its page.
struct OrphanDeletion: Sendable {
    let index: PublishedIndex
    let entities: EntityStore
    let permissions: ServiceHandle<any PermissionService>
    let catchUp: @Sendable () async throws -> Void

    /// What the catalog's address says after a deletion.
    static let deletedParameter = "deleted"

    /// Whether somebody is offered to delete what a page shows.
    func isOffered(_ entity: Entity, to principal: Principal) async throws -> Bool {
        guard Self.isOrphan(entity) else { return false }
        let decision = try await permissions.service.authorize(CatalogPermissions.entityDelete, for: principal)
        return AuthorizedCatalog(index.version, decision: decision).slot(reference: entity.reference.description) != nil
    }

    func delete(_ reference: EntityReference, _ request: PortalRequest) async throws -> PortalResponse {
        // Whether it is an orphan, and a condition, are held against what the index has.
        try await catchUp()
        let name = reference.description
        let readable = try await AuthorizedCatalog.read(index, by: request.principal, permissions)
        guard let slot = readable.slot(reference: name) else {
            throw PortalError(.notFound, "There is no \(reference) in the catalog")
        }
        guard AuthorizedCatalog(index.version, decision: request.decision).slot(reference: name) != nil else {
            throw PortalError(.notAllowed, "Deleting this entity is not allowed")
        }
        let entity = Entity(readable.index.object(of: slot))
        guard Self.isOrphan(entity), let uid = entity.metadata["uid"]?.string else {
            throw PortalError(.conflict, "A file declares \(reference), and would bring it back; take it out there")
        }
        try await entities.delete(uid: uid, by: ChangeCause(request.principal))
        try await catchUp()
        let query = [("filters[kind]", reference.kind.lowercased()), (Self.deletedParameter, "1")]
        return .redirect(SafeURL.path(["catalog"], query: query).text)
    }

    private static func isOrphan(_ entity: Entity) -> Bool { entity.annotation("backstage.io/orphan") == "true" }
}
