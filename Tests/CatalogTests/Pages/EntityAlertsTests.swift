import EntityModel
import Foundation
import PortalKit
import Testing

@testable import Catalog

/// How pages put what is wrong with an entity.
@Suite struct EntityAlertsTests {
    private static func entity(_ messages: [String], kind: String = "Component") -> Entity {
        var entity = Entity(["kind": .string(kind), "metadata": ["name": "a"]])
        entity.annotate("backstage.io/managed-by-location", "file:examples/a.yaml")
        entity.object["status"] = [
            "items": .array(
                messages.map {
                    ["level": "error", "message": .string("InputError: \($0)"), "error": ["name": "InputError"]]
                })
        ]
        return entity
    }

    private static func html(_ entity: Entity) -> String {
        EntityAlerts(
            entity: entity, missing: [],
            context: ViewContext(principal: .none, now: Date(timeIntervalSince1970: 0))
        ).html.text
    }

    @Test(
        "place and mend are said once",
        arguments: [
            (
                "Policy check failed for component:default/a: \"tags.0\" is not valid; expected a word but found 1 at "
                    + "line 3, column 9. Give it a word.",
                "\"tags.0\" is not valid; expected a word but found 1 at line 3, column 9."
            ),
            (
                "Validation of component:default/a failed: \"spec.owner\" must have a value at line 4, column 7. "
                    + "Give it a text that is not empty.",
                "\"spec.owner\" must have a value at line 4, column 7. Give it a text that is not empty."
            ),
            (
                "file:examples/a.yaml could not be read: This is not valid YAML: a tab at line 3, column 1",
                "examples/a.yaml: This is not valid YAML: a tab at line 3, column 1"
            ),
            (
                "file:examples/b.yaml: Policy check failed for component:default/b: \"kind\" is wrong at line 17, column 13.",
                "examples/b.yaml: Policy check failed for component:default/b: \"kind\" is wrong at line 17, column 13."
            ),
            (
                "Validation of component:default/b failed: no owner at line 4, column 7. Name one.",
                "Validation of component:default/b failed: no owner at line 4, column 7. Name one."
            ),
        ])
    func once(_ message: String, _ shown: String) {
        let text = ProblemText(of: Self.entity([]), name: "InputError").shown("InputError: \(message)")
        #expect(text == shown)
    }

    @Test("several problems of one sort stand below one title")
    func groups() {
        let html = Self.html(Self.entity(["first.", "second."], kind: "Location"))
        #expect(html.components(separatedBy: "could not be read").count == 2)
        #expect(html.contains("<li><p>first.</p></li><li><p>second.</p></li>"))
        #expect(!Self.html(Self.entity(["first."])).contains("<li>"))
    }

    @Test("the last good version is spoken of only where there is one")
    func neverRead() {
        let lastGood = "the last good one is shown"
        var entity = Self.entity(["Placeholder $text could not read location file:/a: it does not exist."])
        #expect(Self.html(entity).contains(lastGood))
        entity.object["spec"] = ["definition": ["$text": "./a"]]
        #expect(Self.html(entity).contains("<strong>Its definition could not be read</strong>"))
        #expect(!Self.html(entity).contains(lastGood))
        entity.object["spec"] = ["profile": [["$json": "./a"]]]
        #expect(Self.html(entity).contains("<strong>A part of it could not be read</strong>"))
        entity.object["spec"] = [:]
        let outage: JSONValue = [
            "level": "error", "message": "NotFoundError: gone",
            "error": ["name": "NotFoundError", "since": "2026-05-01T11:00:00.000Z", "lastSuccess": nil],
        ]
        entity.object["status"] = ["items": [outage]]
        #expect(Self.html(entity).contains("<strong>It could not be read</strong>"))
    }

    @Test("many problems do not push the page away: the rest is folded")
    func many() {
        let some = Self.html(Self.entity((1...5).map { "problem \($0)" }))
        #expect(!some.contains("<details"))
        let many = Self.html(Self.entity((1...70).map { "problem \($0)" }))
        #expect(many.contains("<summary>66 more</summary>"))
        #expect(many.contains("problem 70"))
    }

    @Test("a field that is nearly one of the known is spoken of")
    func misspelt() {
        var entity = Self.entity([])
        entity.object["apiVersion"] = "backstage.io/v1alpha1"
        entity.object["spec"] = ["dependOn": ["a:b"], "mine": 1]
        #expect(Self.html(entity).contains("Unknown field &quot;dependOn&quot; in spec. Did you mean dependsOn?"))
        #expect(Self.html(entity).contains("<strong>A field may be misspelt</strong>"))
        #expect(!Self.html(entity).contains("mine"))
        #expect(Self.html(Self.entity([])) == "")
    }

    @Test("a source that nobody reads is told of, one that is read only when asked is not")
    func stale() {
        func source(_ hours: Int64, next: Int64 = 0, error: String? = nil) -> SourceFacts {
            SourceFacts(
                location: LocationReference(type: "file", target: "/a"), succeededAt: 1_000, nextAt: next,
                failingSince: nil, heldSince: nil, failures: 0, error: error, etag: nil, inputHash: nil,
                isUnderWay: false, now: 1_000 + hours * 3_600_000)
        }
        #expect(Staleness(source(2), intervalMilliseconds: 100_000) != nil)
        #expect(Staleness(source(2), intervalMilliseconds: 3_600_000) == nil)
        #expect(Staleness(source(0), intervalMilliseconds: 1_000) == nil)
        #expect(Staleness(source(2), intervalMilliseconds: nil) == nil)
        #expect(Staleness(source(2, next: RefreshQueue.never), intervalMilliseconds: 100_000) == nil)
        #expect(Staleness(source(2, error: "gone"), intervalMilliseconds: 100_000) == nil)
        let alerts = EntityAlerts(
            entity: Self.entity([]), missing: [],
            context: ViewContext(principal: .none, now: Date(timeIntervalSince1970: 7_201)),
            staleness: Staleness(source(2), intervalMilliseconds: 100_000))
        #expect(
            alerts.html.text.contains("2 hours ago</time>, and should be every minute or two."), "\(alerts.html.text)")
    }

    @Test("what is deprecated names its successor, or says how to name one")
    func deprecated() {
        var entity = Self.entity([])
        entity.object["spec"] = ["lifecycle": "deprecated"]
        #expect(Self.html(entity).contains("<strong>It is deprecated</strong>"))
        #expect(Self.html(entity).contains("<code>callboard/successor</code>"))
        entity.annotate("callboard/successor", "newer")
        let successor = Successor(of: entity, AuthorizedCatalog(IndexVersion(CatalogIndex()), decision: .allow))
        #expect(successor?.reference.description == "component:default/newer")
        let alerts = EntityAlerts(
            entity: entity, missing: [], context: ViewContext(principal: .none, now: .now), successor: successor)
        #expect(alerts.html.text.contains("Use "))
        #expect(alerts.html.text.contains("newer"))
        #expect(!alerts.html.text.contains("callboard/successor"))
    }

    @Test("several relations to nothing are spoken of as several")
    func missing() {
        let alerts = EntityAlerts(
            entity: Self.entity([]), missing: ["a:b/c", "d:e/f"], context: ViewContext(principal: .none, now: .now))
        #expect(alerts.html.text.contains("Register them, or mend the names in the file."))
    }
}

@Suite struct DefinitionTabTests {
    @Test("JSON on one line is shown on many, and everything else as it was written")
    func shown() {
        #expect(DefinitionTab.shown(" {\"a\":[1.0]}\n") == "{\n  \"a\": [\n    1.0\n  ]\n}")
        for text in ["{\n\"a\":1}", "openapi: 3.1.0", "{a: b}", "[\(String(repeating: " ", count: 1 << 20))1]"] {
            #expect(DefinitionTab.shown(text) == text)
        }
    }
}
