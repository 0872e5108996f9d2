import EntityModel
import Testing

/// What is told of fields that nobody reads.
@Suite struct MisspeltFieldTests {
    private static func entity(_ kind: String, _ metadata: JSONObject, _ spec: JSONObject = [:]) -> Entity {
        Entity([
            "apiVersion": "backstage.io/v1alpha1", "kind": .string(kind), "metadata": .object(metadata),
            "spec": .object(spec),
        ])
    }

    private static func told(_ kind: String, _ metadata: JSONObject, _ spec: JSONObject = [:]) -> [String] {
        MisspeltField.issues(of: entity(kind, metadata, spec)).map { "\($0.field): \($0.mend)" }
    }

    @Test(
        "a near miss of a field has a suggestion",
        arguments: [
            ("anotations", "annotations"), ("label", "labels"), ("tag", "tags"), ("link", "links"),
            ("Description", "description"), ("namesapce", "namespace"),
        ])
    func metadata(_ key: String, _ meant: String) {
        #expect(Self.told("Component", ["name": "a", key: []]) == ["metadata.\(key): Did you mean \(meant)?"])
        #expect(Self.told("Component", ["name": "a", key: [], meant: []]) == [])
    }

    @Test(
        "so has one of a spec, by its kind",
        arguments: [
            ("Component", "dependOn", "dependsOn"), ("Component", "provideApis", "providesApis"),
            ("Component", "implementsApis", "providesApis"), ("User", "memberof", "memberOf"),
            ("Group", "member", "members"),
        ])
    func spec(_ kind: String, _ key: String, _ meant: String) {
        #expect(Self.told(kind, [:], [key: []]) == ["spec.\(key): Did you mean \(meant)?"])
        #expect(Self.told(kind, [:], [key: [], meant: []]) == [])
        #expect(Self.told("Unheard", [:], [key: []]) == [])
    }

    @Test("so has one of a link")
    func links() {
        let links: JSONValue = [["url": "https://a.example"], ["url": "https://a.example", "titel": "A"], "x"]
        #expect(Self.told("API", ["links": links]) == ["metadata.links.1.titel: Did you mean title?"])
    }

    @Test("fields of somebody's own are nobody's mistake, and neither is what is told already")
    func own() {
        let own: JSONObject = ["note": 1, "uid": 1, "etag": 1, "x": 1, "dependencies": []]
        #expect(Self.told("Component", own, own) == [])
        let entity = Self.entity("Component", [:], ["lifecyle": "x"])
        let missing = EntityIssue(["spec", "lifecycle"], "", mend: "")
        #expect(MisspeltField.issues(of: entity).count == 1)
        #expect(MisspeltField.issues(of: entity, besides: [missing]).isEmpty)
    }

    @Test("who misspells very much is not looked at for long", .timeLimit(.minutes(1)))
    func many() {
        var metadata: JSONObject = [:]
        for number in 0..<20_000 { metadata["a\(number)"] = 1 }
        metadata["links"] = .array(Array(repeating: .object(metadata), count: 100))
        #expect(Self.told("API", metadata) == [])
    }
}
