import HTTPTypes
import PortalKit

/// Tells callers apart: by bearer token, which says it explicitly, else by session cookie.
struct LiveIdentity: IdentityService {
    let userTokens: UserTokens
    let external: ExternalTokenExchange
    let sessions: Sessions
    let cookie: SessionCookie
    let origin: RequestOrigin
    let clock: any PortalClock
    /// Whether nobody may do everything, on a listener that only this machine is meant to reach.
    let admitsAnonymousOnLoopback: Bool

    /// A cookie whose session has ended counts as none: the person is signed out, which is no mistake.
    func principal(of headers: HTTPFields) async throws -> Principal {
        if let token = Self.bearerToken(headers[.authorization]) { return try await principal(ofToken: token) }
        guard let value = cookie.value(in: headers) else { return try nobody(headers) }
        guard origin.mayUseCookie(headers) else {
            throw PortalError(
                .authentication,
                "The session cookie is accepted from the portal's own pages only. If this is one, set app.baseUrl "
                    + "to the address in the browser.")
        }
        if let user = try await sessions.user(ofCookie: value) { return .user(user) }
        return try nobody(headers)
    }

    /// Where nobody needs credentials, any page in the browser of this machine could act as nobody: by a name of its
    /// own that it makes resolve to a loopback address.
    private func nobody(_ headers: HTTPFields) throws -> Principal {
        guard !admitsAnonymousOnLoopback || origin.isLocal(headers) else {
            throw PortalError(
                .authentication,
                "Without credentials the portal answers to addresses of this machine and app.baseUrl only.")
        }
        return .none
    }

    private func principal(ofToken token: String) async throws -> Principal {
        let illegal = PortalError(.authentication, "Illegal token")
        guard token.utf8.count <= WebToken.longestText else { throw illegal }
        let external = external.current
        if let service = external.principal(ofStatic: token) { return .service(service) }
        guard let parsed = WebToken(token) else { throw illegal }
        if parsed.type == UserTokens.type { return .user(try await userTokens.user(of: parsed)) }
        guard let service = try external.principal(ofLegacy: parsed, now: clock.now) else { throw illegal }
        return .service(service)
    }

    /// What `/^Bearer[ ]+(\S+)$/i` captures (upstream's DefaultHttpAuthService); other schemes are not ours to judge.
    static func bearerToken(_ header: String?) -> String? {
        guard let header = header?.utf8 else { return nil }
        let scheme = "bearer".utf8
        guard header.prefix(scheme.count).elementsEqual(scheme, by: { $0 | 0x20 == $1 }) else { return nil }
        let rest = header.dropFirst(scheme.count)
        let token = rest.drop { $0 == UInt8(ascii: " ") }
        guard rest.first == UInt8(ascii: " "), !token.isEmpty, token.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        return String(Substring(token))
    }
}
