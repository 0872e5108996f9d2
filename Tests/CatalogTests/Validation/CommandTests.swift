import ArgumentParser
import EntityModel
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import Catalog

/// The catalog's commands, as `callboard validate` and `callboard generate` run them.
@Suite struct CommandTests {
    private final class Output: Sendable {
        private let text = Mutex("")
        var all: String { text.withLock { $0 } }
        func add(_ line: String) {
            text.withLock { $0 += line + "\n" }
        }
    }

    private func run(
        _ command: any PortalCommand, _ files: MemoryWorkspace, input: String = ""
    ) async throws -> (text: String, code: Int32) {
        var command = command
        let output = Output()
        let tools = CommandTools(
            files: files, fetcher: RecordedHTTP(), currentFolder: "/repo", input: { _ in Array(input.utf8) },
            print: { output.add($0) }, note: { _ in })
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
            ("lifecycle: production", "lifecycle: 1.5", "but found number. Write it in quotes: \"1.5\"."),
            (
                "type: service", "type: { $text: ./none.txt }",
                "Placeholder $text could not read location file:/repo/none.txt"
            ),
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

    @Test("a dash is standard input, whose relative paths begin at the current folder")
    func standardInput() async throws {
        let text = Self.good.replacing("type: service", with: "type: { $text: ./type.txt }")
        let files = MemoryWorkspace(["/repo/other.txt": "a"])
        let missing = try await run(try ValidateCommand.parse(["-"]), files, input: text)
        #expect(missing.code == 1)
        #expect(missing.text.hasPrefix("<stdin>:6:"), "\(missing.text)")
        #expect(missing.text.contains("location file:/repo/type.txt: it does not exist"))
        files.write("/repo/type.txt", "service")
        #expect(try await run(try ValidateCommand.parse(["-"]), files, input: text).code == 0)
        #expect(throws: (any Error).self) { try ValidateCommand.parse(["-", "-"]) }
    }

    @Test(
        "what is no text is an error where it was named or speaks of Backstage, else a warning",
        arguments: [
            ("a.yaml", "a\0b", "1:2", "error", 1), (".", "a\0b", "1:2", "warning", 0),
            ("*.yaml", "x\na\0b", "2:2", "error", 1), (".", "apiVersion: backstage.io/v1alpha1\0", "1:34", "error", 1),
        ])
    func binary(
        _ argument: String, _ content: String, _ place: String, _ severity: String, _ code: Int32
    ) async throws {
        let found = try await validate([argument], ["/repo/a.yaml": content])
        #expect(found.code == code)
        #expect(
            found.text.contains(
                "a.yaml:\(place): \(severity): The file is not text in UTF-8 (byte 0x00). Save it as UTF-8."),
            "\(found.text)")
    }

    @Test("what a name may be is said once")
    func ruleOnce() async throws {
        let long = String(repeating: "x", count: 64)
        let text = try await validate(["a.yaml"], ["/repo/a.yaml": Self.good.replacing("payments", with: long)]).text
        #expect(text.contains("at most 63 characters in total but found \"\(long)\".\n"), "\(text)")
    }

    @Test(
        "what is nearly a word of the vocabulary has a suggestion",
        arguments: [
            ("kind: Component", "kind: Compnent", "Did you mean Component? The kinds are Component, API,"),
            ("v1alpha1", "v1alpah1", "Did you mean backstage.io/v1alpha1? Use"),
            ("backstage.io/", "backstge.io/", "Did you mean backstage.io/v1alpha1?"),
            (
                "metadata:", "metdata:",
                "metdata: Unknown field \"metdata\" at the top of the entity. Did you mean metadata?"
            ),
            ("lifecycle:", "lifecyle:", "\"spec.lifecycle\" must have a value. Rename lifecyle to lifecycle."),
            (
                "kind: Component", "kind: Location\nspec: { presence: optinal }\nx: 1\n#",
                "Did you mean optional?"
            ),
        ])
    func nearWords(_ written: String, _ wrong: String, _ expected: String) async throws {
        var text = Self.good.replacing(written, with: wrong)
        if wrong.contains("#") { text = String(text.prefix { $0 != "#" }) + "\nmetadata: { name: a }" }
        // In a folder too, where other files are passed over.
        for argument in ["a.yaml", "."] {
            let found = try await validate([argument], ["/repo/a.yaml": text])
            #expect(found.code == 1)
            #expect(found.text.contains(expected), "\(found.text)")
        }
    }

    @Test(
        "an argument that cannot be is refused in one sentence before anything is done",
        arguments: [
            (["generate", "--entities", "-5", "out"], "--entities must be from 1 to 5,000,000, but is -5."),
            (["generate", "--entities", "5000001", "out"], "--entities must be from 1 to 5,000,000"),
            (["generate", "--per-file", "0", "out"], "--per-file must be from 1 to 10,000, but is 0."),
            (["generate", "--bytes", "1", "out"], "--bytes must be from 200 to 1,000,000, but is 1."),
            (["generate", "--seed", "-1", "out"], "The value '-1' is invalid for '--seed <seed>'"),
            (
                ["generate", "--entities", "10000", "--per-file", "10000", "--bytes", "1000000", "out"],
                "--per-file times --bytes must be at most 7864320; larger files are not read."
            ),
            (["generate", ""], "The folder must have a name; . is the current one."),
            (["validate", ""], "An argument is empty;"),
            (["validate", "-", "-"], "Standard input can be read only once."),
        ])
    func limits(_ arguments: [String], _ expected: String) throws {
        let type: any PortalCommand.Type = arguments[0] == "generate" ? GenerateCommand.self : ValidateCommand.self
        func parse<Command: PortalCommand>(_ type: Command.Type) -> (code: Int32, text: String) {
            do {
                _ = try type.parse(Array(arguments.dropFirst()))
                return (0, "")
            } catch { return (type.exitCode(for: error).rawValue, type.message(for: error)) }
        }
        let found = parse(type)
        #expect(found.code == 64)
        #expect(found.text.contains(expected), "\(found.text)")
    }

    @Test(
        "an address that is none, or holds a user, is refused without what may be secret",
        arguments: [
            (
                "ftp://example.org/a.yaml",
                "ftp://example.org/a.yaml:1:1: error: The address is no http or https URL."
            ),
            ("https://u:shh@example.org/a.yaml?token=shh", "https://<secret>@example.org/a.yaml?<secret>:1:1: error:"),
            ("https://u:shh/shh@example.org/a", "https://<secret>@example.org/a:1:1: error:"),
        ])
    func addresses(_ argument: String, _ expected: String) async throws {
        let found = try await validate([argument], [:])
        #expect(found.code == 2)
        #expect(found.text.contains(expected), "\(found.text)")
        #expect(!found.text.contains("shh"))
    }

    @Test(
        "an address is shown without what may be secret, and with a path that only looks like a user",
        arguments: [
            ("https://example.org/@scope/a.yaml?b=c", "https://example.org/@scope/a.yaml?<secret>"),
            ("https://token@example.org/a", "https://<secret>@example.org/a"),
            ("https://u:12/34@example.org/a", "https://<secret>@example.org/a"),
        ])
    func shown(_ address: String, _ expected: String) { #expect(URLReference.shown(address) == expected) }

    @Test("what was generated is counted in words, and one is no plural")
    func counts() async throws {
        let files = MemoryWorkspace()
        let found = try await run(try GenerateCommand.parse(["--entities", "1", "./out/."]), files)
        #expect(found.text == "1 entity in 1 file below /repo/out\n")
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
