import EntityModel
import PortalKit
import Testing

@testable import Catalog

/// What a conditional decision lets be seen of the past, where relations of then are not known.
@Suite struct VisibleHistoryTests {
    private static let reference: EntityReference? = try? EntityReference(parsing: "component:default/a")

    private static func state(_ owner: String, _ title: String) -> JSONValue {
        [
            "apiVersion": "backstage.io/v1alpha1", "kind": "Component",
            "metadata": ["name": "a", "namespace": "default", "title": .string(title)],
            "spec": ["type": "service", "lifecycle": "p", "owner": .string(owner)],
        ]
    }

    private static let past = state("team-a", "Past")
    private static let now = state("team-b", "Now")

    /// Newest first: changed from `past` to `now`, and created as `past`.
    private static let changes = [
        EntityStore.Change(
            number: 2, at: 2, kind: "updated", uid: "u", before: past, after: now, isPresent: true, cause: nil),
        EntityStore.Change(
            number: 1, at: 1, kind: "created", uid: "u", before: nil, after: past, isPresent: false, cause: nil),
    ]

    /// The index, in which another entity says that `a` is part of a secret.
    private static func index(secret: Bool) throws -> CatalogIndex {
        let edge = Relation(source: "component:default/a", type: "partOf", target: "system:default/secret")
        var index = CatalogIndex()
        try index.apply(
            upserts: [
                StoredEntity(
                    id: 1, uid: "u", reference: "component:default/a", body: JSONWriter.bytes(now),
                    edges: [Relation(source: "component:default/a", type: "ownedBy", target: "group:default/team-b")]),
                StoredEntity(
                    id: 2, uid: "s", reference: "system:default/secret", body: Array(#"{"kind":"System"}"#.utf8),
                    edges: secret ? [edge] : []),
            ], deletes: [], epoch: "e", head: 1)
        return index
    }

    private func titles(_ predicate: EntityPredicate, _ present: CatalogIndex?) throws -> [[String?]] {
        let shown = VisibleHistory(.conditional(predicate), present: present)(
            Self.changes, of: try #require(Self.reference))
        return shown.map { [$0.before, $0.after].map { $0?["metadata"]?["title"]?.string } }
    }

    @Test("where a relation forbids, a past state is shown only if it cannot have had it")
    func forbidden() throws {
        let secret = EntityPredicate.oneOf(key: "relations.partOf", values: ["system:default/secret"])
        for forbidding in [
            .not(secret), .all([.exists(key: "kind"), .not(.any([secret, .exists(key: "nothing")]))]),
            .not(.not(.not(secret))), .not(.exists(key: "relations.partof")),
            .not(.contains(keys: ["metadata.name", "relations.partOf"], text: "secret")),
            .not(.hasPrefix(key: "RELATIONS.partOf", prefix: "system:")),
        ] as [EntityPredicate] {
            #expect(try titles(forbidding, Self.index(secret: false)) == [[nil, "Now"]], "\(forbidding)")
            #expect(try titles(forbidding, Self.index(secret: true)) == [], "\(forbidding)")
            #expect(try titles(forbidding, nil) == [], "\(forbidding)")
        }
    }

    @Test("what an entity said of itself then is known, and what is no relation too")
    func known() throws {
        let owned = EntityPredicate.oneOf(key: "relations.ownedBy", values: ["group:default/team-a"])
        let index = try Self.index(secret: false)
        #expect(try titles(owned, index) == [["Past", nil], [nil, "Past"]])
        #expect(try titles(.not(.not(owned)), index) == [["Past", nil], [nil, "Past"]])
        #expect(
            try titles(.not(.oneOf(key: "metadata.title", values: ["now"])), index) == [["Past", nil], [nil, "Past"]])
        #expect(try titles(.not(owned), index) == [[nil, "Now"]])
    }
}
