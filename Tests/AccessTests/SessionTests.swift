import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@Suite struct SessionTests {
    private static let day = 86_400.0
    private static let guest = "user:development/guest"

    @Test("a session is one row, in which the cookie itself is not", arguments: TestDatabase.engines)
    func stored(_ engine: Dialect) async throws {
        let access = try await AccessPortal.make(engine: engine)
        let cookie = try await access.signIn()
        let value = String(cookie.drop { $0 != "=" }.dropFirst())
        let row = try #require(
            try await access.portal.database.read { try $0.row("SELECT * FROM auth_sessions") })
        #expect(try await access.count("SELECT COUNT(*) FROM auth_sessions") == 1)
        #expect(try row.text("user_ref") == Self.guest)
        let hash = try row.blob("id_hash")
        #expect(hash.count == 32)
        #expect(hash != Token.data(value).map { Array($0) })
        #expect(try row.integer("created_at") == 1_800_000_000_000)
    }

    @Test("a session holds on every replica of one database", arguments: TestDatabase.engines)
    func replicas(_ engine: Dialect) async throws {
        let first = try await AccessPortal.make(engine: engine)
        let second = try await AccessPortal.make(
            database: first.portal.database, clock: first.clock)
        let cookie = ["Cookie": try await first.signIn()]
        #expect(await second.user(cookie) == Self.guest)
        #expect(await first.status(.post, "/sign-out", cookie) == 303)
        #expect(await first.user(cookie) == nil)
        first.clock.advance(bySeconds: 31)
        #expect(await second.user(cookie) == nil)
        #expect(try await first.count("SELECT COUNT(*) FROM auth_sessions") == 0)
    }

    @Test("signing out takes the cookie away and leads to a page of the portal") func signOut() async throws {
        let access = try await AccessPortal.make()
        let cookie = ["Cookie": try await access.signIn()]
        // A link asks, and ends nothing.
        #expect(await access.status(.get, "/sign-out", cookie) == 200)
        #expect(await access.status(.get, "/catalog", cookie) == 200)
        let answer = await access.send(.post, "/sign-out", cookie)
        #expect(answer.headers[.location] == "/")
        let cleared = try #require(answer.headers[.setCookie])
        #expect(cleared.hasPrefix("callboard-session=; Max-Age=0; "))
        #expect(await access.status(.get, "/sign-out", cookie) == 303)
        #expect(await access.status(.post, "/sign-out", cookie) == 303)
        #expect(await access.status(.get, "/catalog", cookie) == 303)
    }

    @Test("scripts sign out with their header only") func logOut() async throws {
        let access = try await AccessPortal.make()
        var headers = ["Cookie": try await access.signIn()]
        #expect(await access.status(.post, "/api/auth/guest/logout", headers) == 401)
        #expect(await access.user(headers) == Self.guest)
        headers["X-Requested-With"] = "XMLHttpRequest"
        #expect(await access.status(.post, "/api/auth/guest/logout", headers) == 200)
        #expect(await access.user(headers) == nil)
    }

    @Test("a session ends a week after it was last used", arguments: TestDatabase.engines)
    func idle(_ engine: Dialect) async throws {
        let access = try await AccessPortal.make(engine: engine)
        let cookie = ["Cookie": try await access.signIn()]
        access.clock.advance(bySeconds: 6 * Self.day)
        #expect(await access.user(cookie) == Self.guest)
        access.clock.advance(bySeconds: 6 * Self.day)
        #expect(await access.user(cookie) == Self.guest)
        access.clock.advance(bySeconds: 7 * Self.day)
        #expect(await access.user(cookie) == nil)
        #expect(await access.status(.get, "/catalog", cookie) == 303)
    }

    @Test("a session ends after a month, however much it is used") func absolute() async throws {
        let access = try await AccessPortal.make()
        let cookie = ["Cookie": try await access.signIn()]
        for _ in 1...29 {
            access.clock.advance(bySeconds: Self.day)
            #expect(await access.user(cookie) == Self.guest)
        }
        access.clock.advance(bySeconds: Self.day)
        #expect(await access.user(cookie) == nil)
    }

    @Test("sessions that have ended are removed, those in use are kept", arguments: TestDatabase.engines)
    func sweep(_ engine: Dialect) async throws {
        let access = try await AccessPortal.make(engine: engine)
        _ = try await access.signIn()
        access.clock.advance(bySeconds: 5 * Self.day)
        let used = ["Cookie": try await access.signIn()]
        access.clock.advance(bySeconds: 3 * Self.day)
        #expect(await access.user(used) == Self.guest)
        try await access.portal.running {
            #expect(
                await access.portal.eventually {
                    (try? await access.count("SELECT COUNT(*) FROM auth_sessions WHERE seen_at > created_at")) == 1
                })
        }
        try await access.portal.run(job: "auth: sweep sessions and keys")
        #expect(try await access.count("SELECT COUNT(*) FROM auth_sessions") == 1)
        #expect(await access.user(used) == Self.guest)
    }

    @Test("being seen is written down, so that another replica knows", arguments: TestDatabase.engines)
    func touched(_ engine: Dialect) async throws {
        let access = try await AccessPortal.make(engine: engine)
        let cookie = ["Cookie": try await access.signIn()]
        access.clock.advance(bySeconds: 600)
        #expect(await access.user(cookie) == Self.guest)
        try await access.portal.running {
            #expect(
                await access.portal.eventually {
                    (try? await access.count("SELECT COUNT(*) FROM auth_sessions WHERE seen_at > created_at")) == 1
                })
        }
    }

    @Test("cookies that nobody was given are no session") func forged() async throws {
        let access = try await AccessPortal.make()
        let cookie = try await access.signIn()
        let value = cookie.dropFirst("callboard-session=".count)
        var first = Array(value)
        first[0] = first[0] == "A" ? "B" : "A"
        let forged = [
            String(first), String(value.dropLast()), "\(value)A", "\(value)=", value.uppercased(), "",
            String(repeating: "A", count: 43), String(repeating: "é", count: 43), String(repeating: "A", count: 9_000),
        ]
        for text in forged where text != value {
            #expect(await access.user(["Cookie": "callboard-session=\(text)"]) == nil, "\(text.prefix(50))")
        }
        #expect(await access.user(["Cookie": "other=1; \(cookie); last=2"]) == Self.guest)
        #expect(await access.user(["Cookie": "xcallboard-session=\(value)"]) == nil)
    }

    @Test("signing in makes a new session and ends the one that came along, so none can be planted") func fixation()
        async throws
    {
        let access = try await AccessPortal.make()
        let planted = try await access.signIn()
        let own = try await access.signIn(["Cookie": planted])
        #expect(own != planted)
        #expect(await access.user(["Cookie": planted]) == nil)
        #expect(await access.user(["Cookie": own]) == Self.guest)
        let invented = "callboard-session=\(String(repeating: "B", count: 43))"
        #expect(try await access.signIn(["Cookie": invented]) != invented)
        #expect(await access.user(["Cookie": invented]) == nil)
    }

    @Test("a wrong token is not excused by a good cookie") func tokenFirst() async throws {
        let access = try await AccessPortal.make()
        let cookie = ["Cookie": try await access.signIn()]
        #expect(await access.user(token: "wrong-token-of-nobody", cookie) == nil)
        #expect(await access.user(cookie) == Self.guest)
    }

    @Test("what a page shows of a session ends with it") func pages() async throws {
        let access = try await AccessPortal.make()
        let cookie = ["Cookie": try await access.signIn()]
        let page = await access.send(.get, "/catalog", cookie)
        #expect(page.status == .ok)
        #expect(page.headers[.cacheControl] == "private, no-cache")
        let tag = try #require(page.headers[.eTag])
        #expect(await access.status(.post, "/sign-out", cookie) == 303)
        let again = await access.send(.get, "/catalog", cookie.merging(["If-None-Match": tag]) { first, _ in first })
        #expect(again.status == .seeOther)
    }
}
