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
            let decision = try await permissions.authorize(.signedIn(to: Self.plugin(of: route)), for: principal)
            // A condition, too: there is no entity that it could hold for.
            guard decision == .allow else { throw denied(principal, nil) }
            return (principal, .allow)
        case .permission(let permission):
            let principal = try await identity.principal(of: headers)
            var decision = try await permissions.authorize(permission, for: principal)
            if case .conditional = decision, permission.resourceType == nil { decision = .deny }
            let hides = route.hidesDenied || permission.resourceType != nil && permission.action == .read
            if decision == .deny, !hides || principal == .none { throw denied(principal, permission) }
            return (principal, decision)
        }
    }

    /// The plugin that tokens with restrictions must name: `permission` of `/api/permission/authorize`.
    private static func plugin(of route: Route) -> String {
        let segments = route.path.split(separator: "/")
        return segments.count > 1 && segments[0] == "api" ? String(segments[1]) : "callboard"
    }

    private func denied(_ principal: Principal, _ permission: Permission?) -> PortalError {
        if principal == .none { return PortalError(.authentication, "Missing credentials") }
        return PortalError(.notAllowed, "Unauthorized\(permission.map { ": it needs \($0.name)" } ?? "")")
    }
}
