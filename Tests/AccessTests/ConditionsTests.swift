import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Access

/// A policy that decides by the entity, through all that asks it.
@Suite struct ConditionsTests {
    private static let condition = EntityPredicate.any([
        .oneOf(key: "spec.owner", values: ["team-a", "team-b"]),
        .all([.oneOf(key: "kind", values: ["API"]), .not(.exists(key: "metadata.annotations.example.com/Hidden"))]),
    ])

    private struct ByEntity: PermissionPolicy {
        let version = "by-entity-1"
        var condition = ConditionsTests.condition

        func decide(_ permission: Permission, for user: UserPrincipal?) async throws -> AuthorizationDecision {
            .conditional(condition)
        }
    }

    /// Asks the policy about programs as about people, as a plugin is asked that acts for somebody.
    private struct ForEverybody: PermissionService {
        let policy: any PermissionPolicy
        var policyVersion: String { policy.version }

        func authorize(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision {
            try await policy.decide(permission, for: nil)
        }
    }

    private static func entity(_ kind: String, _ name: String, _ owner: String, _ annotations: String = "") -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: \(kind)
        metadata: { name: \(name), annotations: { a: b\(annotations) } }
        spec: { type: service, lifecycle: production, owner: \(owner), definition: x }
        """
    }

    private static let entities = [
        entity("Component", "a", "team-a"), entity("Component", "b", "team-b"), entity("Component", "c", "team-c"),
        entity("API", "d", "team-c"), entity("API", "e", "team-c", ", example.com/Hidden: yes"),
    ]

    private static func question(_ reference: JSONValue?, resource: String = Permission.entityResource) -> JSONValue {
        var item: JSONObject = [
            "id": "1",
            "permission": [
                "type": "resource", "name": "catalog.entity.read", "attributes": ["action": "read"],
                "resourceType": .string(resource),
            ],
        ]
        item["resourceRef"] = reference
        return ["items": [.object(item)]]
    }

    private func ask(_ portal: TestPortal, _ body: JSONValue, _ policy: ByEntity = ByEntity()) async throws -> JSONValue
    {
        let catalogs = portal.registry.all(ServiceProvider.self).compactMap { provider -> (any CatalogService)? in
            if case .catalog(let catalog) = provider { catalog } else { nil }
        }
        let catalog = try #require(catalogs.first)
        let api = AuthorizeAPI(permissions: ForEverybody(policy: policy), catalog: { catalog })
        let route = try #require(api.routes.first { $0.method == .post })
        let request = PortalRequest(
            method: .post, target: route.path, headers: [.contentType: "application/json"],
            body: JSONWriter.bytes(body), principal: .service(ServicePrincipal(subject: "plugin")))
        let answer = try JSONParser.parse(try await route.handler(request).body)
        return try #require(answer["items"]?.array?.first)
    }

    @Test("a program that asks openly is told the conditions, which the catalog applies to the same effect")
    func openQuestion() async throws {
        let portal = try await TestPortal.make(
            "catalog: { rules: [{ allow: [Component, API] }], locations: [{ type: file, target: /data/all.yaml }] }",
            files: ["/data/all.yaml": Self.entities.joined(separator: "\n---\n")])
        try await portal.running {
            _ = await portal.eventually {
                await portal.send(.get, "/api/catalog/entities/by-name/api/default/e").status == .ok
            }
        }
        let references: JSONValue = [
            "component:default/a", "component:default/b", "component:default/c", "api:default/d", "api:default/e",
            "x:y/z",
        ]
        let direct = try await ask(portal, Self.question(references))
        #expect(direct["result"] == ["ALLOW", "ALLOW", "DENY", "ALLOW", "DENY", "DENY"])
        let open = try await ask(portal, Self.question(nil))
        #expect(open["result"] == "CONDITIONAL")
        #expect(open["pluginId"] == "catalog")
        #expect(open["resourceType"] == "catalog-entity")
        let conditions = try #require(open["conditions"])
        let applied = await portal.send(
            .post, "/api/catalog/.well-known/backstage/permissions/apply-conditions",
            json: [
                "items": [
                    [
                        "id": "1", "resourceRef": references, "resourceType": "catalog-entity",
                        "conditions": conditions,
                    ]
                ]
            ])
        #expect(try JSONParser.parse(applied.body)["items"]?.array?.first?["result"] == direct["result"])
    }

    @Test("what cannot be said in rules, or is about something else than entities, is a no")
    func unsayable() async throws {
        let portal = try await TestPortal.make()
        let contains = ByEntity(condition: .contains(keys: ["metadata.title"], text: "x"))
        #expect(try await ask(portal, Self.question(nil), contains) == ["id": "1", "result": "DENY"])
        let other = Self.question(nil, resource: "scaffolder-task")
        #expect(try await ask(portal, other) == ["id": "1", "result": "DENY"])
    }

    @Test("a condition on entities permits nothing that is not about entities")
    func otherPermissions() async throws {
        let permissions = LivePermissions(policy: ByEntity(), admitsAnonymous: true)
        let user = Principal.user(UserPrincipal(userEntityRef: "user:default/ann", ownershipEntityRefs: []))
        for principal in [user, .none] {
            for permission in [
                Permission("catalog.location.create", .create), Permission.signedIn(to: "catalog"),
                Permission("scaffolder.task.read", .read, on: "scaffolder-task"),
            ] {
                #expect(try await permissions.authorize(permission, for: principal) == .deny, "\(permission.name)")
            }
            let read = Permission("catalog.entity.read", .read, on: Permission.entityResource)
            #expect(try await permissions.authorize(read, for: principal) == .conditional(Self.condition))
        }
    }
}
