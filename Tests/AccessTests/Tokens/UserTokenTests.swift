import Crypto
import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@Suite struct UserTokenTests {
    private static let second = 1_800_000_000.0

    @Test("a token says who, from whom, for whom and how long, as upstream's does") func claims() async throws {
        let access = try await AccessPortal.make(
            """
            backend: { baseUrl: 'https://api.example.org/', listen: '127.0.0.1:7007' }
            auth: { providers: { guest: {} } }
            """)
        let headers = ["X-Requested-With": "XMLHttpRequest"]
        let session = access.json(await access.send(.post, "/api/auth/guest/refresh", headers))
        let identity = session["backstageIdentity"]
        #expect(session["profile"] == [:])
        #expect(session["providerInfo"] == [:])
        #expect(identity?["expiresInSeconds"] == 3_600)
        #expect(
            identity?["identity"] == [
                "type": "user", "userEntityRef": "user:development/guest",
                "ownershipEntityRefs": ["user:development/guest"],
            ])
        let token = try #require(identity?["token"]?.string)
        let header = try #require(Token.object(token, part: 0))
        #expect(Set(header.keys) == ["typ", "alg", "kid"])
        #expect(header["typ"] == "vnd.backstage.user")
        #expect(header["alg"] == "ES256")
        let claims = try #require(Token.object(token, part: 1))
        // Beside what upstream says: which session of the shared guest it is.
        let ofGuest = try #require(claims["sid"]?.string)
        #expect(ofGuest.utf8.count == 43)
        #expect(
            JSONValue.object(claims) == [
                "iss": "https://api.example.org/api/auth", "sub": "user:development/guest",
                "ent": ["user:development/guest"], "aud": "backstage", "iat": .number(Self.second),
                "exp": .number(Self.second + 3_600), "sid": .string(ofGuest),
            ])
        #expect(await access.user(token: token) == "user:development/guest")
    }

    @Test("whoever has the published keys can check a token", arguments: TestDatabase.engines)
    func published(_ engine: Dialect) async throws {
        let access = try await AccessPortal.make(engine: engine)
        let token = try await access.userToken()
        let keys = access.json(await access.send(.get, "/api/auth/.well-known/jwks.json"))
        #expect(Token.isSigned(token, byOneOf: keys))
        let answer = await access.send(.get, "/api/auth/.well-known/jwks.json")
        #expect(answer.headers[.cacheControl] == "no-cache", "a key that was just made must be found")
        let key = try #require(keys["keys"]?.array?.first)
        #expect(Set(key.object?.keys ?? []) == ["kty", "crv", "x", "y", "kid", "alg", "use"])
        #expect(key["kty"] == "EC")
        #expect(key["crv"] == "P-256")
        #expect(key["alg"] == "ES256")
        #expect(key["use"] == "sig")
        let tampered = token.dropLast(4) + (token.hasSuffix("AAAA") ? "BBBB" : "AAAA")
        #expect(!Token.isSigned(String(tampered), byOneOf: keys))
    }

    @Test("other programs are told where all that is") func discovery() async throws {
        let access = try await AccessPortal.make(
            "backend: { baseUrl: 'https://api.example.org', listen: '127.0.0.1:7007' }")
        let document = access.json(await access.send(.get, "/api/auth/.well-known/openid-configuration"))
        #expect(document["issuer"] == "https://api.example.org/api/auth")
        #expect(document["jwks_uri"] == "https://api.example.org/api/auth/.well-known/jwks.json")
        #expect(document["userinfo_endpoint"] == "https://api.example.org/api/auth/v1/userinfo")
        #expect(document["token_endpoint"] == nil, "no token is had for a code")
        #expect(document["subject_types_supported"] == ["public"])
        #expect(document["id_token_signing_alg_values_supported"] == ["ES256"])
        #expect(document["claims_supported"] == ["sub", "ent"])
    }

    @Test(
        "keys are replaced each lifetime, and the old ones stay while their tokens live",
        arguments: TestDatabase.engines)
    func rotation(_ engine: Dialect) async throws {
        let access = try await AccessPortal.make(engine: engine)
        func keyIDs() async -> [String] {
            let keys = access.json(await access.send(.get, "/api/auth/.well-known/jwks.json"))["keys"]?.array
            return (keys ?? []).compactMap { $0["kid"]?.string }
        }
        let keyID = { (token: String) in Token.object(token, part: 0)?["kid"]?.string ?? "" }
        let first = try await access.userToken()
        access.clock.advance(bySeconds: 3_599)
        let late = try await access.userToken()
        #expect(keyID(late) == keyID(first))
        access.clock.advance(bySeconds: 11)
        let second = try await access.userToken()
        #expect(keyID(second) != keyID(first))
        #expect(await keyIDs() == [keyID(second), keyID(first)])
        #expect(await access.user(token: first) == nil)
        #expect(await access.user(token: late) != nil)
        #expect(await access.user(token: second) != nil)
        access.clock.advance(bySeconds: 2 * 3_600)
        #expect(await keyIDs() == [keyID(second)])
        access.clock.advance(bySeconds: 3_601)
        #expect(await keyIDs() == [])
        try await access.portal.run(job: "auth: sweep sessions and keys")
        #expect(try await access.count("SELECT COUNT(*) FROM auth_signing_keys") == 0)
    }

    @Test(
        "a key that is taken out of the database is believed half a minute at most, and signs nothing more",
        arguments: TestDatabase.engines)
    func withdrawnKey(_ engine: Dialect) async throws {
        let access = try await AccessPortal.make(engine: engine)
        let token = try await access.userToken()
        access.clock.advance(bySeconds: 31)
        #expect(await access.user(token: token) != nil)
        try await access.portal.database.write { try $0.run("DELETE FROM auth_signing_keys") }
        access.clock.advance(bySeconds: 31)
        #expect(await access.user(token: token) == nil)
        let next = try await access.userToken()
        #expect(Token.object(next, part: 0)?["kid"] != Token.object(token, part: 0)?["kid"])
        #expect(await access.user(token: next) != nil)
        #expect(await access.user(token: token) == nil)
    }

    @Test(
        "the lifetime is configured, between ten minutes and a day",
        arguments: [("{ hours: 2 }", 7_200), ("'30m'", 1_800), ("'PT1H30M'", 5_400), ("'1s'", 600), ("'9d'", 86_400)])
    func lifetime(_ setting: String, _ seconds: Int) async throws {
        let access = try await AccessPortal.make(
            """
            backend: { listen: '127.0.0.1:7007' }
            auth: { backstageTokenExpiration: \(setting), providers: { guest: {} } }
            """)
        let token = try await access.userToken()
        #expect(Token.object(token, part: 1)?["exp"] == .number(Self.second + Double(seconds)))
        access.clock.advance(bySeconds: Double(seconds) - 1)
        #expect(await access.user(token: token) != nil)
        access.clock.advance(bySeconds: 1)
        #expect(await access.user(token: token) == nil)
    }

    @Test("replicas accept and share one another's keys", arguments: TestDatabase.engines)
    func replicas(_ engine: Dialect) async throws {
        let config = """
            backend: { listen: '127.0.0.1:7007' }
            auth: { session: { secret: a-shared-secret }, providers: { guest: {} } }
            """
        let first = try await AccessPortal.make(config, engine: engine)
        let token = try await first.userToken()
        let second = try await AccessPortal.make(config, database: first.portal.database, clock: first.clock)
        #expect(await second.user(token: token) != nil)
        let other = try await second.userToken()
        #expect(Token.object(other, part: 0)?["kid"] == Token.object(token, part: 0)?["kid"])
        let changed = try await AccessPortal.make(
            config.replacing("a-shared-secret", with: "another-secret"), database: first.portal.database,
            clock: first.clock)
        #expect(await changed.user(token: token) != nil)
        let own = try await changed.userToken()
        #expect(Token.object(own, part: 0)?["kid"] != Token.object(token, part: 0)?["kid"])
        first.clock.advance(bySeconds: 2)
        #expect(await first.user(token: own) != nil)
    }

    @Test(
        "the database and its backups cannot sign: private keys are in it encrypted only",
        arguments: TestDatabase.engines)
    func encrypted(_ engine: Dialect) async throws {
        let access = try await AccessPortal.make(engine: engine)
        let token = try await access.userToken()
        #expect(await access.user(token: token) != nil)
        let row = try #require(
            try await access.portal.database.read { try $0.row("SELECT * FROM auth_signing_keys") })
        let publicKey = Data(try row.blob("public_key"))
        let sealed = try row.text("sealed_private_key")
        #expect(publicKey.count == 64)
        let decoded = sealed.split(separator: ".").compactMap { Token.data($0) }.reduce(Data(), +)
        #expect(decoded.count >= 32 + 12 + 16)
        for bytes in [Array(publicKey), Array(Data(sealed.utf8)), Array(decoded)] {
            for start in 0...max(0, bytes.count - 32) {
                let key = try? P256.Signing.PrivateKey(rawRepresentation: bytes[start..<min(start + 32, bytes.count)])
                #expect(key?.publicKey.rawRepresentation != publicKey)
            }
        }
        #expect(!sealed.contains("PRIVATE KEY"))
    }

    @Test("the secret that keys are encrypted with must be worth its name") func shortSecret() async {
        await #expect {
            try await AccessPortal.make("auth:\n  session:\n    secret: short\n")
        } throws: { error in
            (error as? PortalError)?.message
                == "Configuration: auth.session.secret must be at least 8 characters long (app-config.yaml:3)."
        }
    }
}
