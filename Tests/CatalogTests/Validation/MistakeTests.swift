import ArgumentParser
import HTTPTypes
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import Catalog

/// How `callboard validate` and a portal put the mistakes of people who write their first files.
@Suite struct MistakeTests {
    private func validate(
        _ arguments: [String], _ files: [String: String], _ http: RecordedHTTP = RecordedHTTP()
    ) async throws -> (text: String, code: Int32) {
        let printed = Mutex("")
        var command = try ValidateCommand.parse(arguments)
        let tools = CommandTools(
            files: MemoryWorkspace(files), fetcher: http, currentFolder: "/repo", input: { _ in [] },
            print: { line in printed.withLock { $0 += line + "\n" } }, note: { _ in })
        do { try await command.run(with: tools) } catch let exit as ExitCode {
            return (printed.withLock { $0 }, exit.rawValue)
        }
        return (printed.withLock { $0 }, 0)
    }

    private static let good = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: pay
        spec:
          type: service
          lifecycle: production
          owner: team

        """

    @Test(
        "a misspelt field is a warning in every form",
        arguments: [
            (
                "text",
                "a.yaml:9:13: warning: component:default/pay spec.dependOn: Unknown field \"dependOn\" in spec. "
                    + "Did you mean dependsOn?\n"
            ),
            ("json", "\"mend\": \"Did you mean dependsOn?\""), ("sarif", "\"level\": \"warning\""),
            ("github", "::warning file=a.yaml,line=9,col=13,"),
        ])
    func misspelt(_ format: String, _ expected: String) async throws {
        let files = ["/repo/a.yaml": Self.good + "  dependOn: [api:b]\n  own: 1\n"]
        let found = try await validate(["--format", format, "a.yaml"], files)
        #expect(found.code == 0)
        #expect(found.text.contains(expected), "\(found.text)")
        #expect(try await validate(["--strict", "a.yaml"], files).code == 1)
    }

    @Test(
        "what the catalog refuses for its keys or its size is told with its place, and the catalog says the same",
        arguments: [
            (good + "  Type: a\n", ":9:9: ", "spec.Type: ", "only in casing, 'spec.type' and 'spec.Type'"),
            (
                good + "  x:\n    - a: 1\n    - b: 2\n      A: 3\n", ":12:10: ", "spec.x.1.A: ",
                "'spec.x.a' and 'spec.x.A'"
            ),
            (
                good.replacing("name: pay", with: "name: pay\n  Name: pay"), ":5:9: ", "metadata.Name: ",
                "'metadata.name' and 'metadata.Name'"
            ),
            (
                good.replacing("name: pay", with: "Name: pay\n  name: pay"), ":5:9: ", "metadata.name: ",
                "'metadata.Name' and 'metadata.name'"
            ),
            (
                good.replacing("name: pay", with: "name: pay\n  Namespace: default"), ":5:14: ", "metadata.Namespace: ",
                "'metadata.namespace' and 'metadata.Namespace'"
            ),
            (
                "# long\n" + good + "  x: " + String(repeating: "x", count: 600_000), ":2:1: ", "",
                "KiB beside its definition; 512 KiB are the limit. Shorten it"
            ),
        ])
    func refused(_ text: String, _ place: String, _ field: String, _ expected: String) async throws {
        let found = try await validate(["a.yaml"], ["/repo/a.yaml": text])
        #expect(found.code == 1)
        let subject = "a.yaml\(place)error: component:default/pay\(field.isEmpty ? "" : " ")\(field)"
        #expect(found.text.hasPrefix(subject) && found.text.contains(expected), "\(found.text)")
        #expect(found.text.contains(": 1 error, 0 warnings"), "\(found.text)")
        let bad = try await BadPortal(["a": text])
        try await bad.portal.running {
            #expect(
                await bad.portal.eventually {
                    await bad.status("location/default/root").contains { told in
                        told.contains("(line ") && expected.split(separator: ". ").allSatisfy { told.contains($0) }
                    }
                })
        }
    }

    @Test("an API's own definition may be longer, and one spelling may stand in many elements")
    func notRefused() async throws {
        let long =
            Self.good.replacing("Component", with: "API")
            + "  definition: \(String(repeating: "x", count: 600_000))\n  x: [{ a: 1 }, { a: 2 }]\n"
        let found = try await validate(["a.yaml"], ["/repo/a.yaml": long])
        #expect(found.code == 0, "\(found.text.prefix(500))")
    }

    @Test("forms for machines name the entity and the field")
    func subjects() async throws {
        let text = Self.good.replacing("name: pay", with: "name: pay\n  labels: { 'a b': c }")
        let github = try await validate(["--format", "github", "a.yaml"], ["/repo/a.yaml": text])
        #expect(github.text.contains("title=component%3Adefault/pay::metadata.labels.a b: The key \"a b\" is not"))
        let sarif = try await validate(["--format", "sarif", "a.yaml"], ["/repo/a.yaml": text])
        for expected in [
            "\"fullyQualifiedName\": \"component:default/pay metadata.labels.a b\"",
            "\"text\": \"component:default/pay metadata.labels.a b: The key",
        ] { #expect(sarif.text.contains(expected), "\(sarif.text)") }
        let bare = try await validate(["--format", "sarif", "a.yaml"], ["/repo/a.yaml": "a: ["])
        #expect(!bare.text.contains("logicalLocations") && bare.text.contains("This is not valid YAML"))
    }

    @Test("an address with a password is told without it")
    func password() async throws {
        let found = try await validate(["https://user:shh@x.example/a"], [:])
        #expect(found.code == 2)
        #expect(
            found.text.contains("https://<secret>@x.example/a:1:1: error: The address holds a user name or password;"))
        #expect(!found.text.contains("shh"))
    }

    @Test("each wrong item of a list has its own place")
    func items() async throws {
        let text = Self.good + "  dependsOn:\n    - api:good\n    - a:b:c\n    - nokind\n  providesApis: [a, 5]\n"
        let found = try await validate(["a.yaml"], ["/repo/a.yaml": text])
        for expected in [
            "a.yaml:11:7: error: component:default/pay spec.dependsOn.1: ",
            "a.yaml:12:7: error: component:default/pay spec.dependsOn.2: ",
            "a.yaml:13:21: error: component:default/pay spec.providesApis.1: \"spec.providesApis.1\" is not valid; "
                + "expected a text that is not empty but found number. Write it in quotes: \"5\".",
        ] { #expect(found.text.contains(expected), "\(found.text)") }
        #expect(found.text.contains(": 3 errors,"))
    }

    private static func api(_ definition: String) -> String {
        good.replacing("Component", with: "API") + "  definition: { $openapi: \(definition) }\n"
    }

    @Test(
        "what a description refers to is looked at too, on this host",
        arguments: [
            (
                "./gone.yaml",
                "Placeholder $openapi could not read location file:/repo/api/gone.yaml: it does not exist."
            ),
            ("./there.yaml#/nowhere", "leads nowhere in /repo/api/there.yaml"), ("./there.yaml#/here", ""),
            ("https://other.example/a.yaml", ""),
        ])
    func descriptions(_ reference: String, _ expected: String) async throws {
        let found = try await validate(
            ["a.yaml"],
            [
                "/repo/a.yaml": Self.api("./api/o.yaml"), "/repo/api/there.yaml": "here: { a: 1 }",
                "/repo/api/o.yaml": "openapi: 3.1.0\nx: { $ref: '\(reference)' }",
            ])
        #expect(found.code == (expected.isEmpty ? 0 : 1), "\(found.text)")
        if expected.isEmpty { return }
        #expect(found.text.contains("a.yaml:9:15: error: api:default/pay spec.definition: "), "\(found.text)")
        #expect(found.text.contains(expected), "\(found.text)")
        #expect(found.text.contains("This entity leads there by ./api/o.yaml."))
    }

    @Test("a broken file is not counted as left out")
    func broken() async throws {
        let files = ["/repo/a.yaml": Self.good + "x: [", "/repo/b.yaml": "a: [", "/repo/c.yaml": "a: 1"]
        let found = try await validate(["."], files)
        #expect(
            found.text.hasSuffix("0 entities in 1 file: 1 error, 1 warning; 1 file without entities left out\n"),
            "\(found.text)")
    }

    @Test("a skeleton among other documents is told to be one")
    func skeleton() async throws {
        let skeleton = Self.good.replacing("name: pay", with: "name: ${{ values.name }}")
        let found = try await validate(["a.yaml"], ["/repo/a.yaml": "\(Self.good)---\n\(skeleton)"])
        #expect(found.code == 1)
        #expect(found.text.contains("skeleton files belong below a template's folder and are not registered."))
        #expect(!found.text.contains("Write it as"))
    }

    private static let address = "https://files.example/a.yaml"

    @Test("a web page is told to be one", arguments: ["<!DOCTYPE html>\n<html>", "\u{FEFF}\n<HTML lang='en'>"])
    func webPage(_ page: String) async throws {
        let http = RecordedHTTP()
        http.record(.get, Self.address, page)
        let found = try await validate([Self.address], [:], http)
        #expect(found.code == 1)
        #expect(found.text.contains("\(Self.address):1:1: error: This is a web page, not an entity file. Name the"))
        #expect(found.text.contains(": 1 error,"))
        let portal = try await TestPortal.make(
            """
            backend: { reading: { allow: [{ host: files.example }] } }
            catalog: { processingInterval: false, locations: [{ type: url, target: '\(Self.address)' }] }
            """)
        portal.http.record(.get, Self.address, page)
        try await portal.running {
            let expected = "could not be read: This is a web page, not an entity file. Name the"
            #expect(
                await portal.eventually {
                    let answer = await portal.send(.get, "/api/catalog/entities?filter=kind=location")
                    return String(decoding: answer.body, as: UTF8.self).contains(expected)
                })
        }
    }

    @Test("a portal tells all mistakes of an entity at once, as the check of its file does")
    func portal() async throws {
        let kind = Self.good.replacing("Component", with: "Service")
        let bad = try await BadPortal([
            "kind": kind, "version": Self.good.replacing("apiVersion", with: "apiversion"),
            "several": Self.good.replacing("name: pay", with: "name: several\n  tags: [A B]")
                .replacing("  owner: team\n", with: "  dependsOn: [api:a, nokind]\n"),
            "colon": Self.good.replacing("owner: team", with: "owner: a: b"),
        ])
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.status("location/default/root").count == 4 })
            let status = await bad.status("location/default/root")
            for parts in [
                [
                    "No processor recognized the entity service:default/pay as valid, possibly caused by a foreign kind or "
                        + "apiVersion (backstage.io/v1alpha1): There is no kind Service (line 2, column 7). The kinds are"
                ],
                [
                    "Entity envelope failed validation before processing: \"apiVersion\" must have a value",
                    "Unknown field \"apiversion\" at the top of the entity (line 1, column 13). Did you mean apiVersion?",
                ],
                [
                    "Policy check failed for component:default/several: \"metadata.tags.0\" is not valid",
                    "\"spec.owner\" must have a value (line", "nokind", "(line 9, column 22)",
                ],
                ["a text with a colon needs quotes (line 8, column"],
            ] {
                #expect(status.contains { line in parts.allSatisfy { line.contains($0) } }, "\(parts) in \(status)")
            }
        }
    }
}
