import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// What an operator makes of the frame: names, notices, colours, the order of the rail.
@Suite struct AppearanceTests {
    @Test("keys are called as they are on a keyboard of the language")
    func keys() async throws {
        let portal = try await TestPortal.make("{}")
        for (language, name) in [("en", "Ctrl"), ("de", "Strg")] {
            let page = String(
                decoding: await portal.send(.get, "/help", headers: [.acceptLanguage: language]).body, as: UTF8.self)
            #expect(page.contains("<kbd>\(name)</kbd><kbd>K</kbd>"))
        }
    }

    private func page(_ config: String, _ files: [String: String] = [:], path: String = "/help") async throws -> String
    {
        let portal = try await TestPortal.make(config, files: files)
        return String(decoding: await portal.send(.get, path).body, as: UTF8.self)
    }

    @Test("title and organisation stand where people look for them")
    func names() async throws {
        let page = try await page("app: { title: House }\norganization: { name: The House & Co }")
        #expect(page.contains("<title>Help · The House &amp; Co</title>"))
        #expect(page.contains("<span>House</span>"))
    }

    @Test("a notice is above every page, with its link")
    func notice() async throws {
        let page = try await page("app: { notice: { text: Back at nine, tone: warn, url: /help } }")
        #expect(page.contains("<aside class=\"notice warn\" aria-label=\"Notice\">"))
        #expect(page.contains("<a href=\"/help\">Back at nine</a>"))
    }

    @Test("help names who helps, as upstream's configuration says it")
    func support() async throws {
        let page = try await page(
            """
            app:
              support:
                url: https://help.example
                items: [{ title: Chat, icon: chat, links: [{ url: "https://chat.example", title: "#help" }] }]
            """)
        #expect(page.contains("href=\"https://help.example\""))
        #expect(page.contains("<h3>Chat</h3>"))
        #expect(page.contains(">#help</a>"))
    }

    @Test("the rail begins with what is named, and has the operator's own links")
    func navigation() async throws {
        let page = try await page("app: { navigation: [apis, { title: Wiki, url: 'https://wiki.example' }, nonsense] }")
        let apis = try #require(page.range(of: ">APIs</a>"))
        let wiki = try #require(page.range(of: "<a href=\"https://wiki.example\">"))
        let catalog = try #require(page.range(of: ">Catalog</a>"))
        #expect(apis.lowerBound < wiki.lowerBound && wiki.lowerBound < catalog.lowerBound)
    }

    @Test("the logo is a file of the configuration's folder, served under a name of its own")
    func logo() async throws {
        let files = ["/portal/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"]
        let portal = try await TestPortal.make("app: { branding: { logo: logo.svg, accent: '#aa0000' } }", files: files)
        let page = String(decoding: await portal.send(.get, "/help").body, as: UTF8.self)
        let path = try #require(page.firstMatch(of: /<img src="(\/assets\/logo\.[0-9a-z]+\.svg)"/)?.1)
        let answer = await portal.send(.get, String(path), token: nil)
        #expect(answer.headers[.contentType] == "image/svg+xml")
        #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
    }

    @Test("a logo that cannot be read leaves the portal its own mark", arguments: ["none.svg", "logo.exe"])
    func noLogo(_ path: String) async throws {
        let page = try await page("app: { branding: { logo: \(path) } }", ["/portal/logo.exe": "x"])
        #expect(!page.contains("<img src=\"/assets/logo"))
        #expect(page.contains("class=\"brand\""))
    }

    @Test(
        "what is wrong is named with its key",
        arguments: [
            ("app: { branding: { accent: red } }", "app.branding.accent must be a colour"),
            ("app: { notice: { text: a, tone: loud } }", "app.notice.tone must be one of info, warn, bad"),
            ("app: { notice: { text: a, url: 'javascript:1' } }", "app.notice.url must be an address"),
            ("app: { navigation: [{ title: a, url: 'javascript:1' }] }", "app.navigation[0].url must be an address"),
            ("app: { navigation: [{ title: a, url: /a, icon: zebra }] }", "app.navigation[0].icon must be one of"),
            (
                "app: { support: { items: [{ title: a, links: [{ url: 'data:x' }] }] } }",
                "links[0].url must be an address"
            ),
        ])
    func mistakes(_ config: String, _ expected: String) async throws {
        let error = await #expect(throws: PortalError.self) { try await TestPortal.make(config) }
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test("how pages look is kept in a cookie; one choice leaves the others as they are")
    func preferences() async throws {
        let portal = try await TestPortal.make()
        let headers: HTTPFields = [.cookie: "callboard-view=dark.large"]
        let answer = await portal.submit("/settings/view", form: "density=compact&return=/catalog", headers: headers)
        #expect(answer.headers[.location] == "/catalog")
        #expect(answer.headers[.setCookie]?.hasPrefix("callboard-view=dark.compact.large; Path=/") == true)
        let auto = await portal.submit("/settings/view", form: "theme=auto", headers: [.cookie: "callboard-view=dark"])
        #expect(auto.headers[.setCookie]?.contains("callboard-view=; Path=/; Max-Age=0") == true)
        #expect(await portal.submit("/settings/view", form: "density=tight").status == .badRequest)
    }

    @Test("pages and assets are packed for those who take it, and are the same bytes for others")
    func packing() async throws {
        let portal = try await TestPortal.make()
        let plain = await portal.send(.get, "/help")
        let packed = await portal.send(.get, "/help", headers: [.acceptEncoding: "gzip"])
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.body.count * 3 < plain.body.count)
        #expect(packed.headers[.eTag] == plain.headers[.eTag])
        #expect(plain.headers[.vary] == "Accept-Encoding")
        let again = await portal.send(
            .get, "/help", headers: [.acceptEncoding: "gzip", .ifNoneMatch: plain.headers[.eTag] ?? ""])
        #expect(again.status == .notModified)
        #expect(again.body.isEmpty)
        #expect(
            await portal.send(.get, "/nowhere", headers: [.acceptEncoding: "gzip"]).headers[.contentEncoding] == "gzip")
    }
}
