import Crypto
import EntityModel
import Foundation
import PortalKit

/// Makes and checks the tokens that stand for a signed-in person: ES256, audience `backstage`, as upstream's.
struct UserTokens: Sendable {
    struct Issued: Sendable {
        let token: String
        let lifetimeSeconds: Int
    }

    static let type = "vnd.backstage.user"
    static let algorithm = "ES256"
    private static let audience = "backstage"

    let keys: SigningKeys
    /// `<backend.baseUrl>/api/auth`
    let issuer: String
    let lifetimeSeconds: Int
    let clock: any PortalClock
    /// The user that is many people at once: the guest. What they keep is that of a session, which the token names.
    var sharedUser: String?

    /// The session that a token of a shared user belongs to, as OpenID Connect calls it. It opens nothing.
    private static let sessionClaim = "sid"
    private static let longestSession = 64

    /// - Throws: `PortalError` of kind `input` where the token would be too long to be accepted.
    func issue(for user: UserPrincipal) async throws -> Issued {
        let signer = try await keys.signer()
        let now = clock.now.timeIntervalSince1970.rounded(.down)
        var claims: JSONObject = [
            "iss": .string(issuer), "sub": .string(user.userEntityRef),
            "ent": .array(user.ownershipEntityRefs.map(JSONValue.string)), "aud": .string(Self.audience),
            "iat": .number(now), "exp": .number(now + Double(lifetimeSeconds)),
        ]
        if case .session(let id) = user.settingsOwner { claims[Self.sessionClaim] = .string(id) }
        let text = try WebToken.text(
            header: ["typ": .string(Self.type), "alg": .string(Self.algorithm), "kid": .string(signer.id)],
            claims: claims
        ) { try signer.privateKey.signature(for: $0).rawRepresentation }
        guard text.utf8.count <= WebToken.longestText else {
            throw PortalError(
                .input,
                "Failed to issue a new user token. The resulting token is excessively large, with either too many "
                    + "ownership claims or too large custom claims. Subject '\(user.userEntityRef)' has "
                    + "\(user.ownershipEntityRefs.count) of them.")
        }
        return Issued(token: text, lifetimeSeconds: lifetimeSeconds)
    }

    /// Who the token stands for.
    /// - Throws: `PortalError` of kind `authentication`, always with the same words.
    func user(of token: WebToken) async throws -> UserPrincipal {
        let invalid = PortalError(.authentication, "Invalid token")
        guard token.type == Self.type, token.algorithm == Self.algorithm, !token.hasForeignHeader,
            let id = token.keyID, let key = try await keys.publicKey(id),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: token.signature),
            key.isValidSignature(signature, for: token.signedBytes)
        else { throw invalid }
        guard token.claims["iss"] == .string(issuer), token.isMeant(for: Self.audience),
            token.isValid(atSecond: clock.now.timeIntervalSince1970), let subject = token.claims["sub"]?.string,
            (try? EntityReference(parsing: subject)) != nil
        else { throw invalid }
        let ownership = token.claims["ent"]?.array?.compactMap(\.string)
        return UserPrincipal(
            userEntityRef: subject, ownershipEntityRefs: ownership ?? [subject],
            settingsOwner: subject == sharedUser ? Self.session(of: token) : nil)
    }

    /// A token that names no session is one of its own: better than to share with all who have one.
    private static func session(of token: WebToken) -> SettingsOwner {
        if let id = token.claims[sessionClaim]?.string, !id.isEmpty, id.utf8.count <= longestSession {
            return .session(id)
        }
        return .session(Base64URL.encode(Array(SHA256.hash(data: token.signedBytes))))
    }
}
