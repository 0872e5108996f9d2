import PortalKit

/// The one answer to "may they?": tokens are held to their restrictions, callers without credentials are refused,
/// and for people the policy decides.
struct LivePermissions: PermissionService {
    let policy: any PermissionPolicy
    /// `backend.auth.dangerouslyDisableDefaultAuthPolicy`
    let admitsAnonymous: Bool

    var policyVersion: String { policy.version + (admitsAnonymous ? "+anonymous" : "") }

    /// - Throws: `PortalError` of kind `notAllowed` for a token that is restricted to other plugins: that is no
    ///   decision about data, which might merely hide it.
    func authorize(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision {
        switch principal {
        case .none: admitsAnonymous ? try await decide(permission, for: nil) : .deny
        case .user(let user): try await decide(permission, for: user)
        case .service(let service): try Self.decide(permission, within: service.restrictions)
        }
    }

    /// A condition that nothing can be held against must not become a yes.
    private func decide(_ permission: Permission, for user: UserPrincipal?) async throws -> AuthorizationDecision {
        let decision = try await policy.decide(permission, for: user)
        if case .conditional = decision, permission.resourceType != Permission.entityResource { return .deny }
        return decision
    }

    /// Names and actions must both be on the entry's lists, where it has any (upstream's PermissionsService).
    private static func decide(
        _ permission: Permission, within restrictions: [AccessRestriction]?
    ) throws -> AuthorizationDecision {
        guard let restrictions else { return .allow }
        let plugin = plugin(of: permission)
        guard let entry = restrictions.first(where: { $0.plugin == plugin }) else {
            let names = restrictions.map { "'\($0.plugin)'" }.joined(separator: ", ")
            throw PortalError(
                .notAllowed,
                "This token's access is restricted to plugin(s) \(names); what it asks for is of plugin '\(plugin)'")
        }
        let hasName = entry.permissions.isEmpty || entry.permissions.contains(permission.name)
        let hasAction = entry.actions.isEmpty || entry.actions.contains(permission.action.rawValue)
        return hasName && hasAction ? .allow : .deny
    }

    /// The name's prefix before its first dot: `catalog` of `catalog.entity.read`.
    static func plugin(of permission: Permission) -> String {
        String(permission.name.prefix { $0 != "." })
    }
}
