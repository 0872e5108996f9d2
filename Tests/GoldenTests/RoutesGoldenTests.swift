import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@Suite struct RoutesGoldenTests {
    @Test("every route with its method and who may call it") func routes() async throws {
        let portal = try await WholePortal.make()
        let routes = portal.routes.sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }
        try GoldenFile.expect(
            "routes.txt", GoldenFile.table(routes.map { [$0.method.rawValue, $0.path, Self.access($0.access)] }))
    }

    private static func access(_ access: Route.Access) -> String {
        switch access {
        case .open(let reason): "open: \(reason)"
        case .authenticated: "signed in"
        case .permission(let permission): permission.name
        }
    }

    /// Routes are called and not asked: what a route says of itself is not what it does.
    @Test("the routes that answer callers without credentials, found by calling every one") func unauthorized()
        async throws
    {
        let portal = try await WholePortal.make()
        var rows: [[String]] = []
        for route in portal.routes.sorted(by: { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }) {
            guard let answer = await AnonymousCaller(portal: portal).answer(of: route) else { continue }
            rows.append([route.method.rawValue, route.path, "\(answer.code)"])
        }
        let open = portal.routes.filter { if case .open = $0.access { true } else { false } }
        #expect(Set(rows.map { "\($0[0]) \($0[1])" }) == Set(open.map { "\($0.method.rawValue) \($0.path)" }))
        try GoldenFile.expect("unauthorized-routes.txt", GoldenFile.table(rows))
    }

    @Test("every permission that a route asks is contributed, and all are listed") func permissions() async throws {
        let portal = try await WholePortal.make()
        let permissions = portal.registry.all(Permission.self)
        for route in portal.routes {
            guard case .permission(let permission) = route.access else { continue }
            #expect(permissions.contains(permission), "\(route.path) asks \(permission.name), which no plugin declares")
        }
        #expect(Set(permissions.map(\.name)).count == permissions.count)
        let rows = permissions.sorted { $0.name < $1.name }.map { permission in
            [permission.name, permission.action.rawValue, permission.resourceType ?? "-"]
        }
        try GoldenFile.expect("permissions.txt", GoldenFile.table(rows))
    }
}

/// Somebody without credentials who tries a route in every way that might pass.
struct AnonymousCaller {
    let portal: TestPortal

    private static let samples = [
        "kind": "component", "namespace": "default", "name": "sample", "uid": "1", "id": "1", "ref": "component:sample",
    ]

    /// The best that the route answered when it did more than ask for credentials; nil where it never did.
    func answer(of route: Route) async -> HTTPResponse.Status? {
        let path = route.path.split(separator: "/").map { segment -> String in
            guard segment.hasPrefix("{") else { return String(segment) }
            let name = segment.filter { !"{}*".contains($0) }
            return Self.samples[name] ?? "sample"
        }
        let target = "/" + path.joined(separator: "/")
        var statuses: [HTTPResponse.Status] = []
        for headers in Self.disguises {
            for body: JSONValue? in [nil, [:]] {
                let response = await portal.send(route.method, target, json: body, token: nil, headers: headers)
                if !Self.asksForCredentials(response) { statuses.append(response.status) }
            }
        }
        return statuses.min { $0.code < $1.code }
    }

    private static let disguises: [HTTPFields] = [
        [], [("Authorization", "Bearer forged-token")], [("Authorization", "Basic YTpi")],
        [("Cookie", "callboard-session=" + String(repeating: "A", count: 43))],
        [("X-Requested-With", "XMLHttpRequest")],
        [("X-Forwarded-User", "admin"), ("X-Forwarded-For", "127.0.0.1"), ("X-Original-URL", "/healthz")],
    ].map { pairs in
        pairs.reduce(into: HTTPFields()) { fields, pair in
            if let name = HTTPField.Name(pair.0) { fields[name] = pair.1 }
        }
    }

    private static func asksForCredentials(_ response: PortalResponse) -> Bool {
        if response.status == .seeOther {
            return response.headers[.location]?.hasPrefix("/sign-in?return=") == true && response.body.isEmpty
        }
        guard response.status == .unauthorized else { return false }
        let refusals = ["Missing credentials", "Illegal token"]
        guard let body = try? JSONParser.parse(response.body) else {
            let page = String(decoding: response.body, as: UTF8.self)
            return refusals.contains { page.contains("<p>\($0)</p>") }
        }
        return refusals.contains(body["error"]?["message"]?.string ?? "")
    }
}
