import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Descriptions that are spread over several files.
@Suite struct ReferenceBundleTests {
    private func bundled(
        _ files: [String: String], web: [String: String] = [:], _ reference: String = "./api.yaml"
    ) async throws -> JSONValue {
        let http = RecordedHTTP()
        for (url, text) in web { http.record(.get, url, text) }
        var settings = CatalogSettings()
        settings.readingAllow = [.init(host: "files.example")]
        let reading = LocationReading(readers: [
            FileLocationReader.make(MemoryWorkspace(files)), URLLocationReader.make(http, settings),
        ])
        let place = LocationReference(type: "file", target: "/data/a.yaml")
        var keys: Set<String> = []
        let resolved: JSONValue
        do {
            resolved = try await Placeholders(BuiltInPlaceholders.all, reading: reading).resolve(
                ["definition": ["$openapi": .string(reference)]], at: place, origin: place, keys: &keys)
        } catch { throw PlaceholderFailures.only(error) }
        let text = try #require(resolved["definition"]?.string)
        return try #require(try YAMLReader.documents(Array(text.utf8)).first?.value.get())
    }

    @Test("a reference within another file means that file, and one to a third is relative to it")
    func relativeToItsFile() async throws {
        let bundle = try await bundled([
            "/data/api.yaml": "paths: { '/pets/{id}': { $ref: './parts/pets.yaml#/get' } }",
            "/data/parts/pets.yaml":
                "{ get: { schema: { $ref: '#/Pet' }, error: { $ref: ../error.yaml } }, Pet: { a: 1 } }",
            "/data/error.yaml": "{ b: { $ref: '#/c' }, c: [2] }",
        ])
        #expect(bundle["paths"]?["/pets/{id}"] == ["schema": ["a": 1], "error": ["b": [2], "c": [2]]])
    }

    @Test("what is referred to again leads to its first place, and so does what refers to itself")
    func circles() async throws {
        let bundle = try await bundled([
            "/data/api.yaml":
                "{ a/b: { $ref: 'node.yaml#/Node' }, again: { $ref: './node.yaml#/Node' }, own: { c: 1 } }",
            "/data/node.yaml": """
            Node: { next: { $ref: '#/Node' }, leaf: { $ref: '#/Leaf' }, up: { $ref: 'api.yaml#/own' } }
            Leaf: { node: { $ref: 'node.yaml#/Node' } }
            """,
        ])
        #expect(
            bundle == [
                "a/b": [
                    "next": ["$ref": "#/a~1b"], "leaf": ["node": ["$ref": "#/a~1b"]], "up": ["$ref": "#/own"],
                ],
                "again": ["$ref": "#/a~1b"], "own": ["c": 1],
            ])
    }

    @Test("references that lead to nothing but each other are refused")
    func emptyCircles() async throws {
        for (first, second) in [
            ("{ a: { $ref: 'b.yaml#/x' } }", "{ x: { $ref: '#/y' }, y: { $ref: '#/x' } }"),
            ("{ a: { $ref: 'b.yaml#/x' } }", "{ x: { $ref: 'api.yaml#/a' } }"),
            ("{ a: { $ref: 'b.yaml#/x', own: 1 } }", "{ x: { $ref: 'api.yaml#/a', more: 2 } }"),
            ("{ a: { $ref: 'api.yaml#/a' } }", "{}"),
        ] {
            await #expect {
                _ = try await bundled(["/data/api.yaml": first, "/data/b.yaml": second])
            } throws: { ($0 as? PortalError)?.message.contains("nothing but itself") == true }
        }
    }

    @Test("a placeholder without a value says what belongs there")
    func emptyPlaceholder() async throws {
        await #expect {
            _ = try await bundled([:], "")
        } throws: { ($0 as? PortalError)?.message.contains("must have a text as its value") == true }
    }

    @Test("a chain of objects may be long, and is short where the first file names all of them")
    func longChain() async throws {
        let links = (0..<300).map { "L\($0): { next: { $ref: '#/L\($0 + 1)' } }\n" }.joined() + "L300: { end: true }"
        let chain = try await bundled([
            "/data/api.yaml": "first: { $ref: 'links.yaml#/L200' }", "/data/links.yaml": links,
        ])
        var link = try #require(chain["first"])
        for _ in 0..<100 { link = try #require(link["next"]) }
        #expect(link == ["end": true])
        let all = (0..<300).map { "L\($0): { $ref: 'links.yaml#/L\($0)' }" }.joined(separator: ", ")
        let flat = try await bundled(["/data/api.yaml": "{ \(all) }", "/data/links.yaml": links])
        #expect(flat["L7"] == ["next": ["$ref": "#/L8"]])
        #expect(flat["L299"] == ["next": ["end": true]])
    }

    @Test("a reference leads through no more references than a pointer does", .timeLimit(.minutes(1)))
    func longDetour() async throws {
        func detour(_ length: Int, _ more: (Int) -> String) async throws -> JSONValue {
            let steps = (0..<length).map { "S\($0): { $ref: '#/S\($0 + 1)'\(more($0)) }\n" }.joined()
            return try await bundled([
                "/data/api.yaml": "{ a: { $ref: 'b.yaml#/S0' } }", "/data/b.yaml": steps + "S\(length): { end: true }",
            ])
        }
        #expect(try await detour(60) { _ in "" } == ["a": ["end": true]])
        #expect(try await detour(60) { ", k\($0): 1" }["a"]?.object?.count == 61)
        // Each would be kept with all that stood beside those before it.
        for more in [{ _ in "" }, { ", k\($0): 1" }] as [(Int) -> String] {
            await #expect {
                _ = try await detour(20_000, more)
            } throws: { ($0 as? PortalError)?.message.contains("through more than 64 references") == true }
        }
    }

    @Test("a long pointer is not gone through again and again for short references")
    func longPointer() async throws {
        let pointer = "#/z" + String(repeating: "/", count: 20_000)
        let references = String(repeating: "{ $ref: 'b.yaml#/x/y' }, ", count: 1_000)
        await #expect {
            _ = try await bundled([
                "/data/api.yaml": "list: [\(references)]",
                "/data/b.yaml": "{ x: { $ref: '\(pointer)' }, z: { y: { end: true } } }",
            ])
        } throws: { ($0 as? PortalError)?.kind == .tooLarge }
    }

    @Test("references to a place with a long name do not add up to more than an entity may hold")
    func longPlace() async throws {
        let place = String(repeating: "k", count: 20_000)
        let references = String(repeating: "{ $ref: 'b.yaml#/x' }, ", count: 1_000)
        await #expect {
            _ = try await bundled([
                "/data/api.yaml": "? \(place)\n: { $ref: 'b.yaml#/x' }\nlist: [\(references)]",
                "/data/b.yaml": "{ x: { y: 1 } }",
            ])
        } throws: { ($0 as? PortalError)?.kind == .tooLarge }
    }

    @Test("the own references of the first file stay as they are")
    func ownReferences() async throws {
        let bundle = try await bundled([
            "/data/api.yaml": "{ a: { $ref: '#/b' }, b: { c: { $ref: d.yaml } } }", "/data/d.yaml": "{ d: 1 }",
        ])
        #expect(bundle == ["a": ["$ref": "#/b"], "b": ["c": ["d": 1]]])
    }

    @Test("what stands beside a reference is kept, and wins over what the reference leads to")
    func besideReferences() async throws {
        let bundle = try await bundled([
            "/data/api.yaml": """
            paths:
              /mixed: { $ref: 'parts.yaml#/path', summary: Mine, parameters: [{ $ref: 'parts.yaml#/page' }] }
              /plain: { $ref: 'parts.yaml#/path' }
              /again: { $ref: 'parts.yaml#/path', summary: Again }
            own: { $ref: '#/paths', description: As it was }
            list: { $ref: 'parts.yaml#/list', description: No object to merge with }
            """,
            "/data/parts.yaml": """
            path: { summary: Theirs, get: { a: 1 }, up: { $ref: 'api.yaml#/own', description: Up } }
            page: { name: page }
            list: [1]
            """,
        ])
        let paths = bundle["paths"]
        let whole: JSONValue = [
            "summary": "Theirs", "get": ["a": 1], "up": ["$ref": "#/own", "description": "Up"],
        ]
        #expect(paths?["/plain"] == whole)
        #expect(
            paths?["/mixed"]
                == ["$ref": "#/paths/~1plain", "summary": "Mine", "parameters": [["name": "page"]]])
        #expect(paths?["/again"] == ["$ref": "#/paths/~1plain", "summary": "Again"])
        #expect(bundle["own"] == ["$ref": "#/paths", "description": "As it was"])
        #expect(bundle["list"] == [1])
        let alone = try await bundled([
            "/data/api.yaml": "a: { $ref: 'b.yaml#/Node', title: Mine }",
            "/data/b.yaml": """
            Node: { $ref: '#/Base', title: Theirs, more: 1 }
            Base: { title: Base, least: 2, next: { $ref: '#/Node', title: Next } }
            """,
        ])
        #expect(
            alone["a"] == ["title": "Mine", "more": 1, "least": 2, "next": ["$ref": "#/a", "title": "Next"]])
    }

    @Test("a pointer that leads through another reference goes on where that leads")
    func throughReferences() async throws {
        let bundle = try await bundled([
            "/data/api.yaml": """
            first: { $ref: 'b.yaml#/Alias/deep/1' }
            second: { $ref: '#/alias/deep/0' }
            alias: { $ref: 'b.yaml#/Alias' }
            """,
            "/data/b.yaml": "{ Alias: { $ref: '#/Other' }, Other: { $ref: 'c.yaml' } }",
            "/data/c.yaml": "{ deep: [{ zero: 0 }, { one: 1 }] }",
        ])
        #expect(bundle["first"] == ["one": 1])
        #expect(bundle["second"] == ["zero": 0])
        #expect(bundle["alias"] == ["deep": [["zero": 0], ["one": 1]]])
        for endless in ["{ x: { $ref: '#/x/y' } }", "{ x: { $ref: '#/z/y' }, z: { $ref: '#/x/y' } }"] {
            await #expect {
                _ = try await bundled([
                    "/data/api.yaml": "{ a: { $ref: 'b.yaml#/x/y' } }", "/data/b.yaml": endless,
                ])
            } throws: { ($0 as? PortalError)?.message.contains("through more than 64 references") == true }
        }
    }

    @Test("what a file from the web refers to is found from there, whatever the entity's own file is")
    func fromTheWeb() async throws {
        let bundle = try await bundled(
            [:],
            web: [
                "https://files.example/specs/api.yaml": "{ a: { $ref: ../parts/b.yaml } }",
                "https://files.example/parts/b.yaml": "{ b: { $ref: 'c.yaml#/c' } }",
                "https://files.example/parts/c.yaml": "{ c: 7 }",
            ], "https://files.example/specs/api.yaml")
        #expect(bundle == ["a": ["b": 7]])
    }
}
