import EntityModel
import Testing

@Suite struct EntityFilterTests {
    @Test("conditions are joined by AND, repeated keys and parameters by OR")
    func combination() throws {
        let filter = try EntityFilter.parse(["a=1,a=2,b=3", "c=4"])
        let first = EntityPredicate.all([.oneOf(key: "a", values: ["1", "2"]), .oneOf(key: "b", values: ["3"])])
        #expect(filter == .any([first, .oneOf(key: "c", values: ["4"])]))
    }

    @Test("blanks are trimmed, empty sets ignored, and an empty value means the empty string")
    func blanks() throws {
        #expect(try EntityFilter.parse([" a = 1 , , "]) == .oneOf(key: "a", values: ["1"]))
        #expect(try EntityFilter.parse([" ", ""]) == .everything)
        #expect(try EntityFilter.parse(["a="]) == .oneOf(key: "a", values: [""]))
        #expect(try EntityFilter.parse(["a"]) == .exists(key: "a"))
        #expect(try EntityFilter.parse(["a,a=1"]) == .oneOf(key: "a", values: ["1"]))
        #expect(try EntityFilter.parse(["a=b=c"]) == .oneOf(key: "a", values: ["b=c"]))
    }

    @Test("a condition without a key is refused", arguments: ["=a", "=", "x=2,=a"])
    func keyless(_ text: String) {
        #expect(throws: EntityFilter.ParseError.self) { try EntityFilter.parse([text]) }
    }
}

@Suite struct PredicateQueryTests {
    @Test("fields, operators and combinations are read")
    func reading() throws {
        let query: JSONValue = [
            "$all": [
                ["kind": "component", "spec.type": ["$in": ["service", 7]]],
                ["$not": ["metadata.name": ["$hasPrefix": "a"]]],
                ["metadata.tags": ["$contains": "java"]],
                ["relations": ["$contains": ["type": "ownedBy", "targetRef": "group:default/a"]]],
                ["metadata.title": ["$exists": false]],
            ]
        ]
        #expect(
            try PredicateQuery.parse(query)
                == .all([
                    .all([
                        .oneOf(key: "kind", values: ["component"]), .oneOf(key: "spec.type", values: ["service", "7"]),
                    ]),
                    .not(.hasPrefix(key: "metadata.name", prefix: "a")),
                    .oneOf(key: "metadata.tags", values: ["java"]),
                    .oneOf(key: "relations.ownedBy", values: ["group:default/a"]),
                    .not(.exists(key: "metadata.title")),
                ]))
        #expect(try PredicateQuery.parse([:]) == .everything)
        #expect(try PredicateQuery.parse(["$any": []]) == .nothing)
    }

    @Test(
        "what is no predicate is refused",
        arguments: [
            JSONValue.null, "a", 1, [], ["$nope": 1], ["a": ["$nope": 1]], ["a": [1]], ["$all": [:]],
            ["a": ["$contains": ["x": "y"]]], ["a": ["$in": [["x": 1]]]], ["$not": 1, "a": 2],
        ] as [JSONValue])
    func refused(_ query: JSONValue) {
        #expect(throws: PredicateQuery.ParseError.self) { try PredicateQuery.parse(query) }
    }

    @Test("nesting has a limit")
    func depth() {
        var query: JSONValue = ["kind": "component"]
        for _ in 0..<200 { query = ["$not": query] }
        #expect(throws: PredicateQuery.ParseError.self) { try PredicateQuery.parse(query) }
    }
}

@Suite struct FieldProjectionTests {
    private let entity: JSONObject = [
        "kind": "Component", "metadata": ["name": "a", "annotations": ["test.com/url-like": "x", "other": "y"]],
        "spec": ["type": "service"],
    ]

    @Test("only the wanted parts are kept, dotted keys included")
    func projection() throws {
        let fields = try #require(try FieldProjection(["kind,metadata.name"]))
        #expect(fields.apply(to: entity) == ["kind": "Component", "metadata": ["name": "a"]])
        let annotation = try #require(try FieldProjection(["metadata.annotations.test.com/url-like", "nope.x"]))
        #expect(annotation.apply(to: entity) == ["metadata": ["annotations": ["test.com/url-like": "x"]]])
    }

    @Test("no field means no projection, and array fields are refused")
    func edges() throws {
        #expect(try FieldProjection([",", ""]) == nil)
        #expect(throws: FieldProjection.ParseError.self) { try FieldProjection(["metadata.tags[0]"]) }
    }
}
