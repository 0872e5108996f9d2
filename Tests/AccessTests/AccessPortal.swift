import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalServer
import PortalTesting
import Testing

/// A portal whose doors a test tries, with the clock in its hand.
struct AccessPortal {
    let portal: TestPortal
    let clock: TestClock

    static let guests = """
        backend: { listen: '127.0.0.1:7007' }
        auth: { providers: { guest: {} } }
        """

    /// - Parameter database: that of another portal, to be its second replica.
    static func make(
        _ config: String = guests, files: [String: String] = [:], engine: Dialect = .sqlite,
        plugins: [any Plugin.Type] = [], database: (any SQLDatabase)? = nil, clock: TestClock = TestClock()
    ) async throws -> AccessPortal {
        let portal = try await TestPortal.make(
            config, files: files, engine: engine, plugins: standardPlugins + plugins, database: database,
            clock: clock)
        return AccessPortal(portal: portal, clock: clock)
    }

    /// Without credentials, unless headers carry them.
    func send(
        _ method: HTTPRequest.Method = .get, _ target: String, json: JSONValue? = nil, token: String? = nil,
        _ headers: [String: String] = [:]
    ) async -> PortalResponse {
        await portal.send(method, target, json: json, token: token, headers: Self.fields(headers))
    }

    func status(
        _ method: HTTPRequest.Method = .get, _ target: String, token: String? = nil, _ headers: [String: String] = [:]
    ) async -> Int {
        await send(method, target, token: token, headers).status.code
    }

    /// Signs in as guest.
    /// - Returns: the pair of the cookie: `name=value`.
    func signIn(_ headers: [String: String] = [:]) async throws -> String {
        let response = await send(.post, "/sign-in/guest", headers)
        #expect(response.status == .seeOther)
        let cookie = try #require(response.headers[.setCookie])
        return String(cookie.prefix { $0 != ";" })
    }

    /// A user token as pages of other programs get it.
    func userToken() async throws -> String {
        let response = await send(.get, "/api/auth/guest/refresh", ["X-Requested-With": "XMLHttpRequest"])
        return try #require(json(response)["backstageIdentity"]?["token"]?.string)
    }

    /// Whose credentials these are by `/api/auth/v1/userinfo`; nil where they are refused.
    func user(token: String? = nil, _ headers: [String: String] = [:]) async -> String? {
        json(await send(.get, "/api/auth/v1/userinfo", token: token, headers))["claims"]?["sub"]?.string
    }

    func json(_ response: PortalResponse) -> JSONValue { (try? JSONParser.parse(response.body)) ?? .null }
    func message(_ response: PortalResponse) -> String { json(response)["error"]?["message"]?.string ?? "" }

    func count(_ sql: SQL) async throws -> Int {
        try await portal.database.read { try $0.row(sql)?.int(0) ?? -1 }
    }

    static func fields(_ headers: [String: String]) -> HTTPFields {
        headers.reduce(into: HTTPFields()) { fields, header in
            if let name = HTTPField.Name(header.key) { fields[name] = header.value }
        }
    }
}

/// Routes of every kind of access, so that tests of access depend on no feature.
struct ProbePlugin: Plugin {
    static let id = "probe"

    init?(_ environment: PluginEnvironment) {}

    var contributions: [any Contribution] {
        let read = Permission("probe.read", .read)
        let create = Permission("probe.create", .create)
        return [
            read, create,
            APIRoutes([
                Route(.get, "/api/probe/read", access: .permission(read), handler: Self.answer),
                Route(.post, "/api/probe/create", access: .permission(create), handler: Self.answer),
                Route(.get, "/api/probe/signed-in", access: .authenticated, handler: Self.answer),
            ]),
            Page("probe", path: "/probe") { _, _ in PageContent("Probe", html: HTML { $0.text("inside") }) },
        ]
    }

    @Sendable private static func answer(_ request: PortalRequest) async throws -> PortalResponse { .text("done") }
}
