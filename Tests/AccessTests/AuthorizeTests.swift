import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Access

@Suite struct AuthorizeTests {
    private static let path = "/api/permission/authorize"

    private static let basic: JSONValue = [
        "id": "1", "permission": ["type": "basic", "name": "probe.read", "attributes": ["action": "read"]],
    ]

    private static func resource(_ id: String, _ reference: JSONValue?) -> JSONValue {
        var item: JSONObject = [
            "id": .string(id),
            "permission": [
                "type": "resource", "name": "catalog.entity.read", "attributes": ["action": "read"],
                "resourceType": "catalog-entity",
            ],
        ]
        item["resourceRef"] = reference
        return .object(item)
    }

    @Test("answers come in the order of the questions, in the form of each") func shapes() async throws {
        let access = try await AccessPortal.make()
        let body: JSONValue = [
            "items": [
                Self.basic, Self.resource("2", "component:default/a"),
                Self.resource("3", ["component:default/a", "component:default/b"]),
            ]
        ]
        let cookie = ["Cookie": try await access.signIn()]
        let answer = await access.send(.post, Self.path, json: body, cookie)
        #expect(answer.status == .ok)
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(
            access.json(answer) == [
                "items": [
                    ["id": "1", "result": "ALLOW"], ["id": "2", "result": "ALLOW"],
                    ["id": "3", "result": ["ALLOW", "ALLOW"]],
                ]
            ])
        #expect(access.json(await access.send(.post, Self.path, json: ["items": []], cookie)) == ["items": []])
    }

    @Test("people are told decisions and never conditions; programs may ask openly") func openQuestions() async throws {
        let access = try await AccessPortal.make()
        let body: JSONValue = ["items": [Self.resource("1", nil)]]
        let token = try await access.userToken()
        let answer = await access.send(.post, Self.path, json: body, token: token)
        #expect(answer.status == .badRequest)
        #expect(access.message(answer).hasPrefix("Resource permissions require a resourceRef to be set."))
        let service = await access.send(.post, Self.path, json: body, token: TestPortal.token)
        #expect(access.json(service) == ["items": [["id": "1", "result": "ALLOW"]]])
    }

    private static let malformed: [JSONValue] = [
        [:], ["items": [:]], ["items": "x"], ["items": [7]], ["items": [[:]]],
        ["items": [["id": 1, "permission": ["type": "basic", "name": "a", "attributes": [:]]]]],
        ["items": [["id": "1"]]], ["items": [["id": "1", "permission": "a.b"]]],
        ["items": [["id": "1", "permission": ["type": "basic", "attributes": [:]]]]],
        ["items": [["id": "1", "permission": ["type": "basic", "name": "", "attributes": [:]]]]],
        ["items": [["id": "1", "permission": ["type": "basic", "name": 7, "attributes": [:]]]]],
        ["items": [["id": "1", "permission": ["type": "other", "name": "a", "attributes": [:]]]]],
        ["items": [["id": "1", "permission": ["name": "a", "attributes": [:]]]]],
        ["items": [["id": "1", "permission": ["type": "basic", "name": "a"]]]],
        ["items": [["id": "1", "permission": ["type": "basic", "name": "a", "attributes": "x"]]]],
        ["items": [["id": "1", "permission": ["type": "basic", "name": "a", "attributes": ["action": "use"]]]]],
        ["items": [["id": "1", "permission": ["type": "basic", "name": "a", "attributes": ["action": 1]]]]],
        ["items": [["id": "1", "permission": ["type": "resource", "name": "a", "attributes": [:]]]]],
        ["items": [resource("1", .null)]], ["items": [resource("1", 7)]], ["items": [resource("1", [])]],
        ["items": [resource("1", [7])]], ["items": [basic, ["id": "2"]]],
        ["items": .array(Array(repeating: basic, count: 1_001))],
        ["items": [resource("1", .array(Array(repeating: "a:b/c", count: 1_001)))]],
        ["items": .array(Array(repeating: resource("1", .array(Array(repeating: "a:b/c", count: 1_000))), count: 11))],
    ]

    @Test("what is malformed is an input error, whatever else is asked with it", arguments: malformed.indices)
    func malformedQuestions(_ index: Int) async throws {
        let access = try await AccessPortal.make()
        let answer = await access.send(.post, Self.path, json: Self.malformed[index], token: TestPortal.token)
        #expect(answer.status == .badRequest)
        #expect(access.json(answer)["error"]?["name"] == "InputError")
    }

    @Test("the body must be JSON, said to be JSON") func bodies() async throws {
        let access = try await AccessPortal.make()
        #expect(await access.status(.post, Self.path, token: TestPortal.token) == 400)
        let form = await access.portal.submit(Self.path, form: "{\"items\":[]}", token: TestPortal.token)
        #expect(form.status == .badRequest)
        #expect(await access.status(.get, Self.path, token: TestPortal.token) == 405)
    }

    @Test("nobody is nobody here, too; health is for everybody") func anonymous() async throws {
        let access = try await AccessPortal.make()
        let body: JSONValue = ["items": [Self.basic]]
        #expect(await access.send(.post, Self.path, json: body).status == .unauthorized)
        #expect(access.json(await access.send(.get, "/api/permission/health")) == ["status": "ok"])
        let open = try await AccessPortal.make("backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } }")
        let answer = await open.send(.post, Self.path, json: body)
        #expect(open.json(answer) == ["items": [["id": "1", "result": "ALLOW"]]])
        let question = await open.send(.post, Self.path, json: ["items": [Self.resource("1", nil)]])
        #expect(question.status == .badRequest)
    }

    // MARK: Conditional policies

    /// Allows what team a owns.
    private struct OwnedByA: PermissionService {
        let policyVersion = "1"

        func authorize(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision {
            .conditional(.oneOf(key: "spec.owner", values: ["team-a"]))
        }
    }

    /// Has one entity, owned by team a, and keeps in mind what it was asked.
    private struct OneEntity: CatalogService {
        func entity(_ reference: EntityReference, as principal: Principal) async throws -> Entity? { nil }

        func entities(_ predicate: EntityPredicate, limit: Int, as principal: Principal) async throws -> [Entity] {
            let expected = EntityPredicate.all([
                .any([
                    .all([
                        .oneOf(key: "kind", values: ["component"]),
                        .oneOf(key: "metadata.namespace", values: ["default"]),
                        .oneOf(key: "metadata.name", values: ["a", "b"]),
                    ])
                ]), .oneOf(key: "spec.owner", values: ["team-a"]),
            ])
            return predicate == expected && limit == 2
                ? [Entity(["kind": "Component", "metadata": ["name": "a"]])] : []
        }
    }

    @Test("a condition is applied to the entities that are asked about, in one question each") func conditional()
        async throws
    {
        let route = try #require(
            AuthorizeAPI(permissions: OwnedByA(), catalog: { OneEntity() }).routes.first { $0.method == .post })
        func ask(_ items: [JSONValue], as principal: Principal) async throws -> JSONValue {
            let body = JSONWriter.bytes(["items": .array(items)])
            let request = PortalRequest(
                method: .post, target: Self.path, headers: [.contentType: "application/json"], body: body,
                principal: principal)
            return try JSONParser.parse(try await route.handler(request).body)
        }
        let user = Principal.user(UserPrincipal(userEntityRef: "user:default/ann", ownershipEntityRefs: []))
        let references: JSONValue = ["component:default/a", "Component:default/B", "no reference ::"]
        #expect(
            try await ask([Self.resource("1", references), Self.resource("2", "component:default/c")], as: user)
                == ["items": [["id": "1", "result": ["ALLOW", "DENY", "DENY"]], ["id": "2", "result": "DENY"]]])
        #expect(
            try await ask([Self.resource("1", nil)], as: .service(ServicePrincipal(subject: "x")))
                == ["items": [["id": "1", "result": "DENY"]]])
    }
}
