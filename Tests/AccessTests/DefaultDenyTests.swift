import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@Suite struct DefaultDenyTests {
    private static let wrongCredentials: [[String: String]] = [
        [:], ["Authorization": "Bearer wrong-token-of-nobody"], ["Authorization": "Bearer"],
        ["Authorization": "Bearer "],
        ["Authorization": "Basic dGVzdHM6dGVzdHM="], ["Authorization": "Bearer \(TestPortal.token) x"],
        ["Authorization": "Bearer \(TestPortal.token)x"], ["Authorization": TestPortal.token],
        ["Cookie": "callboard-session="], ["Cookie": "callboard-session=\(String(repeating: "A", count: 43))"],
        ["Cookie": "callboard-session=\(TestPortal.token)"], ["X-Forwarded-User": "user:default/admin"],
    ]

    @Test("every route that is not open refuses whoever has no good credentials", arguments: wrongCredentials)
    func everyRoute(_ headers: [String: String]) async throws {
        let access = try await AccessPortal.make(plugins: [ProbePlugin.self])
        var count = 0
        for route in access.portal.routes {
            if case .open = route.access { continue }
            count += 1
            let path = route.path.replacing(/\{[^}]+\}/, with: "a")
            let response = await access.send(route.method, path, json: [:], headers)
            let name: Comment = "\(route.method.rawValue) \(route.path)"
            if route.isPage, route.method == .get {
                #expect(response.status == .seeOther, name)
                #expect(response.headers[.location] == "/sign-in?return=\(PercentCoding.encode(path))", name)
            } else {
                #expect(response.status == .unauthorized, name)
                guard !route.isPage else { continue }
                #expect(access.json(response)["error"]?["name"] == "AuthenticationError", name)
                #expect(access.json(response)["response"] == ["statusCode": 401], name)
            }
        }
        #expect(count > 20)
    }

    @Test("HEAD is refused where GET is") func head() async throws {
        let access = try await AccessPortal.make(plugins: [ProbePlugin.self])
        #expect(await access.status(.head, "/api/probe/read") == 401)
        #expect(await access.status(.head, "/api/probe/read", token: TestPortal.token) == 200)
    }

    @Test("a bearer token is read as upstream reads it: any case, any number of blanks before it")
    func bearer() async throws {
        let access = try await AccessPortal.make(plugins: [ProbePlugin.self])
        for prefix in ["Bearer ", "bearer ", "BEARER    "] {
            let headers = ["Authorization": prefix + TestPortal.token]
            #expect(await access.status(.get, "/api/probe/read", headers) == 200)
        }
    }

    @Test("the policy can be switched off openly, and even then nobody is taken for somebody")
    func disabled() async throws {
        let access = try await AccessPortal.make(
            "backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } }", plugins: [ProbePlugin.self])
        #expect(await access.status(.get, "/api/probe/read") == 200)
        #expect(await access.status(.get, "/api/probe/signed-in") == 200)
        #expect(await access.status(.post, "/api/probe/create") == 200)
        #expect(await access.status(.get, "/probe") == 200)
        let answer = await access.send(.get, "/api/auth/v1/userinfo")
        #expect(answer.status == .unauthorized)
        #expect(access.message(answer) == "Missing credentials")
        #expect(await access.status(.get, "/api/probe/read", token: "wrong-token-of-nobody") == 401)
    }

    @Test("with the policy off, a page whose name was made to resolve to this machine is still kept out")
    func rebound() async throws {
        func make(_ listen: String) async throws -> AccessPortal {
            try await AccessPortal.make(
                """
                app: { baseUrl: 'https://portal.example.org' }
                backend: { listen: '\(listen)', auth: { dangerouslyDisableDefaultAuthPolicy: true } }
                """, plugins: [ProbePlugin.self])
        }
        let access = try await make("127.0.0.1:7007")
        let path = "/api/probe/create"
        for own in [[:], ["Host": "localhost:7007"], ["Host": "[::1]:7007"], ["Host": "portal.example.org"]] {
            #expect(await access.status(.post, path, own) == 200, "\(own)")
        }
        for foreign in [
            ["Host": "evil.example:7007"], ["Host": "localhost.evil.example"], ["Host": "localhost, evil.example"],
            ["Host": "localhost:7007", "Origin": "https://evil.example"],
            ["Host": "evil.example", "Cookie": "callboard-session=\(String(repeating: "A", count: 43))"],
        ] {
            #expect(await access.status(.post, path, foreign) == 401, "\(foreign)")
        }
        let headers = ["Host": "evil.example:7007"]
        #expect(await access.status(.get, "/healthz", headers) == 200)
        #expect(try await make("0.0.0.0:7007").status(.post, path, headers) == 200)
    }

    @Test("the switch takes true and false only") func switchValues() async throws {
        await #expect {
            try await AccessPortal.make("backend:\n  auth:\n    dangerouslyDisableDefaultAuthPolicy: maybe\n")
        } throws: { error in
            (error as? PortalError)?.message == "Configuration: backend.auth.dangerouslyDisableDefaultAuthPolicy "
                + "must be true or false (app-config.yaml:3)."
        }
    }
}
