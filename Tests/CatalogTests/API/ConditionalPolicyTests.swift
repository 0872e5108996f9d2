import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Stands in for Access: the tests' token may do all, `Bearer reader` reads what team-a owns and refreshes one of it.
private struct ConditionalAccessPlugin: Plugin, IdentityService, PermissionService {
    static let id = "conditional-access"
    let policyVersion = "conditional-1"

    init?(_ environment: PluginEnvironment) throws {}

    var contributions: [any Contribution] { [ServiceProvider.identity(self), ServiceProvider.permissions(self)] }

    func principal(of headers: HTTPFields) async throws -> Principal {
        switch headers[.authorization] {
        case "Bearer \(TestPortal.token)": .service(ServicePrincipal(subject: "tests"))
        case "Bearer reader": .user(UserPrincipal(userEntityRef: "user:default/reader", ownershipEntityRefs: []))
        default: .none
        }
    }

    func authorize(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision {
        switch (principal, permission.name) {
        case (.service, _): .allow
        case (.user, "catalog.entity.read"):
            .conditional(.oneOf(key: "relations.ownedBy", values: ["group:default/team-a"]))
        case (.user, "catalog.entity.refresh"), (.user, "catalog.entity.delete"):
            .conditional(.oneOf(key: "metadata.name", values: ["mine"]))
        case (.user, _): .allow
        case (.none, _): .deny
        }
    }
}

@Suite struct ConditionalPolicyTests {
    private static let target = "https://files.example/all.yaml"

    private static func component(_ name: String, owner: String, _ metadata: String = "") -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: \(name)\(metadata) }
        spec: { type: service, lifecycle: production, owner: \(owner) }
        """
    }

    private static func file(_ moved: String) -> String {
        [
            component("mine", owner: "team-a"), component("seen", owner: "team-a"),
            component("theirs", owner: "team-b"), moved,
        ].joined(separator: "\n---\n")
    }

    /// A portal that has read one registered file.
    private func run(_ body: @escaping @Sendable (TestPortal) async throws -> Void) async throws {
        let portal = try await TestPortal.make(
            """
            backend: { reading: { allow: [{ host: files.example }] } }
            catalog: { processingInterval: false }
            """, plugins: [CatalogPlugin.self, ConditionalAccessPlugin.self])
        portal.http.record(
            .get, Self.target, Self.file(Self.component("moved", owner: "team-b", ", title: Secret of team B")))
        try await portal.running {
            let location: JSONValue = ["type": "url", "target": .string(Self.target)]
            #expect(await portal.send(.post, "/api/catalog/locations", json: location).status == .created)
            #expect(await portal.eventually { await Self.uid("theirs", portal) != nil })
            try await body(portal)
        }
    }

    private static func json(_ response: PortalResponse) -> JSONValue {
        (try? JSONParser.parse(response.body)) ?? .null
    }

    private static func uid(_ name: String, _ portal: TestPortal) async -> String? {
        let answer = await portal.send(.get, "/api/catalog/entities/by-name/component/default/\(name)")
        return json(answer)["metadata"]?["uid"]?.string
    }

    private static func refresh(_ name: String, _ portal: TestPortal, token: String = "reader") async -> Int {
        let body: JSONValue = ["entityRef": .string("component:default/\(name)")]
        return await portal.send(.post, "/api/catalog/refresh", json: body, token: token).status.code
    }

    @Test("refreshing what is hidden answers as for what does not exist; what is read and not allowed is 403")
    func refreshing() async throws {
        try await run { portal in
            #expect(await Self.refresh("mine", portal) == 200)
            #expect(await Self.refresh("seen", portal) == 403)
            #expect(await Self.refresh("theirs", portal) == 404)
            #expect(await Self.refresh("nothing", portal) == 404)
        }
    }

    @Test("deleting what is hidden answers as for what does not exist, and deletes nothing")
    func deleting() async throws {
        try await run { portal in
            for (name, status) in [("seen", 403), ("theirs", 204)] {
                let path = "/api/catalog/entities/by-uid/\(await Self.uid(name, portal) ?? "")"
                #expect(await portal.send(.delete, path, token: "reader").status.code == status)
                #expect(await portal.send(.get, path).status == .ok)
            }
            #expect(
                await portal.send(.delete, "/api/catalog/entities/by-uid/nothing", token: "reader").status.code == 204)
        }
    }

    @Test("the location of a hidden entity is not found, and an analysis does not tell that it is registered")
    func locations() async throws {
        try await run { portal in
            let path = "/api/catalog/locations/by-entity/component/default"
            #expect(await portal.send(.get, "\(path)/mine", token: "reader").status == .ok)
            #expect(await portal.send(.get, "\(path)/theirs").status == .ok)
            let hidden = await portal.send(.get, "\(path)/theirs", token: "reader")
            let missing = await portal.send(.get, "\(path)/nothing", token: "reader")
            #expect(hidden.status == .notFound)
            #expect(missing.status == .notFound)
            let body: JSONValue = ["location": ["type": "url", "target": .string(Self.target)]]
            let answer = Self.json(
                await portal.send(.post, "/api/catalog/analyze-location", json: body, token: "reader"))
            let files = answer["existingEntityFiles"]?.array ?? []
            #expect(files.map { $0["isRegistered"]?.bool } == [true, true, false, false])
        }
    }

    @Test("states of an entity that the policy hides are in no history, nor what changed between two of them")
    func history() async throws {
        try await run { portal in
            let path = "/api/callboard/v1/entities/component/default/moved/history"
            #expect(await portal.send(.get, path, token: "reader").status == .notFound)
            for (owner, title) in [("team-b", "Second secret"), ("team-a", "Open"), ("team-a", "Open too")] {
                portal.http.record(
                    .get, Self.target, Self.file(Self.component("moved", owner: owner, ", title: \(title)")))
                _ = await Self.refresh("moved", portal, token: TestPortal.token)
                #expect(
                    await portal.eventually {
                        let entity = await portal.send(.get, "/api/catalog/entities/by-name/component/default/moved")
                        return Self.json(entity)["metadata"]?["title"]?.string == title
                    })
            }
            #expect(Self.json(await portal.send(.get, path))["items"]?.array?.count == 4)
            let answer = await portal.send(.get, path, token: "reader")
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(!text.contains("ecret") && !text.contains("team-b"))
            let items = Self.json(answer)["items"]?.array ?? []
            #expect(items.map { $0["type"]?.string } == ["updated", "updated"])
            #expect(items.first?["changes"] == [["path": "metadata.title", "before": "Open", "after": "Open too"]])
            let two = Self.json(await portal.send(.get, "\(path)?limit=2", token: "reader"))
            #expect(two["items"]?.array?.count == 2)
            // Older changes are hidden, and so is that there are any.
            #expect(two["pageInfo"] == [:])
            let one = Self.json(await portal.send(.get, "\(path)?limit=1", token: "reader"))
            let before = try #require(one["pageInfo"]?["before"]?.number)
            #expect(one["items"]?.array?.first?["number"]?.number == before)
            let rest = Self.json(await portal.send(.get, "\(path)?limit=1&before=\(Int(before))", token: "reader"))
            #expect(rest["items"]?.array?.count == 1)
            #expect(rest["pageInfo"] == [:])
            let page = await portal.send(.get, "/catalog/default/component/moved/history", token: "reader")
            let drawn = String(decoding: page.body, as: UTF8.self)
            #expect(page.status == .ok)
            #expect(drawn.contains("Open too") && !drawn.contains("ecret") && !drawn.contains("team-b"))
        }
    }

    @Test("a deleted entity is told of to those who might read it; to others it never was")
    func deletedPages() async throws {
        try await run { portal in
            portal.http.record(.get, Self.target, Self.component("mine", owner: "team-a"))
            _ = await Self.refresh("mine", portal, token: TestPortal.token)
            #expect(await portal.eventually { await Self.uid("theirs", portal) == nil })
            func page(_ path: String, _ token: String) async -> (status: Int, text: String) {
                let answer = await portal.send(.get, "/catalog/default/component/\(path)", token: token)
                return (answer.status.code, String(decoding: answer.body, as: UTF8.self))
            }
            for token in ["reader", TestPortal.token] {
                let seen = await page("seen", token)
                #expect(seen.status == 404)
                #expect(seen.text.contains("seen was deleted"))
                #expect(await page("seen/history", token).text.contains("<strong>Deleted</strong>"))
            }
            func history(_ name: String) async -> Int {
                let path = "/api/callboard/v1/entities/component/default/\(name)/history"
                return await portal.send(.get, path, token: "reader").status.code
            }
            #expect(await history("seen") == 200)
            #expect(await history("theirs") == 404)
            #expect(await page("theirs", TestPortal.token).text.contains("theirs was deleted"))
            for path in ["theirs", "theirs/history", "nothing"] {
                let hidden = await page(path, "reader")
                #expect(hidden.status == 404)
                #expect(!hidden.text.contains("eleted"))
            }
        }
    }
}
