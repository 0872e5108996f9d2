/// What decides for people: roles, conditions, or simply yes. Tokens with `accessRestrictions` and callers without
/// credentials are dealt with before a policy is asked.
///
/// ```swift
/// struct ReadOnly: PermissionPolicy {
///     let version = "read-only-1"
///     func decide(_ permission: Permission, for user: UserPrincipal?) async throws -> AuthorizationDecision {
///         permission.action == .read ? .allow : .deny
///     }
/// }
/// ```
public protocol PermissionPolicy: Sendable {
    /// Changes whenever a decision may; part of every ETag.
    var version: String { get }

    /// A condition is about entities: for a permission that is not about them it counts as a denial.
    /// - Parameter user: nil for callers without credentials, where the configuration lets them in.
    /// - Throws: `PortalError` where the policy cannot decide now; the request is then refused.
    func decide(_ permission: Permission, for user: UserPrincipal?) async throws -> AuthorizationDecision
}

extension Permission {
    /// What a route of a plugin asks that needs no more than somebody signed in.
    ///
    /// A token that is restricted to other plugins, or to named permissions or actions, does not have it.
    public static func signedIn(to plugin: String) -> Permission { Permission("\(plugin).signed-in", .use) }
}
