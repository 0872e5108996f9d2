import Database
import EntityModel
import Foundation
import Logging
import PortalKit

/// Everything of the feature, put together from settings and the outside: what `AccessPlugin` contributes and
/// what tests drive.
struct AccessParts: Sendable {
    /// Who the feature itself is when it reads the catalog.
    static let servicePrincipal = ServicePrincipal(subject: "plugin:auth")

    let identity: LiveIdentity
    let permissions: LivePermissions
    let keys: SigningKeys
    let sessions: Sessions
    let tokens: ExternalTokenExchange
    let guest: GuestSignIn
    let routes: [Route]
    private let clock: any PortalClock
    private let logger: Logger

    /// - Parameters:
    ///   - keyFolder: where the key file may be made if no secret is configured; nil where there is no such place.
    ///   - forget: deletes what is kept for a session that has ended.
    ///   - catalog: bound once boot has finished.
    init(
        _ settings: AccessSettings, keyStore: any SigningKeyStore, sessionStore: any SessionStore,
        policy: any PermissionPolicy = AllowAllPolicy(), keyFolder: String?, clock: any PortalClock, logger: Logger,
        forget: @escaping @Sendable (UserPrincipal) async -> Void = { _ in },
        catalog: @escaping @Sendable () throws -> any CatalogService
    ) {
        let origin = RequestOrigin(baseURLs: [settings.appBaseURL, settings.backendBaseURL])
        let cookie = SessionCookie(isSecure: settings.isSecure)
        let sealing = settings.sealing
        keys = SigningKeys(store: keyStore, clock: clock, lifetimeSeconds: settings.tokenLifetimeSeconds) {
            if let sealing { return sealing }
            return try keyFolder.map { KeySealing(secret: try KeyFile.secret(in: $0)) } ?? .ephemeral()
        }
        let membership = Membership(configured: settings.guest?.user) {
            try await catalog().entity($0, as: .service(Self.servicePrincipal))
        }
        sessions = Sessions(
            store: sessionStore, clock: clock, sharedUser: settings.guest?.user.userEntityRef,
            membership: membership.now)
        tokens = ExternalTokenExchange(settings.external)
        let userTokens = UserTokens(
            keys: keys, issuer: settings.issuer, lifetimeSeconds: settings.tokenLifetimeSeconds, clock: clock,
            sharedUser: settings.guest?.user.userEntityRef)
        identity = LiveIdentity(
            userTokens: userTokens, external: tokens, sessions: sessions, cookie: cookie, origin: origin,
            clock: clock, admitsAnonymousOnLoopback: settings.admitsAnonymous && settings.listensOnLoopback)
        permissions = LivePermissions(policy: policy, admitsAnonymous: settings.admitsAnonymous)
        guest = GuestSignIn(
            settings: settings.guest, listensOnLoopback: settings.listensOnLoopback, origin: origin,
            membership: membership)
        routes =
            AuthAPI(tokens: userTokens, guest: guest).routes
            + SignInAPI(guest: guest, sessions: sessions, cookie: cookie, origin: origin, forget: forget).routes
            + AuthorizeAPI(permissions: permissions, catalog: catalog).routes
        self.clock = clock
        self.logger = logger
    }

    var contributions: [any Contribution] {
        var all: [any Contribution] = [
            ServiceProvider.identity(identity), ServiceProvider.permissions(permissions), APIRoutes(routes),
            BackgroundService("auth", prepare: { [keys] in try await keys.prepare() }, run: upkeep),
            BackgroundService("sessions") { [sessions] in await sessions.followEndings() },
            ScheduledJob("auth: sweep sessions and keys", every: Self.sweepInterval) { [sessions, keys] _ in
                try await sessions.sweep()
                try await keys.removeExpired()
            },
        ]
        all += AuthAPI.descriptions + SignInAPI.descriptions + AuthorizeAPI.descriptions
        if guest.settings != nil {
            all.append(
                SignInProvider(
                    "guest", title: "Guest", startPath: SignInAPI.guestPath, method: .post,
                    unavailableReason: guest.unavailableReason))
        }
        return all
    }

    private static let flushInterval = Duration.seconds(30)
    private static let sweepInterval = Duration.seconds(600)

    /// Writes down whom this replica has seen. A failure waits for the next round.
    func upkeep() async throws {
        while !Task.isCancelled {
            do { try await sessions.flush() } catch let error as PortalError {
                logger.warning("Who was seen could not be written down and will be tried again: \(error)")
            }
            try await clock.sleep(for: Self.flushInterval)
        }
    }
}
