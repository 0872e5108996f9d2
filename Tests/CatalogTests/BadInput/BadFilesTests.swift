import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Files that are wrong in every way: each gets its message, none takes a neighbour along.
@Suite struct BadFilesTests {
    private static let bomb = """
        a: &a [x, x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
        e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
        f: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
        """

    private static func location(_ target: String) -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata: { name: somewhere }
        spec: { targets: ["\(target)"] }
        """
    }

    private static func api(_ name: String, _ definition: String) -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: API
        metadata: { name: \(name) }
        spec: { type: openapi, lifecycle: production, owner: team, definition: \(definition) }
        """
    }

    /// By file: its bytes, and what the status of the location says.
    private static var cases: [String: ([UInt8], String)] {
        let component = BadPortal.component
        let texts: [String: (String, String)] = [
            "bomb": (bomb, "once its aliases are written out; 200000 values are the limit. Use fewer aliases"),
            "deep": (String(repeating: "[", count: 100_000), "This is not valid YAML"),
            "deep2": (
                String(repeating: "[", count: 400) + String(repeating: "]", count: 400),
                "Nested deeper than 200 levels, which are the limit; make"
            ),
            "deep3": ((0..<3000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), "deep3"),
            "twice": ("a: 1\na: 2", "is there more than once"),
            "function": ("a: !!js/function 'x'", "The tag tag:yaml.org,2002:js/function is not supported"),
            "binary": ("a: !!binary aGVsbG8=", "The tag tag:yaml.org,2002:binary is not supported"),
            "list": ("- a", "must be object"), "scalar": ("hello", "must be object"),
            "nul": (component("nul", ", description: \"a\\0b\"", ""), "\"metadata.description\" holds a NUL character"),
            "key": (component("key", ", \"a\\0b\": 1", ""), "holds a NUL character"),
            "owner": (component("owner", "", ", system: \"a\\n>ownedBy x\""), "spec.system holds a control character"),
            "target": (location("./a\\u0001b.yaml"), "holds a control character"),
            "far": (location("./\(String(repeating: "x", count: 5_000)).yaml"), "are the limit"),
            "name": (component(String(repeating: "n", count: 64), "", ""), "at most 63 characters"),
            "many": (String(repeating: "---\na: 1\n", count: 10_001), "10001 documents; 10000 are the limit"),
            "large": (
                component("large", ", description: \(String(repeating: "d", count: 600_000))", ""),
                "512 KiB are the limit"
            ),
            "huge": (api("huge", String(repeating: "d", count: 9_000_000)), "8 MiB are the limit"),
            "json": (component("json", "", ", x: { $json: ./deep.json }"), "is nested deeper than 256"),
            "long": (component("\"\(String(repeating: "<b>", count: 50_000))\"", "", ""), "metadata.name"),
            "kind": (
                "apiVersion: backstage.io/v1alpha1\nkind: Nothing\nmetadata: { name: a }", "No processor recognized"
            ),
            "link": (component("link", ", links: [{ url: 'javascript:alert(1)' }]", ""), "no script"),
            "data": (component("data", ", links: [{ url: 'data:text/html,x' }]", ""), "no script"),
        ]
        let bytes: [String: ([UInt8], String)] = [
            "bytes": (Array(0...255), "is not text in UTF-8 (byte 0x00). Save it as UTF-8 (line 1, column 1)"),
            "latin": (
                [0x61, 0x3A, 0x20, 0xE9], "is not text in UTF-8 (byte 0xE9). Save it as UTF-8 (line 1, column 4)"
            ),
            "size": (Array(repeating: 0x20, count: (10 << 20) + 1), "is too large"),
        ]
        return texts.mapValues { (Array($0.0.utf8), $0.1) }.merging(bytes) { first, _ in first }
    }

    @Test(
        "each wrong file has its message on the location, and the good ones are served", arguments: TestDatabase.engines
    )
    func messages(_ engine: Dialect) async throws {
        var files = Self.cases.mapValues(\.0)
        files["good"] = Array(BadPortal.component("good").utf8)
        files["windows"] = [0xEF, 0xBB, 0xBF] + BadPortal.component("windows").replacing("\n", with: "\r\n").utf8
        files["mixed"] = Array(
            "\(BadPortal.component("first"))\n---\n{ broken\n---\n\(BadPortal.component("third"))".utf8)
        let bad = try await BadPortal(files, engine: engine)
        bad.portal.files.write(
            "/data/deep.json", String(repeating: "[", count: 300) + String(repeating: "]", count: 300))
        try await bad.portal.running {
            let isFinished = await bad.portal.eventually {
                let names = await bad.names()
                return await bad.unfinished() == 0 && names == ["good", "windows", "first", "third"]
            }
            let (found, unfinished) = (await bad.names(), await bad.unfinished())
            #expect(isFinished, "\(found), \(unfinished) are not finished")
            // The index follows the database within its pause.
            _ = await bad.portal.eventually {
                let status = await bad.status("location/default/root")
                return Self.cases.values.allSatisfy { _, message in status.contains { $0.contains(message) } }
            }
            let status = await bad.status("location/default/root")
            for (name, (_, message)) in Self.cases {
                #expect(status.contains { $0.contains(message) }, "\(name)")
            }
            #expect(status.allSatisfy { $0.utf8.count < 5_000 })
        }
    }

    @Test("what the database refuses is shown on the location, and the source is not read for ever")
    func refusedByDatabase() async throws {
        let bad = try await BadPortal(["good": BadPortal.component("good"), "bad": BadPortal.component("bad")])
        try await bad.portal.database.write { transaction in
            try transaction.run(
                """
                CREATE TRIGGER refuse BEFORE INSERT ON catalog_entities WHEN NEW.ref = 'component:default/bad'
                BEGIN SELECT RAISE(ABORT, 'not this one'); END
                """)
        }
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.unfinished() == 0 })
            #expect(
                await bad.portal.eventually {
                    await bad.status("location/default/root").contains { $0.contains("not this one") }
                })
            #expect(await bad.names() == ["good"])
        }
    }

    @Test("a relation of a processor that would break the others' is refused with its entity")
    func wrongRelations() throws {
        let entity = Entity(["kind": "Component", "metadata": ["name": "a"]])
        for target in ["component:default/b\n>ownedBy group:default/x", "a\0"] {
            let relation = Relation(source: "component:default/a", type: "dependsOn", target: target)
            #expect(throws: ProcessingProblem.self) { try EntityPipeline.stored(entity, [relation]) }
        }
    }

    @Test("at its limits an entity is stored, beyond them refused")
    func limits() throws {
        func entity(_ description: Int, _ definition: Int) -> Entity {
            let filler = { JSONValue.string(String(repeating: "x", count: $0)) }
            return Entity([
                "apiVersion": "v1", "kind": "API", "metadata": ["name": "a", "description": filler(description)],
                "spec": ["definition": filler(definition)],
            ])
        }
        let frame = JSONWriter.bytes(.object(entity(0, 0).object)).count
        let small = EntityLimits.longestBesideDefinition - frame + 2
        let large = EntityLimits.longest - frame
        _ = try EntityPipeline.stored(entity(small, 0), [])
        _ = try EntityPipeline.stored(entity(0, large), [])
        #expect(throws: ProcessingProblem.self) { try EntityPipeline.stored(entity(small + 1, 0), []) }
        #expect(throws: ProcessingProblem.self) { try EntityPipeline.stored(entity(0, large + 1), []) }
        func deep(_ levels: Int) -> Entity {
            Entity(["kind": "A", "spec": (0..<(levels - 2)).reduce([:]) { value, _ in ["a": value] }])
        }
        _ = try EntityPipeline.stored(deep(EntityLimits.deepest), [])
        #expect(throws: ProcessingProblem.self) {
            try EntityPipeline.stored(deep(EntityLimits.deepest + 1), [])
        }
    }

    @Test("ten thousand documents are ten thousand documents")
    func manyDocuments() {
        let text = (0..<10_000).map { "---\nn: \($0)\n" }.joined()
        let documents = YAMLReader.documents(Array(text.utf8))
        #expect(documents.count == 10_000)
        #expect((try? documents.last?.value.get()) == ["n": 9_999])
    }
}

/// What was good stays while it is broken.
@Suite struct KeepsGoodVersionsTests {
    @Test(
        "a document that is no YAML any more keeps its entity, with the error; one that is gone takes it along",
        arguments: TestDatabase.engines)
    func brokenDocument(_ engine: Dialect) async throws {
        let (a, b) = (BadPortal.component("a"), BadPortal.component("b"))
        let bad = try await BadPortal(["x": "\(a)\n---\n\(b)"], engine: engine)
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.names() == ["a", "b"] })
            bad.write("x", Array("\(BadPortal.component("a", ", title: New"))\n---\n{ \(b)".utf8))
            _ = await bad.refresh("component:default/a")
            #expect(
                await bad.portal.eventually { await bad.entity("component/default/a")["metadata"]?["title"] == "New" })
            #expect(await bad.names() == ["a", "b"])
            #expect(await bad.status("component/default/b").contains { $0.contains("not valid YAML") })
            #expect(await bad.status("component/default/a") == [])
            bad.write("x", [0xFF, 0])
            _ = await bad.refresh("component:default/a")
            #expect(await bad.portal.eventually { await bad.status("component/default/a") != [] })
            #expect(await bad.names() == ["a", "b"])
            bad.write("x", Array(a.utf8))
            _ = await bad.refresh("component:default/a")
            #expect(await bad.portal.eventually { await bad.names() == ["a"] })
            #expect(await bad.status("component/default/a") == [])
        }
    }

    @Test("a Location that is broken keeps what it leads to", arguments: TestDatabase.engines)
    func brokenLocation(_ engine: Dialect) async throws {
        let bad = try await BadPortal(["a": BadPortal.component("a")], engine: engine)
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.names() == ["a"] })
            for broken in [
                BadPortal.root.replacing("name: root", with: "name: root, tags: [No]"), "{ \(BadPortal.root)",
                BadPortal.root.replacing("'./*.entity.yaml'", with: "'./dir/'"),
            ] {
                bad.portal.files.write("/data/root.yaml", broken)
                _ = await bad.refresh("location:default/root")
                #expect(await bad.portal.eventually { await bad.status("location/default/root") != [] })
                #expect(await bad.names() == ["a"])
                bad.portal.files.write("/data/root.yaml", BadPortal.root)
                _ = await bad.refresh("location:default/root")
                #expect(await bad.portal.eventually { await bad.status("location/default/root") == [] })
            }
            bad.portal.files.write("/data/root.yaml", BadPortal.root.replacing("*.entity", with: "*.nothing"))
            _ = await bad.refresh("location:default/root")
            #expect(await bad.portal.eventually { await bad.names() == [] })
        }
    }

    @Test("entities that point at themselves or in circles are served like others", arguments: TestDatabase.engines)
    func circles(_ engine: Dialect) async throws {
        func group(_ name: String, parent: String) -> String {
            """
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: { name: \(name) }
            spec: { type: team, parent: \(parent), children: [\(parent)] }
            """
        }
        let bad = try await BadPortal(
            [
                "g": [group("g1", parent: "g2"), group("g2", parent: "g1"), group("g3", parent: "g3")]
                    .joined(separator: "\n---\n"),
                "self": BadPortal.component("self", "", ", dependsOn: [component:self], subcomponentOf: self"),
                "again": BadPortal.root.replacing("name: root", with: "name: again").replacing(
                    "'./*.entity.yaml'", with: "./again.entity.yaml, ./root.yaml, './*.entity.yaml'"),
            ], engine: engine)
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.names("group") == ["g1", "g2", "g3"] })
            #expect(await bad.portal.eventually { await bad.names() == ["self"] })
            let paths = ["group/default/g1", "group/default/g3", "component/default/self", "location/default/again"]
            for path in paths {
                #expect(await bad.portal.eventually { await bad.entity(path)["kind"] != nil })
                #expect(await bad.portal.send(.get, "/api/catalog/entities/by-name/\(path)/ancestry").status == .ok)
                let parts = path.split(separator: "/")
                #expect(await bad.portal.send(.get, "/catalog/default/\(parts[0])/\(parts[2])").status == .ok)
            }
            #expect(await bad.portal.eventually { await bad.unfinished() == 0 })
        }
    }
}
