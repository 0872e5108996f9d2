import HTTPTypes
import PortalKit
import PortalServer
import PortalTesting
import Testing

/// A page with a form that takes nothing, and one that nobody may see.
private struct StubbornPlugin: Plugin {
    static let id = "stubborn"

    init?(_ environment: PluginEnvironment) {}

    var contributions: [any Contribution] {
        [
            Page("stubborn", path: "/stubborn") { _, context in
                PageContent(
                    "Stubborn", html: HTML { $0.text("typed: \(context.refusal?.form["word"] ?? "nothing")") })
            },
            APIRoutes([
                Route(.post, "/stubborn", access: .authenticated, isPage: true) { request in
                    let page = SafeURL.local(try request.form["return"], else: "/stubborn")
                    throw FormRefusal(request, on: page, field: "word", kind: .conflict) {
                        $0 == .german ? "Nein, danke" : "No, thanks"
                    }
                }
            ]),
        ]
    }
}

@Suite struct RefusedFormTests {
    private func portal() async throws -> TestPortal {
        try await TestPortal.make(plugins: standardPlugins + [StubbornPlugin.self])
    }

    private func text(_ response: PortalResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test("a form that is refused is answered by its page, which keeps what was typed") func page() async throws {
        let portal = try await portal()
        let answer = await portal.submit("/stubborn", form: "word=a%26b", token: TestPortal.token)
        #expect(answer.status == .conflict)
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(text(answer).contains("typed: a&amp;b"))
        #expect(text(answer).contains("<a href=\"#word\">No, thanks</a>"))
        let german = await portal.submit(
            "/stubborn", form: "word=a", token: TestPortal.token, headers: [.acceptLanguage: "de"])
        #expect(text(german).contains("Nein, danke"))
        #expect(text(await portal.send(.get, "/stubborn")).contains("typed: nothing"))
    }

    @Test(
        "where the page is not to be had, an error page says why in the reader's language",
        arguments: ["/nothing-here", "/api/catalog/entities", "/stubborn/../x", "/healthz", "/assets/x"])
    func elsewhere(_ target: String) async throws {
        let answer = try await portal().submit(
            "/stubborn", form: "return=\(target)", token: TestPortal.token, headers: [.acceptLanguage: "de"])
        #expect(answer.status == .conflict)
        #expect(text(answer).contains("Nein, danke."))
        #expect(text(answer).contains("<p class=\"code\">409</p>"))
    }

    @Test("whoever was signed out meanwhile signs in, hears that nothing was done, and comes back to the page")
    func signedOut() async throws {
        let portal = try await portal()
        var headers: HTTPFields = [:]
        if let host = HTTPField.Name("Host") { headers[host] = "portal.example" }
        if let referer = HTTPField.Name("Referer") { headers[referer] = "https://portal.example/catalog?a=b" }
        let answer = await portal.submit("/starred", form: "entityRef=component:a&starred=true", headers: headers)
        #expect(answer.status == .seeOther)
        let way = try #require(answer.headers[.location])
        #expect(way == "/sign-in?return=%2Fcatalog%3Fa%3Db&undone=1")
        #expect(text(await portal.send(.get, way, token: nil)).contains("You were signed out"))
        #expect(text(await portal.send(.get, "/sign-in", token: nil)).contains("You were signed out") == false)
        // A page that the browser kept asks so whether it may still be shown.
        let head = await portal.send(.head, "/catalog?a=b", token: nil)
        #expect(head.status == .seeOther)
        #expect(head.headers[.location] == "/sign-in?return=%2Fcatalog%3Fa%3Db")
        for foreign in ["https://evil.example/catalog", "https://portal.example.evil/", "portal.example/x"] {
            if let referer = HTTPField.Name("Referer") { headers[referer] = foreign }
            #expect(await portal.submit("/starred", form: "", headers: headers).status == .unauthorized)
        }
    }
}
