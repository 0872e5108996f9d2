import EntityModel
import Testing

@Suite struct NameFormatTests {
    @Test("what is expected is said once, whether by the message or by the mend")
    func saidOnce() throws {
        var entity: JSONObject = [
            "apiVersion": "v1", "kind": "Component", "metadata": ["name": "a", "tags": ["Bad Tag"], "title": ""],
        ]
        for issue in EntityEnvelope.issues(of: .object(entity)) {
            let text = issue.text(at: "line 3")
            #expect(text.contains(" (line 3).") && text.hasSuffix("."))
            #expect(!text.contains("Give it"), "\(text)")
        }
        entity["metadata"] = [:]
        #expect(
            EntityEnvelope.issues(of: .object(entity)).map { $0.text(at: "line 3") }.contains {
                $0.hasPrefix("\"metadata.name\" must have a value (line 3). Give it ")
            })
    }

    @Test("a name, a namespace or a tag that is none is told what it may be")
    func mended() {
        func mend(_ metadata: JSONObject) -> String? {
            let entity: JSONObject = ["apiVersion": "v1", "kind": "API", "metadata": .object(metadata)]
            return EntityEnvelope.issues(of: .object(entity)).first?.mend
        }
        #expect(mend(["name": " My  Service! "]) == "Write it as My-Service, for example.")
        #expect(mend(["name": "a", "namespace": "x.y_z"]) == "Write it as x-y-z, for example.")
        #expect(mend(["name": "a", "tags": ["Java 17"]]) == "Write it as java-17, for example.")
        #expect(mend(["name": "${{ values.name }}"])?.contains("a template's placeholder; skeleton files") == true)
        #expect(mend(["name": 5]) == "Write it in quotes: \"5\".")
        #expect(mend(["name": -5])?.hasPrefix("Give it ") == true)
        #expect(mend(["name": "a", "annotations": ["b": true]]) == "Write it in quotes: \"true\".")
        #expect(mend(["name": "_ä_"])?.hasPrefix("Give it ") == true)
        #expect(mend(["name": .string(String(repeating: "x", count: 64))])?.hasPrefix("Give it ") == true)
    }

    @Test("names", arguments: ["a", "AZ09", "a--b", "a..b", "a_b", String(repeating: "x", count: 63)])
    func names(_ text: String) { #expect(NameFormat.isName(text)) }

    @Test("no names", arguments: ["", "-a-b", "a-b-", "a/b", "ä", "a b", String(repeating: "x", count: 64)])
    func noNames(_ text: String) { #expect(!NameFormat.isName(text)) }

    @Test("versions, keys, tags, kinds and namespaces at their limits")
    func others() {
        #expect(NameFormat.isAPIVersion("v1") && NameFormat.isAPIVersion("backstage.io/v1alpha1"))
        #expect(!["", "a/b/c", "/v1", "A.b/v1", "a_b/v1", "x/", "v-1"].contains(where: NameFormat.isAPIVersion))
        let longPrefix = Array(repeating: String(repeating: "a", count: 62), count: 4).joined(separator: ".")
        #expect(
            NameFormat.isKey("a") && NameFormat.isKey("backstage.io/techdocs-ref")
                && NameFormat.isKey("\(longPrefix)/x"))
        #expect(!["", "a/b/c", "/a", "a/", "A.io/x", "\(longPrefix).aaa/x"].contains(where: NameFormat.isKey))
        #expect(NameFormat.isTag("java") && NameFormat.isTag("c++") && NameFormat.isTag("a:b-c#"))
        #expect(
            !["", "Java", "a--b", "-a", "a b", String(repeating: "a", count: 64)].contains(where: NameFormat.isTag))
        #expect(NameFormat.isKind("API") && !NameFormat.isKind("1A") && !NameFormat.isKind("A-B"))
        #expect(NameFormat.isNamespace("AZ09") && NameFormat.isNamespace("a--b") && !NameFormat.isNamespace("a.b"))
    }
}

@Suite struct NearWordTests {
    @Test("of many unknown words only the first are held against the known ones")
    func bounded() {
        func entity(_ unknown: Int, _ last: String) -> JSONObject {
            let keys = (0..<unknown).map { ("unknownfield\($0)", JSONValue.null) } + [(last, .null)]
            return JSONObject(keys)
        }
        func hints(_ unknown: Int) -> [Bool] {
            let root = EntityEnvelope.issues(of: .object(entity(unknown, "metadat")))
            let component = Entity(["spec": .object(entity(unknown, "lifecycl"))])
            let spec = EntityKind.builtIn.first { $0.name == "Component" }?.issues(of: component) ?? []
            return [root, spec].map { issues in
                issues.contains { $0.mend.contains("Did you mean") || $0.mend.hasPrefix("Rename ") }
            }
        }
        #expect(hints(NearWord.mostTried - 1) == [true, true])
        #expect(hints(NearWord.mostTried) == [false, false])
    }

    @Test("a word is near by insertions, deletions, changes and swaps")
    func near() {
        for word in ["lifecyle", "lifecyclee", "lifecicle", "lifceycle", "Lifecycle"] {
            #expect(NearWord.of(word, among: ["lifecycle", "owner"]) == "lifecycle")
        }
        #expect(NearWord.of("life", among: ["lifecycle", "owner"]) == nil)
    }
}

@Suite struct TemplateStepTests {
    private func issues(_ steps: JSONValue, parameters: JSONValue = [:]) -> [String] {
        let entity = Entity([
            "apiVersion": "scaffolder.backstage.io/v1beta3", "kind": "Template", "metadata": ["name": "t"],
            "spec": ["type": "service", "steps": steps, "parameters": parameters],
        ])
        return (EntityKind.of(entity)?.issues(of: entity) ?? []).map { $0.path.joined(separator: ".") }
    }

    @Test("each step names its action, and is told where it does not")
    func steps() {
        #expect(issues([["id": "a", "name": "A", "action": "fetch:template", "input": ["url": "."]]]).isEmpty)
        #expect(issues([["$yaml": "./step.yaml"], ["action": "debug:log", "if": true]]).isEmpty)
        #expect(issues([["id": "a"]]) == ["spec.steps.0"])
        #expect(
            issues([["action": "x"], "hello", ["action": "", "id": 5, "name": []]]) == [
                "spec.steps.1", "spec.steps.2.action", "spec.steps.2.id", "spec.steps.2.name",
            ])
        #expect(issues([]).isEmpty && issues("nope") == ["spec.steps"])
    }

    @Test("conditions and inputs of steps, and parameters, have the form that upstream asks for")
    func forms() {
        func step(_ key: String, _ value: JSONValue) -> JSONValue {
            .array([.object(JSONObject([("action", "a"), (key, value)]))])
        }
        for good in [("if", true), ("if", "${{ x }}"), ("if", .null), ("input", [:]), ("input", .null)]
            as [(String, JSONValue)]
        {
            #expect(issues(step(good.0, good.1)).isEmpty, "\(good)")
        }
        for bad in [("if", [:]), ("if", 1), ("input", 4), ("input", [])] as [(String, JSONValue)] {
            #expect(issues(step(bad.0, bad.1)) == ["spec.steps.0.\(bad.0)"], "\(bad)")
        }
        for good in [[:], [], [["title": "a"]], ["$yaml": "./a"]] as [JSONValue] {
            #expect(issues([], parameters: good).isEmpty, "\(good)")
        }
        for bad in [3, "a", [3]] as [JSONValue] {
            #expect(issues([], parameters: bad) == ["spec.parameters"], "\(bad)")
        }
    }
}

@Suite struct EntityEnvelopeTests {
    private let valid: JSONObject = [
        "apiVersion": "backstage.io/v1alpha1", "kind": "Component",
        "metadata": [
            "name": "a", "labels": ["x": ""], "annotations": ["e.com/y": "any text at all"], "tags": ["java"],
            "links": [["url": "https://e.com", "icon": "web"], ["url": "mailto:a@e.com"]], "extra": [1],
        ],
        "spec": ["type": "service", "lifecycle": "production", "owner": "team-a"],
    ]

    private func fields(_ change: (inout JSONObject) -> Void) -> [String] {
        var metadata = valid["metadata"]?.object ?? [:]
        change(&metadata)
        var entity = valid
        entity["metadata"] = .object(metadata)
        return EntityEnvelope.issues(of: .object(entity)).map(\.field)
    }

    @Test("a valid entity has no issues, one that is no object says so")
    func valid_() {
        #expect(EntityEnvelope.issues(of: .object(valid)).isEmpty)
        #expect(EntityEnvelope.issues(of: nil).first?.message.contains("<root> must be object - type: object") == true)
    }

    @Test("each field that is wrong is named")
    func wrongFields() {
        #expect(fields { $0["name"] = nil } == ["metadata.name"])
        #expect(fields { $0["name"] = 7 } == ["metadata.name"])
        #expect(fields { $0["namespace"] = "a b" } == ["metadata.namespace"])
        #expect(fields { $0["labels"] = ["a/b/c": "-"] } == ["metadata.labels.a/b/c", "metadata.labels.a/b/c"])
        #expect(fields { $0["annotations"] = ["a": 1] } == ["metadata.annotations.a"])
        #expect(fields { $0["tags"] = ["ok", "Not"] } == ["metadata.tags.1"])
        #expect(fields { $0["tags"] = "x" } == ["metadata.tags"])
        #expect(fields { $0["title"] = "" } == ["metadata.title"])
        var foreign = valid
        foreign["nonsense"] = 1
        #expect(EntityEnvelope.issues(of: .object(foreign)).map(\.field) == ["nonsense"])
    }

    @Test(
        "links that could run a script, or are none, are refused",
        arguments: [
            "javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "java\nscript:x", "java\tscript:x",
            "data:text/html,x",
            "vbscript:x", "relative/path", "", "https", ":x", "\u{1}javascript:x",
        ])
    func links(_ url: String) {
        #expect(fields { $0["links"] = [["url": .string(url)]] } == ["metadata.links.0.url"])
    }
}

@Suite struct EntityKindTests {
    private func entity(_ kind: String, _ spec: JSONObject, apiVersion: JSONValue = "backstage.io/v1alpha1") -> Entity {
        Entity([
            "apiVersion": apiVersion, "kind": .string(kind), "metadata": ["name": "x", "namespace": "shop"],
            "spec": .object(spec),
        ])
    }

    @Test("kind and version are compared exactly")
    func recognition() {
        #expect(EntityKind.of(entity("Component", [:]))?.name == "Component")
        #expect(EntityKind.of(entity("component", [:])) == nil)
        #expect(EntityKind.of(entity("Component", [:], apiVersion: "other/v1")) == nil)
        #expect(EntityKind.of(entity("Template", [:], apiVersion: "scaffolder.backstage.io/v1beta3")) != nil)
    }

    @Test("required fields are missed, optional ones checked, placeholders taken as text")
    func fields() throws {
        let api = entity(
            "API", ["type": "openapi", "lifecycle": "x", "owner": "o", "definition": ["$text": "./a.yaml"]])
        #expect(EntityKind.of(api)?.issues(of: api) == [])
        let bare = entity("API", ["type": "openapi", "lifecycle": "", "owner": 7, "system": ["a"]])
        #expect(
            EntityKind.of(bare)?.issues(of: bare).map(\.field) == [
                "spec.lifecycle", "spec.owner", "spec.system", "spec.definition",
            ])
        let server = entity("API", ["type": "mcp-server", "lifecycle": "x", "owner": "o"])
        #expect(EntityKind.of(server)?.issues(of: server).map(\.field) == ["spec.remotes"])
        let user = entity("User", [:])
        #expect(EntityKind.of(user)?.issues(of: user) == [])
    }

    @Test("what a profile shows are texts, and a name that is shown says something", arguments: ["User", "Group"])
    func profiles(_ kind: String) {
        func issues(_ profile: JSONObject) -> [String] {
            let entity = entity(kind, ["type": "team", "children": [], "profile": .object(profile)])
            return (EntityKind.of(entity)?.issues(of: entity) ?? []).map(\.field)
        }
        #expect(issues(["displayName": "A", "email": "", "picture": .null, "more": 1]).isEmpty)
        #expect(
            issues(["displayName": "", "email": 5, "picture": []]) == [
                "spec.profile.displayName", "spec.profile.email", "spec.profile.picture",
            ])
        #expect(issues(["displayName": true]) == ["spec.profile.displayName"])
    }

    @Test("what is empty is told to be, and a text where a list belongs is told as one")
    func told() {
        func text(_ name: String, _ value: JSONValue) -> String? {
            var spec: JSONObject = ["type": "t", "lifecycle": "l", "owner": "o"]
            spec[name] = value
            let entity = entity("Component", spec)
            return EntityKind.of(entity)?.issues(of: entity).first?.text
        }
        #expect(
            text("lifecycle", "")
                == "\"spec.lifecycle\" is not valid; expected a text that is not empty but found an empty text.")
        #expect(
            text("dependsOn", "api:a/b, c")?.hasSuffix("but found string. Write it as a list: [api:a/b, c].") == true)
        for value in ["", "a: b", "[x", 5] as [JSONValue] {
            #expect(
                text("dependsOn", value)?.hasSuffix("Write each on a line of its own that begins with a dash.") == true)
        }
    }

    @Test(
        "a version that there is not leads to the one it was meant as",
        arguments: [("v1", "v1alpha1"), ("v1beta2", "v1beta1"), ("v1alpha2", "v1alpha1"), ("v1bta1", "v1beta1")])
    func versions(_ written: String, _ meant: String) {
        let issue = EntityCheck.unknownKind(
            of: entity("Component", [:], apiVersion: .string("backstage.io/\(written)")))
        #expect(issue.mend.hasPrefix("Did you mean backstage.io/\(meant)? Use backstage.io/v1alpha1 or "), "\(issue)")
    }

    @Test("every field emits its pair of relations, in the entity's namespace")
    func relations() throws {
        let component = entity(
            "Component",
            [
                "owner": "team-a", "system": "s", "subcomponentOf": "p", "providesApis": ["a", "other/b"],
                "dependsOn": ["resource:r"], "dependencyOf": ["component:c"],
            ])
        let (relations, issues) = try #require(EntityKind.of(component)).relations(of: component)
        #expect(issues.isEmpty)
        let outgoing = relations.filter { $0.source == "component:shop/x" }.map { "\($0.type) \($0.target)" }
        #expect(
            outgoing == [
                "ownedBy group:shop/team-a", "partOf system:shop/s", "partOf component:shop/p",
                "providesApi api:shop/a", "providesApi api:other/b", "dependsOn resource:shop/r",
                "dependencyOf component:shop/c",
            ])
        let incoming = relations.filter { $0.target == "component:shop/x" }.map { "\($0.source) \($0.type)" }
        #expect(incoming.first == "group:shop/team-a ownerOf")
        #expect(incoming.count == 7)
    }

    @Test("a dependency without a kind is an issue, and the other relations stay")
    func kindless() throws {
        let resource = entity("Resource", ["owner": "user:someone", "dependsOn": ["nokind"]])
        let (relations, issues) = try #require(EntityKind.of(resource)).relations(of: resource)
        #expect(issues.map(\.field) == ["spec.dependsOn.0"])
        #expect(relations.count == 2)
    }
}
