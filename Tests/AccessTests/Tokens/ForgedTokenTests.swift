import Crypto
import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// Tokens by somebody who knows everything but the private key, and tokens that are signed well and still wrong.
@Suite struct ForgedTokenTests {
    private static let second = 1_800_000_000.0
    private static let path = "/api/auth/v1/userinfo"

    /// A portal that publishes a key whose private half the test has: what it signs, the portal might have signed.
    private struct Insider {
        let access: AccessPortal
        let key = P256.Signing.PrivateKey()

        static let header: JSONObject = ["typ": "vnd.backstage.user", "alg": "ES256", "kid": "insider"]
        static let claims: JSONObject = [
            "iss": "http://localhost:7007/api/auth", "sub": "user:default/ann", "ent": ["user:default/ann"],
            "aud": "backstage", "iat": .number(second), "exp": .number(second + 600),
        ]

        static func make() async throws -> Insider {
            let insider = Insider(access: try await AccessPortal.make())
            let publicKey = Array(insider.key.publicKey.rawRepresentation)
            try await insider.access.portal.database.write { transaction in
                _ = try transaction.run(
                    """
                    INSERT INTO auth_signing_keys (id, created_at, public_key, sealed_private_key)
                    VALUES (\("insider"), \(Int64(second) * 1_000), \(publicKey), \("v1.AAAA"))
                    """)
            }
            return insider
        }

        func token(_ header: JSONObject = [:], _ claims: JSONObject = [:], without: String? = nil) throws -> String {
            var all = Self.claims
            for (key, value) in claims.members { all[key] = value }
            if let without { all[without] = nil }
            var head = Self.header
            for (key, value) in header.members { head[key] = value }
            return try Token.signed(head, all, by: key)
        }
    }

    @Test("a good token of the insider is good: what follows fails for its own reason") func control() async throws {
        let insider = try await Insider.make()
        #expect(await insider.access.user(token: try insider.token()) == "user:default/ann")
        let list = try insider.token([:], ["aud": ["other", "backstage"], "nbf": .number(Self.second)])
        #expect(await insider.access.user(token: list) == "user:default/ann")
    }

    @Test("well signed tokens with a wrong claim are refused")
    func wrongClaims() async throws {
        let insider = try await Insider.make()
        let wrong: [(String, JSONObject)] = [
            ("another issuer", ["iss": "http://evil.example/api/auth"]),
            ("an issuer's prefix", ["iss": "http://localhost:7007"]),
            ("another audience", ["aud": "other"]), ("no audience in the list", ["aud": []]),
            ("expired", ["exp": .number(Self.second)]), ("not yet", ["nbf": .number(Self.second + 60)]),
            ("an expiry in text", ["exp": "9999999999"]), ("a beginning in text", ["nbf": "0"]),
            ("a subject that is no text", ["sub": 7]), ("a subject that is no reference", ["sub": "ann"]),
        ]
        for (name, claims) in wrong {
            let token = try insider.token([:], claims)
            #expect(await insider.access.user(token: token) == nil, "\(name)")
        }
        for claim in ["iss", "aud", "exp", "sub"] {
            #expect(await insider.access.user(token: try insider.token(without: claim)) == nil, "\(claim)")
        }
    }

    @Test("well signed tokens of another kind, or with keys of their own, are refused") func wrongHeaders() async throws
    {
        let insider = try await Insider.make()
        let wrong: [JSONObject] = [
            ["typ": "vnd.backstage.limited-user"], ["typ": "vnd.backstage.plugin"], ["typ": "JWT"], ["typ": 1],
            ["alg": "none"], ["alg": "ES384"], ["alg": "HS256"], ["alg": "es256"], ["kid": "unknown"], ["kid": 1],
            ["jku": "https://evil.example/keys"], ["x5u": "https://evil.example/key"], ["jwk": [:]], ["x5c": []],
            ["crit": ["exp"]], ["b64": false],
        ]
        for header in wrong {
            let token = try insider.token(header)
            #expect(await insider.access.user(token: token) == nil, "\(JSONWriter.text(.object(header)))")
        }
    }

    @Test("tokens that the portal did not sign are refused, all with the same words") func forgeries() async throws {
        let insider = try await Insider.make()
        let good = try await insider.access.userToken()
        let parts = good.split(separator: ".").map(String.init)
        let kid = try #require(Token.object(good, part: 0)?["kid"])
        var header = Insider.header
        header["kid"] = kid
        var admin = try #require(Token.object(good, part: 1))
        admin["sub"] = "user:default/admin"
        let keys = insider.access.json(await insider.access.send(.get, "/api/auth/.well-known/jwks.json"))
        let published = try #require(keys["keys"]?.array?.first { $0["kid"] == kid })
        let forgeries: [(String, String)] = [
            ("other claims under the signature", "\(parts[0]).\(Token.part(admin)).\(parts[2])"),
            ("no signature", "\(parts[0]).\(parts[1])."), ("two parts", "\(parts[0]).\(parts[1])"),
            ("four parts", "\(good).\(parts[2])"), ("a foreign key", try Token.signed(header, admin, by: .init())),
            ("a padded part", "\(parts[0]).\(parts[1]).\(parts[2])="), ("a zero signature", zeroSigned(header, admin)),
            ("alg none", unsigned(["typ": "vnd.backstage.user", "alg": "none", "kid": kid], admin)),
            ("the public key as a secret", confused(kid, admin, published, isRaw: true)),
            ("the published text as a secret", confused(kid, admin, published, isRaw: false)),
            ("nothing", "."), ("dots", ".."), ("too long", good + String(repeating: "A", count: 31_000)),
        ]
        #expect(await insider.access.user(token: good) != nil)
        for (name, token) in forgeries {
            let answer = await insider.access.send(.get, Self.path, token: token)
            #expect(answer.status == .unauthorized, "\(name)")
            #expect(["Invalid token", "Illegal token"].contains(insider.access.message(answer)), "\(name)")
        }
    }

    private func unsigned(_ header: JSONObject, _ claims: JSONObject) -> String {
        "\(Token.part(header)).\(Token.part(claims))."
    }

    private func zeroSigned(_ header: JSONObject, _ claims: JSONObject) -> String {
        unsigned(header, claims) + Token.base64URL(Data(repeating: 0, count: 64))
    }

    /// HS256 with what everybody may read: a verifier that lets the token choose the algorithm takes it.
    private func confused(_ kid: JSONValue, _ claims: JSONObject, _ key: JSONValue, isRaw: Bool) -> String {
        let text = Token.part(["typ": "vnd.backstage.user", "alg": "HS256", "kid": kid]) + "." + Token.part(claims)
        let point = (Token.data(key["x"]?.string ?? "") ?? Data()) + (Token.data(key["y"]?.string ?? "") ?? Data())
        let secret = isRaw ? point : Data(JSONWriter.bytes(key))
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: secret))
        return text + "." + Token.base64URL(Data(code))
    }
}
