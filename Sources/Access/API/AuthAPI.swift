import Crypto
import EntityModel
import HTTPTypes
import PortalKit

/// `/api/auth`: the public keys, who the caller is, and tokens for guests, as upstream's auth backend answers.
struct AuthAPI: Sendable {
    let tokens: UserTokens
    let guest: GuestSignIn

    var routes: [Route] {
        [
            Route(
                .get, "/api/auth/.well-known/jwks.json", access: .open(reason: "public keys for checking tokens"),
                handler: publicKeys),
            Route(
                .get, "/api/auth/.well-known/openid-configuration",
                access: .open(reason: "tells other programs where the public keys are"), handler: discovery),
            Route(.get, "/api/auth/v1/userinfo", access: .authenticated, handler: userInfo),
            Route(
                .get, "/api/auth/guest/refresh", access: .open(reason: "signs guests in, where that is allowed"),
                handler: refresh),
            Route(
                .post, "/api/auth/guest/refresh", access: .open(reason: "signs guests in, where that is allowed"),
                maximumBodyBytes: 65_536, handler: refresh),
        ]
    }

    private func publicKeys(_ request: PortalRequest) async throws -> PortalResponse {
        let keys = try await tokens.keys.published().map { published -> JSONValue in
            let point = Array(published.publicKey.rawRepresentation)
            return [
                "kty": "EC", "crv": "P-256", "x": .string(Base64URL.encode(point.prefix(32))),
                "y": .string(Base64URL.encode(point.suffix(32))), "kid": .string(published.id),
                "alg": .string(UserTokens.algorithm), "use": "sig",
            ]
        }
        var response = PortalResponse.json(["keys": .array(keys)])
        // A key signs as soon as it is made: whoever serves an older list makes good tokens look forged.
        response.headers[.cacheControl] = "no-cache"
        return response
    }

    private func discovery(_ request: PortalRequest) async throws -> PortalResponse {
        .json([
            "issuer": .string(tokens.issuer),
            "userinfo_endpoint": .string("\(tokens.issuer)/v1/userinfo"),
            "jwks_uri": .string("\(tokens.issuer)/.well-known/jwks.json"),
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [.string(UserTokens.algorithm)],
            "scopes_supported": ["openid"],
            "claims_supported": ["sub", "ent"],
            "grant_types_supported": [],
        ])
    }

    private func userInfo(_ request: PortalRequest) async throws -> PortalResponse {
        switch request.principal {
        case .user(let user):
            return Self.unstored([
                "claims": [
                    "sub": .string(user.userEntityRef), "ent": .array(user.ownershipEntityRefs.map(JSONValue.string)),
                ]
            ])
        case .service: throw PortalError(.notAllowed, "This endpoint does not allow 'service' credentials")
        case .none: throw PortalError(.authentication, "Missing credentials")
        }
    }

    /// The header proves that a page of an allowed origin asks: other sites cannot send it without being asked first.
    private func refresh(_ request: PortalRequest) async throws -> PortalResponse {
        guard Self.isScripted(request) else { throw PortalError(.authentication, "Invalid X-Requested-With header") }
        let user = try await guest.user(for: request.headers)
        let issued = try await tokens.issue(for: Self.inSession(user, after: request.principal))
        return Self.unstored([
            "profile": [:],
            "providerInfo": [:],
            "backstageIdentity": [
                "token": .string(issued.token),
                "expiresInSeconds": .number(Double(issued.lifetimeSeconds)),
                "identity": [
                    "type": "user", "userEntityRef": .string(user.userEntityRef),
                    "ownershipEntityRefs": .array(user.ownershipEntityRefs.map(JSONValue.string)),
                ],
            ],
        ])
    }

    /// Guests share a user and nothing that they keep. The token belongs to the session of the browser that asks, or of
    /// the token before; else it begins one.
    private static func inSession(_ user: UserPrincipal, after known: Principal) -> UserPrincipal {
        var owner = SettingsOwner.session(Base64URL.encode(RandomBytes.make(32)))
        if case .user(let before) = known, before.userEntityRef == user.userEntityRef,
            case .session = before.settingsOwner
        {
            owner = before.settingsOwner
        }
        return UserPrincipal(
            userEntityRef: user.userEntityRef, ownershipEntityRefs: user.ownershipEntityRefs, settingsOwner: owner)
    }

    static func isScripted(_ request: PortalRequest) -> Bool {
        HTTPField.Name("X-Requested-With").flatMap { request.headers[$0] } == "XMLHttpRequest"
    }

    private static func unstored(_ value: JSONValue) -> PortalResponse {
        var response = PortalResponse.json(value)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
