import Database
import Testing

/// The rules notice what they are for: each is shown something that breaks it, and something that does not.
@Suite struct RuleTests {
    private func source(_ text: String, _ path: String = "Sources/Catalog/Sample.swift") -> [TextFile] {
        [TextFile(path, text)]
    }

    @Test(
        "banned words are found in code, and not in comments or texts",
        arguments: [
            ("let a = try! load()", 1), ("let b = c as! D", 1), ("fatalError(\"no\")", 1), ("JSONDecoder()", 1),
            ("// try! never", 0), ("let text = \"try! this\"", 0), ("let text = \"\\(a) as! b\" // as! c", 0),
            ("let text = \"\"\"\n    try! this\n    \"\"\"", 0), ("let url = \"https://a\"; let b = c as! D", 1),
            ("let e = try? f()", 0), ("let quote = \"\\\"\"; let b = c as! D", 1),
        ])
    func bannedWords(_ text: String, _ count: Int) throws {
        #expect(try WordRules.banned(source(text)).count == count)
    }

    @Test("notes to oneself are found in comments") func notes() throws {
        #expect(try WordRules.notes(source("// TO" + "DO: later")).count == 1)
        #expect(try WordRules.notes(source("// What is to do.")).isEmpty)
    }

    @Test("features may not import one another, nor lower tiers higher ones") func tiers() {
        let targets: Set = ["Catalog", "Access", "EntityModel", "PortalKit", "PortalServer"]
        func problems(_ line: String, _ path: String) -> Int {
            TierRules.imports(source(line, path), targets: targets).count
        }
        #expect(problems("import Access", "Sources/Catalog/A.swift") == 1)
        #expect(problems("@testable import Access", "Sources/Catalog/A.swift") == 1)
        #expect(problems("public import struct Access.Thing", "Sources/Catalog/A.swift") == 1)
        #expect(problems("import PortalKit", "Sources/Catalog/A.swift") == 0)
        #expect(problems("import PortalServer", "Sources/Catalog/A.swift") == 1)
        #expect(problems("import PortalKit", "Sources/EntityModel/A.swift") == 1)
        #expect(problems("import GRDB", "Sources/Catalog/A.swift") == 1)
        #expect(problems("import Yams", "Sources/PortalKit/YAML/A.swift") == 0)
        #expect(problems("import Foundation", "Sources/Unknown/A.swift") == 1)
    }

    @Test(
        "whatever opens a file, a socket or a process is found, and functions of one's own are not",
        arguments: [
            ("let data = FileManager.default.contents(atPath: path)", 1), ("let file = open(path, O_RDONLY)", 1),
            ("let text = try String(contentsOf: url, encoding: .utf8)", 1), ("system(command)", 1),
            ("let process = Process()", 1), ("try data.write(to: url)", 1), ("import Glibc", 1),
            ("try box.open(key)", 0), ("case open(reason: String)", 0), ("let process = processed(a)", 0),
            ("func open(_ tag: Tag) {}\nopen(tag)", 0), ("bytes.append(contentsOf: more)", 0),
            ("let session = URLSession.shared", 1), ("reopen(path)", 0), ("curl_easy_init()", 1),
        ])
    func outside(_ text: String, _ count: Int) throws {
        #expect(try OutsideRules.touches(source(text)).count == count)
        #expect(try OutsideRules.touches(source(text, "Sources/PortalServer/Services/A.swift")).isEmpty)
    }

    @Test("too long files and functions are found") func lengths() {
        let long = String(repeating: "let a = 1\n", count: 501)
        #expect(SizeRules.fileLengths(source(long)).count == 1)
        #expect(SizeRules.fileLengths(source(long, "Tests/ATests/ATests.swift")).isEmpty)
        let body = String(repeating: "        work()\n", count: 69)
        #expect(SizeRules.functionLengths(source("    private func go() {\n\(body)    }\n")).count == 1)
        #expect(SizeRules.functionLengths(source("    init(\n        a: Int\n    ) {\n\(body)    }\n")).count == 1)
        #expect(SizeRules.functionLengths(source("    func go() {\n        work()\n    }\n\(body)    }\n")).isEmpty)
        func files(_ folder: String) -> [TextFile] {
            (1...16).flatMap { source("let a = 1\n", "\(folder)/A\($0).swift") }
        }
        #expect(SizeRules.folders(files("Sources/Catalog/API")).count == 1)
        #expect(SizeRules.folders(files("Sources/PortalKit/ExtensionPoints")).isEmpty)
        #expect(SizeRules.blobs([("a.png", 200_001), ("b.png", 200_000)]).count == 1)
        #expect(SizeRules.kitFolders(source(long + long + long + long, "Sources/PortalKit/Web/A.swift")).count == 1)
    }

    @Test("SQL is found in the catalog's API and allowed in its store") func sql() throws {
        #expect(try WordRules.sqlInReads(source("let s: SQL = \"\"", "Sources/Catalog/API/A.swift")).count == 1)
        #expect(try WordRules.sqlInReads(source("let s: SQL = \"\"", "Sources/Catalog/Store/A.swift")).isEmpty)
    }

    @Test("paths of a machine are found, paths of examples are not") func machinePaths() throws {
        #expect(try WordRules.machinePaths(source("let a = \"/ho" + "me/ann/x\"")).count == 1)
        #expect(try WordRules.machinePaths(source("// see /ro" + "ot/x")).count == 1)
        #expect(try WordRules.machinePaths(source("\"/data/root.yaml\" https://a.example/home/b")).isEmpty)
    }

    @Test("plugins without a test or an introduction, and halves of migrations, are found") func plugins() {
        let plugin = source(
            "/// Short.\npublic struct JenkinsPlugin: Plugin {", "Sources/Integrations/JenkinsPlugin.swift")
        #expect(PluginRules.untested(sources: plugin, tests: source("PluginCompatTest(OtherPlugin.self)")).count == 1)
        #expect(PluginRules.untested(sources: plugin, tests: source("PluginCompatTest(JenkinsPlugin.self)")).isEmpty)
        #expect(PluginRules.withoutIntroduction(plugin).count == 1)
        let half = Migration("jenkins", 2, "builds", sqlite: ["CREATE TABLE a (b)"], postgres: [])
        #expect(PluginRules.migrations([half]).count == 3)
    }

    @Test("a component that the gallery does not show is found, however its declaration is broken into lines")
    func gallery() {
        let component = """
            public enum Badge {
                public static func html(
                    _ text: String, isLarge: Bool = false
                ) -> HTML {
                    HTML { $0.text(text) }
                }
                public static let size = 4
                static func inner() -> HTML { .empty }
            }
            public struct Dial: Sendable {
                public init() {}
                public var html: HTML { .empty }
                public var title: String { "" }
            }
            """
        let files = source(component, "Sources/PortalUI/Badge.swift")
        #expect(GalleryRules.components(files) == ["Badge.html", "Dial("])
        let gallery = "Sources/Essentials/Devtools/Gallery/GallerySigns.swift"
        func problems(_ line: String) -> [String] {
            GalleryRules.missing(files + source(line, gallery)).filter { $0.contains("is in no sample") }
        }
        #expect(problems("[Badge.html(text), Dial().html]").isEmpty)
        #expect(problems("let code = \"Badge.html, Dial(\"").count == 2)
        #expect(problems("// Badge.html\nDial().html").count == 1)
    }
}
