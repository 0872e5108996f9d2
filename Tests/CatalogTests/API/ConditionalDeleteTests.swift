import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Deleting where the policy decides by the entity.
@Suite struct ConditionalDeleteTests {
    private static let file = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: a }
        spec: { type: service, lifecycle: production, owner: team }
        """

    @Test(
        "an entity that the index does not know yet does not slip past the condition", arguments: TestDatabase.engines)
    func newerThanIndex(_ engine: Dialect) async throws {
        let portal = try await TestPortal.make(
            "catalog: { processingInterval: false, locations: [{ type: file, target: /data/a.yaml }] }",
            files: ["/data/a.yaml": Self.file], engine: engine)
        let path = "/api/catalog/entities/by-name/component/default/a"
        try await portal.running {
            #expect(await portal.eventually { await portal.send(.get, path).status == .ok })
        }
        let entity = try JSONParser.parse(await portal.send(.get, path).body)
        let uid = try #require(entity["metadata"]?["uid"]?.string)
        // A replica that is behind: its index is empty.
        let api = RefreshAPI(
            sources: SourceStore(database: portal.database, queue: RefreshQueue(intervalMilliseconds: nil)),
            entities: EntityStore(database: portal.database), index: PublishedIndex(),
            identity: ServiceHandle("identity"), permissions: ServiceHandle("permissions"), catchUp: {})
        let route = try #require(api.routes.first { $0.method == .delete })
        let answer = try await route.handler(
            PortalRequest(
                method: .delete, target: route.path, parameters: ["uid": uid],
                decision: .conditional(.oneOf(key: "spec.owner", values: ["others"]))))
        #expect(answer.status == .noContent)
        let kept = try await portal.database.read {
            try $0.row("SELECT COUNT(*) FROM catalog_entities WHERE uid = \(uid)")?.int(0)
        }
        #expect(kept == 1)
    }
}
