import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Seeded mutations of what is valid: whatever they are, there is an answer, and the process lives.
@Suite struct MutationTests {
    private static let file = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: payments
          title: "Payments \\u00e9"
          annotations: { a.b/c: 'x', backstage.io/source-location: url:https://x/y }
          labels: { tier: gold }
          tags: [java, go]
          links: [{ url: https://x.example/a, title: A, icon: web }]
        spec: &s
          type: service
          lifecycle: production
          owner: group:default/team
          dependsOn: [component:other, "resource:a/b"]
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata: { name: more }
        spec: { targets: ['./more.yaml', ./*.x.yaml] }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: API
        metadata: { name: api }
        spec: { <<: { a: 1 }, type: openapi, lifecycle: x, owner: team, definition: { $text: ./api.txt } }
        """

    static func mutate(_ bytes: [UInt8], _ generator: inout SeededNumbers) -> [UInt8] {
        let tokens = [
            "\0", "---\n", "&a", "*a", "!!x", "{", "}", "[", "]", ":", "- ", "\n", "\r\n", "\t", "\"", "\\u0000",
            "'", "<<: *s", "?", "|", ">", "#", "$text", "é", "\u{202E}", "%", "=", ",", "null", "1e999", "-1",
        ]
        var out = bytes
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let place = Int.random(in: 0...out.count, using: &generator)
            let end = min(out.count, place + Int.random(in: 0...24, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: if place < out.count { out[place] = UInt8.random(in: 0...255, using: &generator) }
            case 1: out.removeSubrange(place..<end)
            case 2:
                out.insert(contentsOf: Array(out[place..<end]), at: Int.random(in: 0...out.count, using: &generator))
            case 3: if Int.random(in: 0..<8, using: &generator) == 0 { out.removeSubrange(place...) }
            default: out.insert(contentsOf: Array((tokens.randomElement(using: &generator) ?? "").utf8), at: place)
            }
        }
        return out
    }

    @Test("two thousand mutated files come through the pipeline", arguments: 1...4)
    func pipeline(seed: UInt64) async throws {
        var generator = SeededNumbers(seed)
        let files = MemoryWorkspace(["/data/api.txt": "text", "/data/root.yaml": ""])
        let reading = LocationReading(readers: [FileLocationReader.make(files)])
        let pipeline = EntityPipeline(
            kinds: EntityKind.builtIn, processors: [],
            placeholders: Placeholders(BuiltInPlaceholders.all, reading: reading),
            rules: CatalogRules([CatalogRule(allow: ["Component", "API", "Location"].map { .init($0) })]),
            reading: reading)
        let processor = SourceProcessor(reading: reading, pipeline: pipeline)
        let location = LocationReference(type: "file", target: "/data/a.yaml")
        var entities = 0
        var refused = 0
        for _ in 0..<500 {
            files.write("/data/a.yaml", bytes: Self.mutate(Array(Self.file.utf8), &generator))
            let source = ClaimedSource(
                id: 1, location: location, origin: LocationReference(type: "file", target: "/data/root.yaml"),
                isOptional: false, isRoot: false, etag: nil, inputHash: nil, token: 1, requests: 0, locationEntities: []
            )
            guard case .read(let result) = await processor.process(source) else { continue }
            entities += result.entities.count
            refused += result.refused.count
            for entity in result.entities {
                let body = try JSONParser.parse(entity.content.body)
                #expect(body["metadata"]?["name"]?.string.map(NameFormat.isName) == true)
                #expect(!entity.content.edges.utf8.contains(0))
                let edges = StoredEdges(text: entity.content.edges).relations(of: entity.reference)
                #expect(edges.count == entity.content.edges.split(separator: "\n").count)
            }
            #expect(!(result.refused.map(\.problem.message) + result.keys).contains { $0.utf8.contains(0) })
        }
        #expect(entities > 100 && refused > 100)
    }

    @Test("mutated files leave no source unfinished, and the good one is served", arguments: TestDatabase.engines)
    func stored(_ engine: Dialect) async throws {
        var generator = SeededNumbers(77)
        var files: [String: [UInt8]] = ["good": Array(BadPortal.component("good").utf8)]
        for number in 0..<150 { files["m\(number)"] = Self.mutate(Array(Self.file.utf8), &generator) }
        let bad = try await BadPortal(files, engine: engine)
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.names().contains("good") })
            let isFinished = await bad.portal.eventually { await bad.unfinished() == 0 }
            let unfinished = await bad.unfinished()
            #expect(isFinished, "\(unfinished) sources were not come to the end of")
            let isMore = await bad.portal.eventually {
                (await bad.json("/api/catalog/entities").array?.count ?? 0) > 3
            }
            #expect(isMore, "some mutations leave a document whole")
        }
    }

    @Test("two thousand mutated requests are answered, and none is an error of ours")
    func requests() async throws {
        let bad = try await BadPortal(["a": BadPortal.component("a"), "b": BadPortal.component("b")])
        let valid = [
            "filter=kind=component,spec.type=service&fields=metadata.name,kind&limit=2&offset=1&order=asc:metadata.name",
            "limit=2&orderField=metadata.name,asc&fullTextFilterTerm=a&fullTextFilterFields=metadata.name&totalItems=exclude",
            "facet=kind&facet=spec.type&filter=metadata.annotations.a.b/c",
            "after=eyJsaW1pdCI6Miwib2Zmc2V0IjoyfQ%3D%3D",
            "filters%5Bkind%5D=component&filters%5Btags%5D=java&q=a&sort=-name&cursor=eyJ9", "limit=5&before=9",
        ]
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.names() == ["a", "b"] })
            var generator = SeededNumbers(4)
            let paths = bad.portal.routes.filter { $0.method == .get }.map(\.path)
            for number in 0..<2_000 {
                let path = paths[number % paths.count].replacing("{kind}", with: "component")
                    .replacing("{namespace}", with: "default").replacing(/\{[^}]*\}/, with: "a")
                let query = valid[Int.random(in: 0..<valid.count, using: &generator)]
                var target = Array("\(path)?\(query)".utf8)
                target = Self.mutate(target, &generator)
                let text = String(decoding: target.filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)
                let status = await bad.portal.send(.get, text.hasPrefix("/") ? text : "/\(text)").status.code
                #expect(status < 500, "\(text): \(status)")
            }
        }
    }
}
