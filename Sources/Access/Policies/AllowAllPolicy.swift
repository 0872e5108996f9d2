import PortalKit

/// Lets everybody who is signed in do everything: upstream's behaviour without `permission.enabled`.
struct AllowAllPolicy: PermissionPolicy {
    let version = "allow-all-1"

    func decide(_ permission: Permission, for user: UserPrincipal?) async throws -> AuthorizationDecision { .allow }
}
