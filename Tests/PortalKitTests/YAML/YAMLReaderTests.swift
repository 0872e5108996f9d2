import EntityModel
import PortalKit
import Testing

@Suite struct YAMLReaderTests {
    private func read(_ text: String) -> [YAMLDocument] { YAMLReader.documents(Array(text.utf8)) }

    private func value(_ text: String) throws -> JSONValue { try #require(read(text).first).value.get() }

    private func failure(_ text: String) -> YAMLError? {
        guard case .failure(let error) = read(text).first?.value else { return nil }
        return error
    }

    @Test(
        "plain scalars mean what YAML 1.2 says",
        arguments: [
            ("on", "on"), ("yes", "yes"), ("No", "No"), ("true", true), ("False", false), ("~", nil), ("null", nil),
            ("014", 14), ("0o14", 12), ("0x1F", 31), ("1_000", "1_000"), ("1:30", "1:30"), ("0b11", "0b11"),
            ("2024-01-01", "2024-01-01"), ("1.5e3", 1500), ("+.5", 0.5), ("1.", 1), (".inf", ".inf"), ("-", [nil]),
            ("\"1\"", "1"), ("'true'", "true"), ("!!str 1", "1"), ("!!int 7", 7), ("1.2.3", "1.2.3"), ("0x", "0x"),
        ] as [(String, JSONValue)])
    func scalars(_ text: String, _ expected: JSONValue) throws { #expect(try value(text) == expected) }

    @Test("documents are cut at markers, comments before the first are none")
    func documents() throws {
        let documents = read("# licence\n\n---\na: 1\n--- # two\n---\nb: |\n  --- text\n  x\n")
        #expect(try documents.map { try $0.value.get() } == [["a": 1], nil, ["b": "--- text\nx\n"]])
        #expect(documents.map(\.start.line) == [3, 5, 6])
        #expect(read("").isEmpty)
        #expect(read("# nothing\n").isEmpty)
        #expect(try read("a: 1\n---\nb: 2").map { try $0.value.get() } == [["a": 1], ["b": 2]])
    }

    @Test(
        "the commonest mistakes are told in words that say what to do",
        arguments: [
            ("a:\n\tb: 1\n", 2, "a tab; YAML indents with spaces"),
            ("a: \tb\n  c: d\n", 2, "the line is indented wrongly, or a text with a colon needs quotes"),
            ("a: see: this\n", 1, "the line is indented wrongly, or a text with a colon needs quotes"),
            ("a: @b\n", 1, "a text that begins with @ needs quotes"),
            ("a:\n  name: {{ b }}\n", 2, "a text that begins with {{ needs quotes"),
            ("x: 1\na:\n  - {{ b }}-c\nd: 1\n", 3, "a text that begins with {{ needs quotes"),
            ("a: { b: ${C} }\n", 1, "or a text in it with brackets or a comma needs quotes"),
            ("a: [", 2, "brackets is not closed, or a bracket or comma stands where a value is expected"),
            ("a:\n  b\n  c: 1\n", 3, "the line is indented wrongly, or a text with a colon needs quotes"),
            ("a: 'b\nc: 1\n", 3, "a quote that is opened is not closed"),
            (
                String(repeating: "[", count: 2_000), 1,
                "lists and mappings are nested too deep; 200 levels are the limit, make them flatter"
            ),
        ])
    func words(_ text: String, _ line: Int, _ expected: String) throws {
        // Behind another document, so that lines are counted in the file.
        let document = try #require(read("first: 1\n---\n" + text).last)
        guard case .failure(let error) = document.value else { throw YAMLError("It was read", document.start) }
        #expect(error.message.hasPrefix("This is not valid YAML: "))
        #expect(error.message.hasSuffix(expected), "\(error.message)")
        #expect(error.position.line == line + 2, "\(error)")
    }

    @Test(
        "keys that are there more than once are told all, each with the line of the first",
        arguments: [
            ("a: 1\nb: 2\na: 3\n", "The key a is there more than once, first in line 3 (line 5, column 1)"),
            (
                "x:\n  - b: 1\n    a: 1\n\n    # c\n    \"a\": 2\n    b:\n      a: 1\n  - a: 1\ny: { z: 1 }\ny: 2\n",
                "The key a is there more than once, first in line 5; so is b in line 9, first in line 4; so is y in line "
                    + "13, first in line 12 (line 8, column 5)"
            ),
            ("a: { b: 1, b: 2 }\n", "The key b is there more than once (line 3, column 6)"),
        ])
    func duplicates(_ text: String, _ expected: String) throws {
        let document = try #require(read("first: 1\n---\n" + text).last)
        guard case .failure(let error) = document.value else { throw YAMLError("It was read", document.start) }
        #expect(error.description == expected)
    }

    @Test("many keys that are there more than once are told soon", .timeLimit(.minutes(1)))
    func manyDuplicates() {
        let one = failure((0..<20_000).map { "a\($0 % 10_000): 1\n" }.joined())
        #expect(one?.message.hasSuffix("; so are 9990 more") == true)
        #expect(failure((0..<20_000).map { "a\($0):\n  b: 1\n  b: 1\n" }.joined()) != nil)
    }

    @Test("long lines beside keys that are there more than once take no time of their own", .timeLimit(.minutes(1)))
    func longLines() {
        let blanks = String(repeating: " ", count: 100_000)
        #expect(failure("a: 1\na: 2\nb: \"x\nc\(blanks)d\"\n")?.message.contains("first in line") == true)
    }

    @Test("a broken document leaves its siblings alone, and says where it is broken")
    func siblings() throws {
        let documents = read("a: 1\n---\nb: [1, 2\nc: 3\n---\nd: 4\n")
        #expect(documents.count == 3)
        #expect(try documents[0].value.get() == ["a": 1])
        #expect(try documents[2].value.get() == ["d": 4])
        guard case .failure(let error) = documents[1].value else { throw error("the second document is broken") }
        #expect((3...5).contains(error.position.line))
    }

    private func error(_ message: String) -> PortalError { PortalError(.internal, message) }

    @Test("every value has its position, and what is missing that of its parent")
    func positions() throws {
        let document = try #require(read("---\nkind: Component\nmetadata:\n  tags:\n    - java\n    - go\n").first)
        #expect(document.position(of: ["kind"]) == SourcePosition(line: 2, column: 7))
        #expect(document.position(of: ["metadata", "tags", "1"]) == SourcePosition(line: 6, column: 7))
        #expect(document.position(of: ["metadata", "name"]) == document.position(of: ["metadata"]))
        #expect(document.position(of: ["nowhere", "at", "all"]) == document.position(of: []))
    }

    @Test("merge keys are honoured: what is written wins")
    func merges() throws {
        let text = "base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\none: {<<: *b, x: 9}\ntwo: {<<: [*b, *o]}\n"
        let value = try value(text)
        #expect(value["one"] == ["x": 9, "y": 2])
        #expect(value["two"] == ["x": 1, "y": 2, "z": 4])
        #expect(failure("a: {<<: 1}") != nil)
    }

    @Test(
        "what is no plain data is refused, never fatal",
        arguments: [
            "a: 1\na: 2", "1: x\n\"1\": y", "b: {{ y }}", "? [a, b]\n: c", "a: *nowhere", "a: !!binary aGk=",
            "a: !custom x", "a: !!int x", "a: [", "\"", "a: b: c", "\tx: 1", "a: !!set {x}", "%YAML 9.9\n---\na",
            "a: &a [*a]",
        ])
    func refused(_ text: String) {
        let error = failure(text)
        #expect(error != nil)
        #expect((error?.position.line ?? 0) >= 1)
    }

    @Test("bombs are refused quickly", .timeLimit(.minutes(1)))
    func bombs() {
        var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1...12 {
            bomb +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
        }
        #expect(failure(bomb)?.message.contains("too large") == true)
        #expect(failure(bomb + "? *a12\n: x\n") != nil)
        #expect(failure(bomb + "? [*a12]\n: x\n") != nil)
        #expect(failure(bomb + "y: {[*a12]: x}\n") != nil)
        #expect(failure(String(repeating: "[", count: 100_000)) != nil)
        #expect(failure(String(repeating: "[", count: 300) + String(repeating: "]", count: 300)) != nil)
        #expect(failure(String(repeating: "- ", count: 5000) + "x") != nil)
    }

    @Test("an alias of a long text counts each time that it is written out")
    func longAliases() {
        let aliases = [String](repeating: "*long", count: 1_000).joined(separator: ", ")
        let text = "long: &long \(String(repeating: "x", count: 50_000))\nlist: [\(aliases)]"
        let limits = YAMLLimits(maximumBytes: 100_000)
        #expect {
            _ = try YAMLReader.documents(Array(text.utf8), limits: limits).first?.value.get()
        } throws: { "\($0)".contains("once its aliases are written out") }
        let few = text.replacing(aliases, with: "*long")
        #expect((try? YAMLReader.documents(Array(few.utf8), limits: limits).first?.value.get()) != nil)
    }

    @Test("files that are too large, binary or no UTF-8 are refused")
    func files() {
        for bytes in [[0x61, 0, 0x62], [0x61, 0xFF], Array(repeating: 0x61, count: (10 << 20) + 1)] as [[UInt8]] {
            guard case .failure = YAMLReader.documents(bytes).first?.value else {
                Issue.record("accepted \(bytes.count) bytes")
                continue
            }
        }
        let many = Array(repeating: "a: 1", count: 10_001).joined(separator: "\n---\n")
        #expect(failure(many)?.message.contains("documents") == true)
        #expect(read(Array(repeating: "a: 1", count: 10_000).joined(separator: "\n---\n")).count == 10_000)
    }

    @Test(
        "what is no UTF-8 is told with its place, and how to mend it",
        arguments: [
            ([0x61, 0x0A, 0xC3, 0xA9, 0xE9, 0x0A], 2, 2, "0xE9"), ([0xFF, 0xFE, 0x61, 0], 1, 1, "0xFF"),
            ([0x61, 0, 0xFF], 1, 2, "0x00"), ([0x61, 0xC3], 1, 2, "0xC3"),
            ([0x0A, 0x62, 0xE2, 0x82, 0x20], 2, 2, "0xE2"),
        ] as [([UInt8], Int, Int, String)])
    func noText(_ bytes: [UInt8], _ line: Int, _ column: Int, _ byte: String) {
        guard case .failure(let error) = YAMLReader.documents(bytes).first?.value else {
            Issue.record("accepted")
            return
        }
        let what = "The file is not text in UTF-8 (byte \(byte))"
        #expect(error.message == "\(what). Save it as UTF-8")
        #expect("\(error)" == "\(what). Save it as UTF-8 (line \(line), column \(column))")
    }

    @Test("a byte order mark and Windows line ends are no trouble")
    func windows() throws {
        #expect(try value("\u{FEFF}a: 1\r\nb: x\r\n") == ["a": 1, "b": "x"])
        #expect(read("a: 1\r\n---\r\nb: 2\r\n").count == 2)
    }
}
