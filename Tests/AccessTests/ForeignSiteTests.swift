import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// What another site can make a browser do.
@Suite struct ForeignSiteTests {
    private static let host = ["Host": "localhost:7007"]
    private static let foreign: [[String: String]] = [
        ["Origin": "http://evil.example"], ["Origin": "null"], ["Origin": "http://localhost:7007.evil.example"],
        ["Origin": "http://localhost"], ["Origin": "http://localhost:8080"], ["Origin": "http://evil@localhost:7007"],
        ["Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"],
        ["Origin": "http://localhost:8080", "Sec-Fetch-Site": "same-site"], ["Origin": ""],
    ]

    @Test(
        "forms of other sites sign nobody in or out",
        arguments: foreign + [
            ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
        ])
    func forms(_ headers: [String: String]) async throws {
        let access = try await AccessPortal.make()
        let headers = headers.merging(Self.host) { first, _ in first }
        let signIn = await access.send(.post, "/sign-in/guest", headers)
        #expect(signIn.status == .forbidden)
        #expect(signIn.headers[.setCookie] == nil)
        let cookie = ["Cookie": try await access.signIn(Self.host)].merging(headers) { first, _ in first }
        #expect(await access.status(.post, "/sign-out", cookie) == 403)
        let scripted = cookie.merging(["X-Requested-With": "XMLHttpRequest"]) { first, _ in first }
        #expect(await access.status(.post, "/api/auth/guest/logout", scripted) == 403)
        #expect(await access.user(["Cookie": cookie["Cookie"] ?? ""]) != nil)
    }

    @Test("with a foreign origin the cookie counts for nothing", arguments: foreign)
    func cookie(_ headers: [String: String]) async throws {
        let access = try await AccessPortal.make(plugins: [ProbePlugin.self])
        var headers = headers.merging(Self.host) { first, _ in first }
        headers["Cookie"] = try await access.signIn(Self.host)
        #expect(await access.status(.post, "/api/probe/create", headers) == 401)
        #expect(await access.status(.get, "/api/probe/read", headers) == 401)
    }

    @Test(
        "the portal's own pages may use the cookie",
        arguments: [
            [:], ["Origin": "http://localhost:7007"], ["Origin": "HTTP://LOCALHOST:7007"],
            ["Origin": "http://localhost:7007", "Sec-Fetch-Site": "same-origin"],
            ["Origin": "https://portal.example.org", "Host": "localhost:7007"], ["Sec-Fetch-Site": "none"],
        ])
    func own(_ headers: [String: String]) async throws {
        let access = try await AccessPortal.make(
            AccessPortal.guests + "\napp: { baseUrl: 'https://portal.example.org/' }", plugins: [ProbePlugin.self])
        let cookie = try await access.signIn(Self.host)
        let headers = headers.merging(Self.host) { first, _ in first }.merging(["Cookie": cookie]) { first, _ in first }
        #expect(await access.status(.post, "/api/probe/create", headers) == 200)
        #expect(await access.status(.post, "/sign-in/guest", headers) == 303)
    }

    @Test("tokens for scripts are given to scripts of the portal's origin only") func refresh() async throws {
        let access = try await AccessPortal.make()
        let path = "/api/auth/guest/refresh"
        #expect(await access.status(.get, path) == 401)
        #expect(await access.status(.get, path, ["X-Requested-With": "other"]) == 401)
        let headers = ["X-Requested-With": "XMLHttpRequest", "Host": "localhost:7007"]
        #expect(await access.status(.get, path, headers) == 200)
        let answer = await access.send(.get, path, headers.merging(["Origin": "http://evil.example"]) { $1 })
        #expect(answer.status == .forbidden)
        for response in [answer, await access.send(.get, path, headers)] {
            #expect(response.headers.allSatisfy { !$0.name.canonicalName.hasPrefix("access-control-") })
        }
    }

    private static let traps = [
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
        "https://evil.example", "http:/evil.example", "javascript:alert(1)", "data:text/html,x", "evil.example",
        "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/catalog\r\nSet-Cookie: a=b", "/a\u{0}b",
        " /catalog",
        "/catalog\\..\\x", "/é", "", "?a", "/sign-in", "/sign-in/guest", "/sign-out", "/sign-in?return=//evil.example",
        "/" + String(repeating: "a", count: 3_000),
    ]

    @Test("after signing in and out people stay in the portal", arguments: traps)
    func openRedirects(_ target: String) async throws {
        let access = try await AccessPortal.make()
        let encoded = PercentCoding.encode(target)
        for path in ["/sign-in/guest", "/sign-out"] {
            let answer = await access.send(.post, "\(path)?return=\(encoded)")
            #expect(answer.headers[.location] == "/", "\(path)")
            let form = await access.portal.submit(path, form: "return=\(encoded)")
            #expect(form.headers[.location] == "/", "\(path)")
        }
    }

    @Test("the page of signing in passes on no address of another site", arguments: traps)
    func signInPage(_ target: String) async throws {
        let access = try await AccessPortal.make()
        let answer = await access.send(.get, "/sign-in?return=\(PercentCoding.encode(target))")
        let page = String(decoding: answer.body, as: UTF8.self)
        let kept = try #require(page.firstRange(of: "name=\"return\" value=\"")).upperBound
        let value = page[kept...].prefix { $0 != "\"" }
        // Pages of signing in, and what is too long, are refused where the form leads.
        let isOwn = target.hasPrefix("/sign-") || target.hasPrefix("/aa")
        #expect(value == (isOwn ? target[...] : "/"))
    }

    @Test("a page that is asked for by nobody is shown after signing in, as it was asked for")
    func backToThePage() async throws {
        let access = try await AccessPortal.make()
        let target = "/catalog?filters[kind]=api&filters[text]=a%26b"
        let way = try #require(await access.send(.get, target).headers[.location])
        let page = String(decoding: await access.send(.get, way).body, as: UTF8.self)
        #expect(page.contains("name=\"return\" value=\"\(target.replacing("&", with: "&amp;"))\""), "\(page)")
        let form = await access.portal.submit("/sign-in/guest", form: "return=\(PercentCoding.encode(target))")
        #expect(form.headers[.location] == target)
        // The path itself may be a trap.
        for trap in ["//evil.example/x", "/%5Cevil.example", "/\\evil.example"] {
            let answer = await access.send(.get, trap)
            guard let way = answer.headers[.location] else { continue }
            #expect(way.hasPrefix("/sign-in?return=%2F"), "\(way)")
        }
    }

    @Test("where nobody is signed in, no letter does anything and nothing looks for pages") func noKeys() async throws {
        let access = try await AccessPortal.make()
        let page = String(decoding: await access.send(.get, "/sign-in").body, as: UTF8.self)
        #expect(page.contains("<html lang=\"en\" data-keys=\"off\">"))
        #expect(page.contains("/keys"))
        #expect(!page.contains("/palette"))
        let inside = await access.send(.get, "/help", ["Cookie": try await access.signIn()])
        #expect(String(decoding: inside.body, as: UTF8.self).contains("/palette"))
        #expect(!String(decoding: inside.body, as: UTF8.self).contains("data-keys"))
    }

    @Test("the theme's form leads to no other site", arguments: traps)
    func theme(_ target: String) async throws {
        let access = try await AccessPortal.make()
        let form = "theme=dark&return=\(PercentCoding.encode(target))"
        let answer = await access.portal.submit("/settings/view", form: form)
        let location = try #require(answer.headers[.location])
        #expect(location.hasPrefix("/"))
        #expect(!location.hasPrefix("//") && !location.hasPrefix("/\\"))
        #expect(location.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    }

    @Test(
        "good targets are kept as they are",
        arguments: ["/", "/catalog", "/catalog?filters[kind]=api&x=%2F%2F", "/docs/a#part", "/sign-in-help"])
    func goodTargets(_ target: String) async throws {
        let access = try await AccessPortal.make()
        let answer = await access.send(.post, "/sign-in/guest?return=\(PercentCoding.encode(target))")
        #expect(answer.headers[.location] == target)
    }

    @Test("the sign-in page repeats no target as markup") func signInPage() async throws {
        let access = try await AccessPortal.make()
        let target = PercentCoding.encode("/\"><script>alert(1)</script>")
        let page = String(decoding: await access.send(.get, "/sign-in?return=\(target)").body, as: UTF8.self)
        #expect(page.contains("Sign in as Guest"))
        #expect(!page.contains("<script>alert"))
    }

    @Test("paths that browsers read as hosts lead nowhere but to signing in") func doubledSlashes() async throws {
        let access = try await AccessPortal.make()
        let answer = await access.send(.get, "//catalog")
        let location = answer.headers[.location] ?? ""
        #expect(!location.hasPrefix("//"))
    }
}
