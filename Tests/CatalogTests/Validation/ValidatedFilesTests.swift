import ArgumentParser
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import Catalog

/// Which files `callboard validate` looks at.
@Suite struct ValidatedFilesTests {
    private struct Outcome {
        var lines: [String]
        var notes: [String]
        var code: Int32
    }

    private func validate(_ arguments: [String], _ files: [String: String]) async throws -> Outcome {
        let printed = Mutex<[String]>([])
        let noted = Mutex<[String]>([])
        var command = try ValidateCommand.parse(arguments)
        var code: Int32 = 0
        let texts = Dictionary(uniqueKeysWithValues: files.map { ("/repo/\($0.key)", $0.value) })
        do {
            try await command.run(
                with: CommandTools(
                    files: MemoryWorkspace(texts), fetcher: RecordedHTTP(), currentFolder: "/repo", input: { _ in [] },
                    print: { line in printed.withLock { $0.append(line) } },
                    note: { line in noted.withLock { $0.append(line) } }))
        } catch let exit as ExitCode { code = exit.rawValue }
        return Outcome(lines: printed.withLock { $0 }, notes: noted.withLock { $0 }, code: code)
    }

    private static func domain(_ name: String) -> String {
        "apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata:\n  name: \(name)\nspec: { owner: user:a }\n"
    }

    @Test("what a folder holds of others is not looked into, unless it is named")
    func foreign() async throws {
        let files = [
            "a.yaml": Self.domain("a"), "node_modules/x/a.yaml": Self.domain("a"), ".git/a.yaml": "a: [",
            "b/node_modules/a.yaml": Self.domain("a"),
        ]
        let found = try await validate(["."], files)
        #expect(found.code == 0)
        #expect(found.lines.first?.hasPrefix("1 entity in 1 file: 0 errors, 0 warnings;") == true, "\(found)")
        #expect(try await validate(["node_modules/x"], files).lines.first?.hasPrefix("1 entity in 1 file") == true)
    }

    @Test(
        "a file of which templates make entity files is left out with a note",
        arguments: [
            domain("${{ values.name }}"), domain("'${{ values.name | dump }}'"),
            domain("${{ values.name }}").replacing("spec:", with: "{%- if values.x %}\nspec:"),
        ])
    func skeletons(_ text: String) async throws {
        let found = try await validate(["."], ["a.yaml": Self.domain("a"), "skeleton/a.yaml": text])
        #expect(found.code == 0)
        #expect(found.lines.count == 1)
        #expect(found.lines[0].contains("1 entity in 1 file: 0 errors, 0 warnings; 1 template skeleton left out"))
        #expect(found.notes.count == 1)
        #expect(found.notes.first?.hasPrefix("skeleton/a.yaml is left out: a template") == true, "\(found)")
    }

    @Test("a template that names its results is no skeleton, whole or broken")
    func templates() async throws {
        let steps = Self.domain("a") + "x:\n  metadata:\n    name: ${{ parameters.name }}\n"
        let found = try await validate(["."], ["a.yaml": steps + "y: [", "b.yaml": steps])
        #expect(found.notes == [])
        #expect(found.code == 1)
    }

    @Test(
        "a file that is named twice is one", arguments: [["a.yaml", "./a.yaml"], [".", "a.yaml"], ["*.yaml", "."]])
    func twice(_ arguments: [String]) async throws {
        let found = try await validate(arguments, ["a.yaml": Self.domain("a")])
        #expect(found.code == 0)
        #expect(found.lines.count == 1)
        #expect(found.lines[0].hasPrefix("1 entity in 1 file: 0 errors, 0 warnings"), "\(found)")
    }

    @Test("a folder without entities is probably not the one that was meant")
    func empty() async throws {
        let found = try await validate(["docs"], ["docs/a.yaml": "on: push", "a.yaml": Self.domain("a")])
        #expect(found.code == 0)
        #expect(found.lines.first?.hasPrefix("docs:1:1: warning: The folder holds no entity file.") == true, "\(found)")
        #expect(try await validate(["--strict", "docs"], ["docs/a.md": ""]).code == 1)
    }
}
