import ArgumentParser
import Catalog
import EntityModel
import PortalKit
import PortalTesting
import Synchronization
import Testing

/// The catalog's commands, as `callboard validate` and `callboard generate` run them.
@Suite struct CommandTests {
    private final class Output: Sendable {
        private let text = Mutex("")
        var all: String { text.withLock { $0 } }
        func add(_ line: String) { text.withLock { $0 += line + "\n" } }
    }

    private func run(_ command: any PortalCommand, _ files: MemoryWorkspace) async throws -> (text: String, code: Int32)
    {
        var command = command
        let output = Output()
        let tools = CommandTools(
            files: files, fetcher: RecordedHTTP(), currentFolder: "/repo", print: { output.add($0) }, note: { _ in })
        do {
            try await command.run(with: tools)
            return (output.all, 0)
        } catch let code as ExitCode { return (output.all, code.rawValue) }
    }

    private func validate(_ arguments: [String], _ files: [String: String]) async throws -> (text: String, code: Int32)
    {
        try await run(try ValidateCommand.parse(arguments), MemoryWorkspace(files))
    }

    private static let good = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: payments
        spec:
          type: service
          lifecycle: production
          owner: team
        """

    @Test("a good folder is good, and files of others are left alone")
    func passes() async throws {
        let (text, code) = try await validate(
            ["."], ["/repo/catalog-info.yaml": Self.good, "/repo/ci.yaml": "on: push"])
        #expect(code == 0)
        #expect(
            text == "1 entity in 1 file: 0 errors, 0 warnings; 1 file without entities left out; "
                + "1 reference to entities of other files, which --references warn names\n")
    }

    @Test(
        "each mistake has its place, its field and its mend",
        arguments: [
            ("  owner: team\n", "", "catalog-info.yaml:6:3: error: component:default/payments spec.owner:"),
            ("kind: Component", "kind: component", "catalog-info.yaml:2:7: error: component:default/payments kind:"),
            ("name: payments", "name: pay ments", ":4:9: error: component:default/pay ments metadata.name:"),
            ("lifecycle: production", "lifecycle: [production", "catalog-info.yaml:8"),
            ("owner: team", "owner: a:b:c", ":8:10: error: component:default/payments spec.owner:"),
            ("v1alpha1", "v9", ":1:13: error: component:default/payments apiVersion: Component has no version"),
            ("type: service", "type: { $text: ./none.txt }", "Placeholder $text could not read ./none.txt"),
        ])
    func tells(_ written: String, _ wrong: String, _ expected: String) async throws {
        let broken = (Self.good + "\n").replacing(written, with: wrong)
        let (text, code) = try await validate(["catalog-info.yaml"], ["/repo/catalog-info.yaml": broken])
        #expect(code == 1)
        #expect(text.contains(expected), "\(text)")
    }

    @Test("a file that is not there ends with 2, after the others were checked")
    func missing() async throws {
        let (text, code) = try await validate(["none.yaml", "a.yaml"], ["/repo/a.yaml": Self.good])
        #expect(code == 2)
        #expect(text.contains("none.yaml:1:1: error: /repo/none.yaml"))
        #expect(text.contains("1 entity in 1 file"))
    }

    @Test("the same name twice names both places")
    func duplicates() async throws {
        let (text, code) = try await validate(["*.yaml"], ["/repo/a.yaml": Self.good, "/repo/b.yaml": Self.good])
        #expect(code == 1)
        #expect(text.contains("b.yaml:4:9: error: component:default/payments metadata.name:"))
        #expect(text.contains("already declared at a.yaml:4"))
    }

    @Test("a file of a folder that cannot be parsed is told, an error where it is ours")
    func unparsable() async throws {
        let (text, code) = try await validate(
            ["."], ["/repo/a.yaml": Self.good + "\nspec: [", "/repo/b.yaml": "a: ["])
        #expect(code == 1)
        #expect(text.contains("a.yaml:"))
        #expect(text.contains("b.yaml:1:") || text.contains("b.yaml:2:"))
        #expect(text.contains(": warning: This is not valid YAML"))
    }

    @Test("the forms for machines can be read by machines")
    func forms() async throws {
        let files = ["/repo/a.yaml": Self.good.replacing("  owner: team", with: "")]
        let json = try await validate(["--format", "json", "a.yaml"], files)
        #expect(try JSONParser.parse(Array(json.text.utf8))["errors"] == 1)
        let sarif = try JSONParser.parse(Array(try await validate(["--format", "sarif", "a.yaml"], files).text.utf8))
        #expect(sarif["version"] == "2.1.0")
        #expect(sarif["runs"]?.array?.first?["results"]?.array?.count == 1)
        let github = try await validate(["--format", "github", "a.yaml"], files)
        #expect(github.text.hasPrefix("::error file=a.yaml,line=6,col=3,title=component%3Adefault/payments::"))
    }

    @Test(
        "references that lead out of the files are counted, and told when asked, in every form",
        arguments: [
            ("text", "off", 0, "; 1 reference to entities of other files, which --references warn names"),
            ("text", "warn", 0, "a.yaml:8:10: warning: component:default/payments spec.owner: group:default/team is"),
            ("text", "error", 1, "a.yaml:8:10: error: component:default/payments spec.owner: group:default/team is"),
            ("json", "off", 0, "\"outsideReferences\": 1,"), ("json", "warn", 0, "\"field\": \"spec.owner\""),
            ("sarif", "warn", 0, "\"level\": \"warning\""), ("sarif", "error", 1, "\"level\": \"error\""),
            ("github", "warn", 0, "::warning file=a.yaml,line=8,col=10,"),
        ])
    func outside(_ format: String, _ mode: String, _ code: Int32, _ expected: String) async throws {
        let files = ["/repo/a.yaml": Self.good]
        let found = try await validate(["--format", format, "--references", mode, "a.yaml"], files)
        #expect(found.code == code)
        #expect(found.text.contains(expected), "\(found.text)")
    }

    @Test("a reference to an entity of another file that is checked leads nowhere out")
    func inside() async throws {
        let team = """
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: { name: Team }
            spec: { type: team, children: [] }
            """
        let files = ["/repo/a.yaml": Self.good, "/repo/b.yaml": team]
        let found = try await validate(["--references", "error", "--strict", "a.yaml", "b.yaml"], files)
        #expect(found.code == 0, "\(found.text)")
        let strict = try await validate(["--references", "warn", "--strict", "a.yaml"], files)
        #expect(strict.code == 1)
    }

    @Test("a generated catalog is the same for the same seed, and valid")
    func generates() async throws {
        let files = MemoryWorkspace()
        let arguments = ["--entities", "300", "--seed", "5", "/repo"]
        #expect(try await run(try GenerateCommand.parse(arguments), files).code == 0)
        let paths = try await files.list("**/*.yaml", beneath: "/repo", maximumCount: 1_000)
        #expect(paths.count == 60)
        let first = try await files.read("0/catalog-7.yaml", beneath: "/repo", maximumBytes: 1 << 20)
        #expect(
            try await run(try ValidateCommand.parse(["."]), files).text.hasPrefix("300 entities in 60 files: 0 errors"))
        let again = MemoryWorkspace()
        _ = try await run(try GenerateCommand.parse(arguments), again)
        #expect(try await again.read("0/catalog-7.yaml", beneath: "/repo", maximumBytes: 1 << 20) == first)
    }
}
