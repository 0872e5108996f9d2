public import EntityModel

/// A decision of the permission policy.
public enum AuthorizationDecision: Sendable, Hashable {
    case allow
    case deny
    /// Allowed for the entities that match.
    case conditional(EntityPredicate)
}

/// Decides what a principal may do; every route asks it.
public protocol PermissionService: Sendable {
    /// Changes whenever decisions may change; part of every ETag.
    var policyVersion: String { get }
    func authorize(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision
}
