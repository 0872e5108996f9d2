import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalServer
import PortalTesting
import Testing

@testable import Essentials

/// What a shared guest keeps belongs to the browser's session.
@Suite struct GuestSettingsTests {
    private static let path = SettingsPortal.path(Stars.name.bucket, Stars.name.key)

    /// The headers of a browser in which somebody signed in as guest.
    private static func browser(_ portal: TestPortal) async throws -> HTTPFields {
        let signedIn = await portal.send(.post, "/sign-in/guest", token: nil)
        var browser = HTTPFields()
        browser[.cookie] = String(try #require(signedIn.headers[.setCookie]).prefix { $0 != ";" })
        return browser
    }

    private static func value(_ portal: TestPortal, _ browser: HTTPFields, token: String? = nil) async -> JSONValue? {
        SettingsPortal.json(await portal.send(.get, path, token: token, headers: browser))["value"]
    }

    private static func both(_ one: HTTPFields, _ other: HTTPFields) -> HTTPFields {
        HTTPFields(Array(one) + Array(other))
    }

    private static func token(_ portal: TestPortal, _ headers: HTTPFields, after token: String? = nil) async throws
        -> String
    {
        let refreshed = await portal.send(.get, "/api/auth/guest/refresh", token: token, headers: headers)
        return try #require(SettingsPortal.json(refreshed)["backstageIdentity"]?["token"]?.string)
    }

    @Test("a guest is asked before signing out, and then what was kept is gone, and with it the browser's pages")
    func signOut() async throws {
        let portal = try await portal()
        let browser = try await Self.browser(portal)
        _ = await portal.send(.put, Self.path, json: ["value": ["a"]], token: nil, headers: browser)
        let home = String(decoding: await portal.send(.get, "/", token: nil, headers: browser).body, as: UTF8.self)
        #expect(home.contains("href=\"/sign-out?return=%2F\">Sign out …</a>"))
        #expect(!home.contains("action=\"/sign-out\""))
        let page = await portal.send(.get, "/sign-out?return=/help", token: nil, headers: browser)
        let question = String(decoding: page.body, as: UTF8.self)
        #expect(question.contains("belong to this browser, and are deleted."))
        #expect(question.contains("href=\"/help\">Stay signed in</a>"))
        #expect(question.contains("action=\"/sign-out\""))
        let answer = await portal.submit("/sign-out", form: "", headers: browser)
        #expect(answer.headers[.location] == "/")
        #expect(HTTPField.Name("Clear-Site-Data").flatMap { answer.headers[$0] } == "\"cache\"")
        let left = try await portal.database.read { try $0.row("SELECT COUNT(*) FROM user_settings")?.int(0) }
        #expect(left == 0)
    }

    private func portal() async throws -> TestPortal {
        try await TestPortal.make(
            """
            backend: { listen: '127.0.0.1:7007' }
            auth: { providers: { guest: {} } }
            """)
    }

    @Test("guests in two browsers and programs with guests' tokens all have settings of their own") func guests()
        async throws
    {
        let portal = try await portal()
        let one = try await Self.browser(portal)
        let other = try await Self.browser(portal)
        let written = await portal.send(.put, Self.path, json: ["value": ["a"]], token: nil, headers: one)
        #expect(written.status == .ok)
        #expect(await Self.value(portal, one) == ["a"])
        #expect(await Self.value(portal, other) == nil)
        var scripted = HTTPFields()
        if let name = HTTPField.Name("X-Requested-With") { scripted[name] = "XMLHttpRequest" }
        let token = try await Self.token(portal, scripted)
        #expect(await Self.value(portal, [:], token: token) == nil)
        _ = await portal.send(.put, Self.path, json: ["value": ["user"]], token: token)
        #expect(await Self.value(portal, [:], token: token) == ["user"])
        let another = try await Self.token(portal, scripted)
        #expect(await Self.value(portal, [:], token: another) == nil)
        // The token after a token, and the token of a browser, stay in their sessions.
        let next = try await Self.token(portal, scripted, after: token)
        #expect(await Self.value(portal, [:], token: next) == ["user"])
        let ofBrowser = try await Self.token(portal, Self.both(scripted, one))
        #expect(await Self.value(portal, [:], token: ofBrowser) == ["a"])
        #expect(await Self.value(portal, one) == ["a"])
        #expect(await Self.value(portal, other) == nil)
    }

    @Test("the table tells whose they are and holds nothing that opens a session") func hashed() async throws {
        let portal = try await portal()
        let browser = try await Self.browser(portal)
        _ = await portal.send(.put, Self.path, json: ["value": 1], token: nil, headers: browser)
        let owner = try await portal.database.read {
            try $0.row("SELECT owner FROM user_settings WHERE is_session = 1")?.text(0)
        }
        let stored = try #require(owner)
        let secret = try #require(browser[.cookie]?.split(separator: "=").last)
        #expect(stored.hasPrefix("session/"))
        #expect(stored.count == "session/".count + 43)
        #expect(!stored.contains(secret))
    }

    @Test("a form of another site changes no stars") func foreign() async throws {
        let portal = try await portal()
        var browser = try await Self.browser(portal)
        if let origin = HTTPField.Name("Origin") { browser[origin] = "https://evil.example" }
        let form = "entityRef=component%3Adefault%2Fa&starred=false"
        #expect(await portal.submit("/starred", form: form, headers: browser).status == .unauthorized)
        let written = await portal.send(.put, Self.path, json: ["value": 1], token: nil, headers: browser)
        #expect(written.status == .unauthorized)
    }
}
