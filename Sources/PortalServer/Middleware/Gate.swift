import HTTPTypes
import Logging
import PortalKit

/// What stands before every handler: identity, then permission. There is no way to a handler around it.
struct Gate: Sendable {
    let identity: any IdentityService
    let permissions: any PermissionService

    /// Who asks, and what the policy says of it.
    /// - Throws: `PortalError` of kind `authentication` or `notAllowed`.
    func admit(_ headers: HTTPFields, to route: Route) async throws -> (Principal, AuthorizationDecision) {
        switch route.access {
        case .open:
            return ((try? await identity.principal(of: headers)) ?? .none, .allow)
        case .authenticated:
            let principal = try await identity.principal(of: headers)
            let decision = try await permissions.authorize(Self.signedIn, for: principal)
            if decision == .deny { throw denied(principal, nil) }
            return (principal, .allow)
        case .permission(let permission):
            let principal = try await identity.principal(of: headers)
            let decision = try await permissions.authorize(permission, for: principal)
            let hides = route.hidesDenied || permission.resourceType != nil && permission.action == .read
            if decision == .deny, !hides || principal == .none { throw denied(principal, permission) }
            return (principal, decision)
        }
    }

    private static let signedIn = Permission("callboard.signed-in", .use)

    private func denied(_ principal: Principal, _ permission: Permission?) -> PortalError {
        if principal == .none { return PortalError(.authentication, "Missing credentials") }
        return PortalError(.notAllowed, "Unauthorized\(permission.map { ": it needs \($0.name)" } ?? "")")
    }
}
