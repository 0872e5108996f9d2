import EntityModel
import HTTPTypes
import PortalKit

/// What changes single entities: asking for them to be read again, and deleting them.
struct RefreshAPI: Sendable {
    let sources: SourceStore
    let entities: EntityStore
    let index: PublishedIndex
    let identity: ServiceHandle<any IdentityService>
    let permissions: ServiceHandle<any PermissionService>
    let catchUp: @Sendable () async throws -> Void

    var routes: [Route] {
        [
            Route(
                .post, "/api/catalog/refresh", access: .permission(CatalogPermissions.entityRefresh), handler: refresh),
            Route(
                .delete, "/api/catalog/entities/by-uid/{uid}", access: .permission(CatalogPermissions.entityDelete),
                handler: delete),
        ]
    }

    private func refresh(_ request: PortalRequest) async throws -> PortalResponse {
        let body = try JSONBody.object(request)
        try JSONBody.refuseOthers(in: body, than: ["entityRef", "authorizationToken"])
        guard let text = body["entityRef"]?.string else {
            throw PortalError(.input, "request/body must have required property 'entityRef'")
        }
        let reference = try Rethrow.input { () throws(EntityReference.ParseError) in try EntityReference(parsing: text)
        }
        let (principal, decision) = try await caller(request, body)
        let catalog = AuthorizedCatalog(index.version, decision: decision)
        guard catalog.slot(reference: reference.description) != nil,
            let ids = try await sources.sources(of: reference.description)
        else {
            // Only who can read it learns that it is there.
            if try await readable(by: principal).slot(reference: reference.description) != nil {
                throw PortalError(.notAllowed, "Refreshing \(reference) is not allowed")
            }
            throw PortalError(.notFound, "Entity \(reference) not found")
        }
        try await sources.request(ids)
        return PortalResponse()
    }

    private func readable(by principal: Principal) async throws -> AuthorizedCatalog {
        try await AuthorizedCatalog.read(index, by: principal, permissions)
    }

    /// Older clients send the token of whom they act for in the body; it then counts instead of the header's.
    private func caller(
        _ request: PortalRequest, _ body: JSONValue
    ) async throws -> (principal: Principal, decision: AuthorizationDecision) {
        guard let token = body["authorizationToken"] else { return (request.principal, request.decision) }
        guard let token = token.string, !token.isEmpty else {
            throw PortalError(.input, "request/body/authorizationToken must be string")
        }
        let principal = try await identity.service.principal(of: [.authorization: "Bearer \(token)"])
        let decision = try await permissions.service.authorize(CatalogPermissions.entityRefresh, for: principal)
        if decision == .deny { throw PortalError(.notAllowed, "Refreshing entities is not allowed") }
        return (principal, decision)
    }

    /// Always 204, whether the entity exists or not; 403 where it can be read and may not be deleted.
    private func delete(_ request: PortalRequest) async throws -> PortalResponse {
        let uid = try request.parameter("uid")
        // A condition can be held only against what the index has: what is newer must not slip past it.
        if request.decision != .allow { try await catchUp() }
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        if catalog.index.slot(uid: uid) != nil, catalog.slot(uid: uid) == nil {
            // To whoever cannot read it, it is one that does not exist.
            guard try await readable(by: request.principal).slot(uid: uid) != nil else {
                return PortalResponse(.noContent)
            }
            throw PortalError(.notAllowed, "Deleting this entity is not allowed")
        }
        guard request.decision == .allow || catalog.slot(uid: uid) != nil else { return PortalResponse(.noContent) }
        try await entities.delete(uid: uid, by: ChangeCause(request.principal))
        try await catchUp()
        return PortalResponse(.noContent)
    }
}
