import Crypto
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@Suite struct ExternalTokenTests {
    private static let token = "ci-token-0123456789"

    private func make(_ restrictions: String, nesting: String = "options") async throws -> AccessPortal {
        try await AccessPortal.make(
            """
            backend:
              auth:
                externalAccess:
                  - type: static
                    \(nesting): { token: \(Self.token), subject: ci }
                    \(restrictions)
            """, plugins: [ProbePlugin.self])
    }

    private func statuses(_ access: AccessPortal) async -> [Int] {
        [
            await access.status(.get, "/api/probe/read", token: Self.token),
            await access.status(.post, "/api/probe/create", token: Self.token),
            await access.status(.get, "/api/probe/signed-in", token: Self.token),
            await access.status(.get, "/api/catalog/locations", token: Self.token),
        ]
    }

    @Test("without restrictions a token may do everything", arguments: ["options", "config"])
    func unrestricted(_ nesting: String) async throws {
        let access = try await make("", nesting: nesting)
        #expect(await statuses(access) == [200, 200, 200, 200])
        #expect(await access.status(.get, "/probe", token: Self.token) == 200)
        #expect(await access.status(.get, "/api/probe/read", token: TestPortal.token) == 401)
    }

    @Test(
        "restrictions hold a token to plugins, permissions and actions",
        arguments: [
            ("[{ plugin: probe }]", [200, 200, 200, 403]),
            ("[{ plugin: catalog }]", [403, 403, 403, 200]),
            ("[{ plugin: catalog }, { plugin: probe }]", [200, 200, 200, 200]),
            ("[{ plugin: probe, permission: probe.read }]", [200, 403, 403, 403]),
            ("[{ plugin: probe, permission: [probe.read, probe.create] }]", [200, 200, 403, 403]),
            ("[{ plugin: probe, permission: 'probe.read, probe.create' }]", [200, 200, 403, 403]),
            ("[{ plugin: probe, permissionAttribute: { action: create } }]", [403, 200, 403, 403]),
            ("[{ plugin: probe, permissionAttribute: { action: [create, read] } }]", [200, 200, 403, 403]),
            (
                "[{ plugin: probe, permission: probe.read, permissionAttribute: { action: create } }]",
                [403, 403, 403, 403]
            ),
            ("[{ plugin: scaffolder }]", [403, 403, 403, 403]),
        ])
    func restricted(_ restrictions: String, _ expected: [Int]) async throws {
        let access = try await make("accessRestrictions: \(restrictions)")
        #expect(await statuses(access) == expected)
    }

    @Test("a refusal for another plugin names those that the token is for") func refusal() async throws {
        let access = try await make("accessRestrictions: [{ plugin: scaffolder }, { plugin: search }]")
        let answer = await access.send(.get, "/api/probe/read", token: Self.token)
        #expect(access.json(answer)["error"]?["name"] == "NotAllowedError")
        #expect(
            access.message(answer).hasPrefix(
                "This token's access is restricted to plugin(s) 'scaffolder', 'search'; what it asks for is of plugin '"
            )
        )
    }

    @Test("a token that may only read the catalog changes nothing through any of its routes") func reader() async throws
    {
        let access = try await make(
            "accessRestrictions: [{ plugin: catalog, permissionAttribute: { action: read } }]")
        #expect(await access.status(.get, "/api/catalog/entities", token: Self.token) == 200)
        #expect(await access.status(.get, "/catalog", token: Self.token) == 200)
        for route in access.portal.routes {
            guard case .permission(let permission) = route.access, permission.action != .read else { continue }
            let path = route.path.replacing(/\{[^}]+\}/, with: "a")
            let answer = await access.send(route.method, path, json: [:], token: Self.token)
            #expect(answer.status == .forbidden, "\(route.method.rawValue) \(route.path)")
        }
    }

    @Test("a token for the plugin permission may ask it, and no more") func permissionPlugin() async throws {
        let access = try await make("accessRestrictions: [{ plugin: permission }]")
        let question: JSONValue = [
            "items": [["id": "1", "permission": ["type": "basic", "name": "probe.read", "attributes": [:]]]]
        ]
        let answer = await access.send(.post, "/api/permission/authorize", json: question, token: Self.token)
        #expect(answer.status == .ok)
        #expect(access.json(answer) == ["items": [["id": "1", "result": "DENY"]]])
        #expect(await access.status(.get, "/api/auth/v1/userinfo", token: Self.token) == 403)
    }

    @Test("programs have no user information") func userInfo() async throws {
        let access = try await make("")
        let answer = await access.send(.get, "/api/auth/v1/userinfo", token: Self.token)
        #expect(answer.status == .forbidden)
        #expect(access.message(answer) == "This endpoint does not allow 'service' credentials")
    }

    // MARK: Legacy tokens

    private static let secret = Data("a legacy secret of enough bytes".utf8)
    private static let second = 1_800_000_000.0

    private func legacy(
        _ claims: JSONObject, algorithm: String = "HS256", secret: Data = secret
    ) -> String {
        let signed = Token.part(["alg": .string(algorithm)]) + "." + Token.part(claims)
        let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: SymmetricKey(data: secret))
        return signed + "." + Token.base64URL(Data(code))
    }

    @Test(
        "legacy tokens are accepted by either place of their secret",
        arguments: [
            "externalAccess: [{ type: legacy, options: { secret: SECRET, subject: old } }]",
            "keys: [{ secret: SECRET }]",
        ])
    func legacyTokens(_ setting: String) async throws {
        let setting = setting.replacing("SECRET", with: "'\(Self.secret.base64EncodedString())'")
        let access = try await AccessPortal.make("backend: { auth: { \(setting) } }", plugins: [ProbePlugin.self])
        let good: JSONObject = ["sub": "backstage-server", "exp": .number(Self.second + 3_000)]
        #expect(await access.status(.get, "/api/probe/read", token: legacy(good)) == 200)
        let bad: [(String, String)] = [
            ("expired", legacy(["sub": "backstage-server", "exp": .number(Self.second - 1)])),
            ("lives too long", legacy(["sub": "backstage-server", "exp": .number(Self.second + 7_200)])),
            ("never expires", legacy(["sub": "backstage-server"])),
            ("another subject", legacy(["sub": "user:default/admin", "exp": .number(Self.second + 60)])),
            ("for an audience", legacy(["sub": "backstage-server", "aud": "x", "exp": .number(Self.second + 60)])),
            ("another secret", legacy(good, secret: Data("another secret of enough bytes".utf8))),
            ("no algorithm", legacy(good, algorithm: "none")),
            ("another algorithm", legacy(good, algorithm: "HS512")),
            ("without signature", legacy(good).split(separator: ".").prefix(2).joined(separator: ".") + "."),
        ]
        for (name, token) in bad {
            #expect(await access.status(.get, "/api/probe/read", token: token) == 401, "\(name)")
        }
    }
}
