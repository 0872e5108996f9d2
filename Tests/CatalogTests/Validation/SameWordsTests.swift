import EntityModel
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// What is wrong with a file is told by the portal as `callboard validate` tells it: with line, field and mend.
@Suite struct SameWordsTests {
    private static let place = LocationReference(type: "file", target: "/data/a.yaml")

    private func processor(_ files: MemoryWorkspace, _ rules: CatalogRules = CatalogRules(nil)) -> SourceProcessor {
        let reading = LocationReading(readers: [FileLocationReader.make(files)])
        let pipeline = EntityPipeline(
            kinds: EntityKind.builtIn, processors: [],
            placeholders: Placeholders(BuiltInPlaceholders.all, reading: reading), rules: rules, reading: reading)
        return SourceProcessor(reading: reading, pipeline: pipeline)
    }

    private func processed(_ text: String, _ others: [String: String] = [:]) async throws -> ProcessedSource {
        let files = MemoryWorkspace(others.merging(["/data/a.yaml": text]) { $1 })
        let source = ClaimedSource(
            id: 1, location: Self.place, origin: Self.place, isOptional: false, isRoot: false, etag: nil,
            inputHash: nil, token: 1, requests: 0, locationEntities: [])
        guard case .read(let result) = await processor(files).process(source) else {
            throw PortalError(.internal, "It was not read.")
        }
        return result
    }

    private func validated(_ text: String, _ others: [String: String]) async -> [ValidationProblem] {
        var validator = EntityFileValidator(files: MemoryWorkspace(others))
        await validator.check(
            .init(name: "a.yaml", location: Self.place, bytes: Array(text.utf8), isNamed: true))
        return validator.report.problems
    }

    private static func api(_ annotations: [String]) -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: API
        metadata:
          name: pay
          annotations:
            a/there: { $text: ./there.txt }
        \(annotations.enumerated().map { "    a/n\($0): \($1)" }.joined(separator: "\n"))
        spec: { type: openapi, lifecycle: production, owner: team, definition: { $json: ./wrong.json } }
        """
    }

    private static let others = ["/data/there.txt": "here", "/data/wrong.json": "{"]

    @Test("all placeholders that cannot be read are told at once, each with line, field and mend")
    func placeholders() async throws {
        let text = Self.api(["{ $text: ./none.txt }", "{ $yaml: [1] }"])
        let problem = try #require(try await processed(text, Self.others).refused.first?.problem)
        #expect(
            problem.message.hasPrefix(
                "metadata.annotations.a/n0: Placeholder $text could not read location file:/data/none.txt: it does not "
                    + "exist (line 7, column 11). Paths start at the folder of this file. metadata.annotations.a/n1: "
                    + "Placeholder $yaml must have a text as its value (line 8, column 11). Give it a URL or a path "
                    + "relative to this file. spec.definition: Placeholder $json failed to parse JSON data at "
                    + "/data/wrong.json: "), "\(problem.message)")
        #expect(
            problem.message.hasSuffix(" (line 9, column 72). This entity leads there by ./wrong.json."),
            "\(problem.message)")
        #expect(problem.name == "NotFoundError")
        let told = await validated(text, Self.others)
        #expect(told.map(\.field) == problem.issues.map(\.issue.field))
        #expect(told.map(\.position) == problem.issues.compactMap(\.position))
        #expect(told.map(\.message) == problem.issues.map(\.issue.message))
        #expect(told.map(\.mend) == problem.issues.map(\.issue.mend))
    }

    @Test("of very many placeholders some are told, and the others counted")
    func manyPlaceholders() async throws {
        let text = Self.api([String](repeating: "{ $text: ./none.txt }", count: 12))
        let problem = try #require(try await processed(text, Self.others).refused.first?.problem)
        #expect(problem.issues.count == PlaceholderFailures.most)
        #expect(problem.message.hasSuffix(" 3 more placeholders were not looked at."), "\(problem.message)")
    }

    @Test("of very many mistakes some are told, and the others counted")
    func manyMistakes() async throws {
        let text = BadPortal.component("a", ", tags: [\([String](repeating: "A", count: 14).joined(separator: ", "))]")
        let problem = try #require(try await processed(text).refused.first?.problem)
        #expect(problem.message.hasSuffix(" And 4 more."), "\(problem.message)")
    }

    @Test(
        "what a document is refused for has its line and its mend",
        arguments: [
            (
                BadPortal.component("a") + "\n---\n" + BadPortal.component("a"),
                "component:default/a is declared twice in file:/data/a.yaml by metadata.name; the second is not shown "
                    + "(line 8, column 19). Rename one of the two, or remove it."
            ),
            (
                BadPortal.root.replacing("'./*.entity.yaml'", with: "./a, \"./b\\tc\""),
                "spec.targets.1: A target of location:default/root holds a control character (line 4, column 24). Write "
                    + "it in one line."
            ),
            (
                BadPortal.component("a", ", links: [5]"),
                "Policy check failed for component:default/a: metadata.links.0: A link must be an object but found "
                    + "number (line 3, column 30). Give it a url."
            ),
            (
                BadPortal.component("a").replacing("Component", with: "Group").replacing(
                    "type: service", with: "type: team, children: []"),
                "Entity group:default/a at file:/data/a.yaml, originated at file:/data/a.yaml, is not of an allowed "
                    + "kind for that location (line 2, column 7). Allow it by catalog.rules, or by the rules of that "
                    + "entry of catalog.locations."
            ),
        ])
    func documents(_ text: String, _ expected: String) async throws {
        let refused = try await processed(text).refused.map(\.problem)
        #expect(refused.map(\.message) == [expected])
        #expect(refused.first?.issues.first?.position != nil)
    }
}
