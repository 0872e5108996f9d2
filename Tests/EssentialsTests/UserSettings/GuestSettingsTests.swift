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

    private func portal() async throws -> TestPortal {
        try await TestPortal.make(
            """
            backend: { listen: '127.0.0.1:7007' }
            auth: { providers: { guest: {} } }
            """)
    }

    @Test("two guests in two browsers have settings of their own; a guest's token has the user's") func guests()
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
        let refreshed = await portal.send(.get, "/api/auth/guest/refresh", token: nil, headers: scripted)
        let token = try #require(SettingsPortal.json(refreshed)["backstageIdentity"]?["token"]?.string)
        #expect(await Self.value(portal, [:], token: token) == nil)
        _ = await portal.send(.put, Self.path, json: ["value": ["user"]], token: token)
        #expect(await Self.value(portal, [:], token: token) == ["user"])
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
