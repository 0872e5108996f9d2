import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Access

@Suite struct GuestSignInTests {
    private func config(listen: String?, allowed: Bool = false) -> String {
        (listen.map { "backend: { listen: \($0) }\n" } ?? "")
            + "auth: { providers: { guest: { dangerouslyAllowOutsideDevelopment: \(allowed) } } }\n"
    }

    @Test(
        "guests come in where only this machine can reach the portal",
        arguments: [
            "'127.0.0.1:7007'", "'localhost:7007'", "'[::1]:7007'", "'127.8.9.10:7007'",
            "{ host: 127.0.0.1, port: 7007 }", "{ host: '::1' }", "{ host: LOCALHOST }",
        ])
    func loopback(_ listen: String) async throws {
        let access = try await AccessPortal.make(config(listen: listen))
        #expect(await access.status(.post, "/sign-in/guest") == 303)
    }

    @Test(
        "elsewhere guests are refused, unless the configuration says so openly",
        arguments: [
            nil, "7007", "':7007'", "'0.0.0.0:7007'", "'[::]:7007'", "{ port: 7007 }", "{ host: 0.0.0.0 }",
            "'192.168.1.2:7007'", "{ host: 127.0.0.1.example.org }", "'portal.example.org:7007'", "{ host: '' }",
        ] as [String?])
    func elsewhere(_ listen: String?) async throws {
        let access = try await AccessPortal.make(config(listen: listen))
        let answer = await access.send(.post, "/sign-in/guest")
        #expect(answer.status == .forbidden)
        #expect(answer.headers[.setCookie] == nil)
        let scripted = await access.send(.post, "/api/auth/guest/refresh", ["X-Requested-With": "XMLHttpRequest"])
        #expect(scripted.status == .forbidden)
        #expect(access.message(scripted).contains("dangerouslyAllowOutsideDevelopment"))
        let open = try await AccessPortal.make(config(listen: listen, allowed: true))
        #expect(await open.status(.post, "/sign-in/guest", ["Host": "portal.example.org"]) == 303)
    }

    @Test("the frame calls people by their profile, and a guest without one Guest") func names() async throws {
        let user = """
            apiVersion: backstage.io/v1alpha1
            kind: User
            metadata: { name: guest }
            spec: { profile: { displayName: Visiting Friend }, memberOf: [] }
            """
        let access = try await AccessPortal.make(
            """
            backend: { listen: '127.0.0.1:7007' }
            auth: { providers: { guest: { userEntityRef: user:default/guest } } }
            catalog:
              rules: [{ allow: [User] }]
              processingInterval: false
              locations: [{ type: file, target: /data/guest.yaml }]
            """, files: ["/data/guest.yaml": user])
        let cookie = try await access.signIn()
        let page: @Sendable () async -> String = {
            String(decoding: await access.send(.get, "/catalog", ["Cookie": cookie]).body, as: UTF8.self)
        }
        #expect(await page().contains("aria-label=\"Account of Guest\""))
        try await access.portal.running {
            #expect(
                await access.portal.eventually { await page().contains("aria-label=\"Account of Visiting Friend\"") })
        }
    }

    @Test("a session has the groups that the catalog knows now, half a minute later at most")
    func followsGroups() async throws {
        @Sendable func user(_ groups: String) -> String {
            """
            apiVersion: backstage.io/v1alpha1
            kind: User
            metadata: { name: guest }
            spec: { memberOf: [\(groups)] }
            """
        }
        let access = try await AccessPortal.make(
            """
            backend: { listen: '127.0.0.1:7007' }
            auth:
              providers: { guest: { userEntityRef: user:default/guest, ownershipEntityRefs: [group:default/visitors] } }
            catalog:
              rules: [{ allow: [User] }]
              processingInterval: false
              locations: [{ type: file, target: /data/guest.yaml }]
            """, files: ["/data/guest.yaml": user("a, b")])
        let cookie = try await access.signIn()
        @Sendable func groups() async -> [String] {
            access.clock.advance(bySeconds: 31)
            let info = access.json(await access.send(.get, "/api/auth/v1/userinfo", ["Cookie": cookie]))
            return (info["claims"]?["ent"]?.array ?? []).compactMap(\.string)
        }
        #expect(await groups() == ["group:default/visitors"])
        let uid = "/api/catalog/entities/by-name/user/default/guest"
        try await access.portal.running {
            #expect(await access.portal.eventually { await access.portal.send(.get, uid).status == .ok })
            #expect(await groups() == ["user:default/guest", "group:default/a", "group:default/b"])
            access.portal.files.write("/data/guest.yaml", user("b"))
            let body: JSONValue = ["entityRef": "user:default/guest"]
            #expect(await access.portal.send(.post, "/api/catalog/refresh", json: body).status == .ok)
            #expect(await access.portal.eventually { await groups() == ["user:default/guest", "group:default/b"] })
        }
    }

    @Test("who has left the catalog has left its groups; where it cannot be asked, they stay")
    func membership() async throws {
        struct Away: Error {}
        let ann = UserPrincipal(userEntityRef: "user:default/ann", ownershipEntityRefs: ["group:default/a"])
        let gone = Membership(configured: nil) { _ in nil }
        #expect(await gone.now(ann).ownershipEntityRefs == ["user:default/ann"])
        #expect(await Membership(configured: nil) { _ in throw Away() }.now(ann) == ann)
    }

    @Test("without the provider there is nobody to be") func off() async throws {
        let access = try await AccessPortal.make("backend: { listen: '127.0.0.1:7007' }")
        #expect(await access.status(.post, "/sign-in/guest") == 404)
        let answer = await access.send(.get, "/api/auth/guest/refresh", ["X-Requested-With": "XMLHttpRequest"])
        #expect(answer.status == .notFound)
        #expect(access.message(answer) == "Unknown auth provider 'guest'")
    }

    @Test("a foreign name that leads to this machine opens nothing") func rebinding() async throws {
        let access = try await AccessPortal.make()
        for headers in [
            ["Host": "evil.example:7007"], ["Host": "evil.example:7007", "Origin": "http://evil.example:7007"],
            ["Host": "127.0.0.1.evil.example"], ["Host": "localhost.evil.example"],
        ] {
            #expect(await access.status(.post, "/sign-in/guest", headers) == 403)
        }
        #expect(await access.status(.post, "/sign-in/guest", ["Host": "localhost:7007"]) == 303)
        #expect(await access.status(.post, "/sign-in/guest", ["Host": "[::1]:7007"]) == 303)
    }

    @Test("the cookie is out of the reach of scripts and other sites") func cookie() async throws {
        let access = try await AccessPortal.make()
        let cookie = try #require(await access.send(.post, "/sign-in/guest").headers[.setCookie])
        let parts = cookie.split(separator: ";").map { $0.drop { $0 == " " } }
        #expect(parts[0].hasPrefix("callboard-session="))
        #expect(parts[0].count == "callboard-session=".count + 43)
        #expect(Set(parts.dropFirst()) == ["Max-Age=2592000", "Path=/", "HttpOnly", "SameSite=Lax"])
    }

    @Test("behind https the cookie is sent by https alone, and no neighbouring host can set it") func secure()
        async throws
    {
        let access = try await AccessPortal.make(
            "app: { baseUrl: 'https://portal.example.org' }\n" + config(listen: "'127.0.0.1:7007'"))
        let headers = ["Host": "portal.example.org", "Origin": "https://portal.example.org"]
        let cookie = try #require(await access.send(.post, "/sign-in/guest", headers).headers[.setCookie])
        let parts = cookie.split(separator: ";").map { $0.drop { $0 == " " } }
        #expect(parts[0].hasPrefix("__Host-callboard-session="))
        #expect(Set(parts.dropFirst()) == ["Max-Age=2592000", "Path=/", "HttpOnly", "SameSite=Lax", "Secure"])
        let value = parts[0].drop { $0 != "=" }
        #expect(await access.user(["Cookie": String(parts[0])]) == "user:development/guest")
        #expect(await access.user(["Cookie": "callboard-session\(value)"]) == nil)
    }

    @Test("answers that carry credentials are kept by nobody") func unstored() async throws {
        let access = try await AccessPortal.make()
        #expect(await access.send(.post, "/sign-in/guest").headers[.cacheControl] == "no-store")
        let refresh = await access.send(.get, "/api/auth/guest/refresh", ["X-Requested-With": "XMLHttpRequest"])
        #expect(refresh.headers[.cacheControl] == "no-store")
        let token = try await access.userToken()
        #expect(await access.send(.get, "/api/auth/v1/userinfo", token: token).headers[.cacheControl] == "no-store")
    }

    @Test("guests are whom the configuration names, by one spelling") func configured() async throws {
        let access = try await AccessPortal.make(
            """
            backend: { listen: '127.0.0.1:7007' }
            auth:
              providers:
                guest: { userEntityRef: 'User:Default/Ann', ownershipEntityRefs: ['group:default/Ops', 'user:ann'] }
            """)
        let answer = await access.send(.get, "/api/auth/v1/userinfo", ["Cookie": try await access.signIn()])
        let expected: JSONValue = ["sub": "user:default/ann", "ent": ["group:default/ops", "user:default/ann"]]
        #expect(access.json(answer)["claims"] == expected)
    }

    @Test("a guest that the catalog knows owns what its groups own") func catalogUser() async throws {
        let user = """
            apiVersion: backstage.io/v1alpha1
            kind: User
            metadata: { name: guest, namespace: development }
            spec: { memberOf: [guests] }
            """
        let access = try await AccessPortal.make(
            """
            backend: { listen: '127.0.0.1:7007' }
            auth: { providers: { guest: {} } }
            catalog:
              rules: [{ allow: [User] }]
              locations: [{ type: file, target: /data/guest.yaml }]
            """, files: ["/data/guest.yaml": user], clock: TestClock(.now))
        try await access.portal.running {
            #expect(
                await access.portal.eventually {
                    let path = "/api/catalog/entities/by-name/user/development/guest"
                    return await access.status(.get, path, token: TestPortal.token) == 200
                })
        }
        let answer = await access.send(.get, "/api/auth/v1/userinfo", ["Cookie": try await access.signIn()])
        #expect(
            access.json(answer)["claims"]?["ent"] == ["user:development/guest", "group:development/guests"])
    }

    @Test("the configuration of guests is checked at boot") func mistakes() async {
        let settings = [
            ("guest: { userEntityRef: 'a:b:c/d/e' }", "auth.providers.guest.userEntityRef is no entity reference"),
            ("guest: { ownershipEntityRefs: ops }", "auth.providers.guest.ownershipEntityRefs must be a list"),
            ("guest: true", "auth.providers.guest must be an object"),
        ]
        for (setting, words) in settings {
            await #expect {
                try await AccessPortal.make("auth:\n  providers:\n    \(setting)\n")
            } throws: { error in
                let message = (error as? PortalError)?.message ?? ""
                return message.contains(words) && message.hasSuffix("(app-config.yaml:3).")
            }
        }
    }
}
