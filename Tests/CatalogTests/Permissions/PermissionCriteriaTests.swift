import EntityModel
import PortalKit
import Testing

@testable import Catalog

/// Conditions on their way out and back.
@Suite struct PermissionCriteriaTests {
    private static func rule(_ name: String, _ parameters: JSONObject) -> JSONValue {
        ["rule": .string(name), "resourceType": "catalog-entity", "params": .object(parameters)]
    }

    @Test("each kind of condition is one of upstream's rules, with what was written")
    func rules() {
        let expected: [(EntityPredicate, JSONValue)] = [
            (
                .oneOf(key: "relations.ownedby", values: ["group:default/a", "user:default/b"]),
                Self.rule("IS_ENTITY_OWNER", ["claims": ["group:default/a", "user:default/b"]])
            ),
            (.oneOf(key: "kind", values: ["API"]), Self.rule("IS_ENTITY_KIND", ["kinds": ["API"]])),
            (
                .exists(key: "metadata.annotations.a.b/C"), Self.rule("HAS_ANNOTATION", ["annotation": "a.b/C"])
            ),
            (
                .oneOf(key: "metadata.annotations.a", values: ["V"]),
                Self.rule("HAS_ANNOTATION", ["annotation": "a", "value": "V"])
            ),
            (.exists(key: "metadata.labels.tier"), Self.rule("HAS_LABEL", ["label": "tier"])),
            (.oneOf(key: "metadata.tags", values: ["x"]), Self.rule("HAS_METADATA", ["key": "tags", "value": "x"])),
            (.exists(key: "spec.profile.email"), Self.rule("HAS_SPEC", ["key": "profile.email"])),
            (
                .all([.exists(key: "spec.a"), .not(.any([.exists(key: "spec.b")]))]),
                [
                    "allOf": [
                        Self.rule("HAS_SPEC", ["key": "a"]), ["not": ["anyOf": [Self.rule("HAS_SPEC", ["key": "b"])]]],
                    ]
                ]
            ),
        ]
        for (predicate, json) in expected {
            #expect(PermissionCriteria.json(predicate) == json)
            #expect((try? PermissionCriteria.predicate(json)) == predicate)
        }
    }

    @Test("several values of a field are alternatives; all and nothing have a form, too")
    func alternatives() throws {
        let several = try #require(PermissionCriteria.json(.oneOf(key: "spec.type", values: ["a", "b"])))
        #expect(
            try PermissionCriteria.predicate(several)
                == .any([.oneOf(key: "spec.type", values: ["a"]), .oneOf(key: "spec.type", values: ["b"])]))
        let nothing = EntityPredicate.oneOf(key: "kind", values: [])
        for predicate in [EntityPredicate.nothing, .oneOf(key: "spec.type", values: [])] {
            let json = try #require(PermissionCriteria.json(predicate))
            #expect(try PermissionCriteria.predicate(json) == nothing)
        }
        let everything = try #require(PermissionCriteria.json(.everything))
        #expect(try PermissionCriteria.predicate(everything) == .not(nothing))
    }

    @Test("what no rule can say is not said by halves")
    func unsayable() {
        let unsayable: [EntityPredicate] = [
            .hasPrefix(key: "metadata.name", prefix: "a"), .contains(keys: ["metadata.title"], text: "x"),
            .exists(key: "kind"), .exists(key: "relations.partof"), .oneOf(key: "relations.partof", values: ["a"]),
            .exists(key: "spec."), .exists(key: "metadata"),
        ]
        for predicate in unsayable {
            #expect(PermissionCriteria.json(predicate) == nil)
            #expect(PermissionCriteria.json(.not(predicate)) == nil)
            #expect(PermissionCriteria.json(.all([.exists(key: "spec.a"), predicate])) == nil)
            #expect(PermissionCriteria.json(.any([.exists(key: "spec.a"), predicate])) == nil)
        }
    }
}
