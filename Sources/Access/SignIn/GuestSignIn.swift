import EntityModel
import HTTPTypes
import PortalKit

/// Signs people in without asking who they are: for a portal on one's own machine, or where the configuration
/// says so openly (ruling 4; upstream allows it in development only).
struct GuestSignIn: Sendable {
    struct Settings: Sendable, Hashable {
        let user: UserPrincipal
        let allowsEverywhere: Bool
    }

    /// Nil where `auth.providers.guest` is absent.
    let settings: Settings?
    let listensOnLoopback: Bool
    let origin: RequestOrigin
    let membership: Membership

    /// Why nobody can sign in as guest; nil where they can.
    var unavailableReason: String? { Self.unavailableReason(settings, listensOnLoopback) }

    static func unavailableReason(_ settings: Settings?, _ listensOnLoopback: Bool) -> String? {
        guard let settings else { return "Guest sign-in is off. Add auth.providers.guest to turn it on." }
        if settings.allowsEverywhere || listensOnLoopback { return nil }
        return "Guest sign-in works only where backend.listen names a loopback host such as 127.0.0.1, or with "
            + "auth.providers.guest.dangerouslyAllowOutsideDevelopment: true."
    }

    /// Who a guest is now: the catalog's user with its groups where there is one, else as configured.
    /// - Throws: `PortalError`: `notFound` where guests are not configured, `notAllowed` where they may not come in.
    func user(for headers: HTTPFields) async throws -> UserPrincipal {
        guard let settings else { throw PortalError(.notFound, "Unknown auth provider 'guest'") }
        if let unavailableReason { throw PortalError(.notAllowed, unavailableReason) }
        guard settings.allowsEverywhere || origin.isLocal(headers) else {
            throw PortalError(.notAllowed, "Guest sign-in is for addresses of this machine and app.baseUrl only.")
        }
        return await membership.now(settings.user)
    }
}
