import Foundation
import PortalKit
import Testing

@testable import PortalUI

/// Whatever is written, its text stays; what is right gets its colours.
@Suite struct HighlighterTests {
    /// The text of markup, as a browser shows it.
    private static func text(_ html: HTML) -> [UInt8] {
        var out: [UInt8] = []
        var index = 0
        let bytes = html.bytes
        let references: [(name: [UInt8], byte: UInt8)] = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")].map {
            (Array($0.0.utf8), Array($0.1.utf8)[0])
        }
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "<") {
                while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
                index += 1
            } else if let reference = references.first(where: { bytes[index...].starts(with: $0.name) }) {
                out.append(reference.byte)
                index += reference.name.count
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return out
    }

    private static func shown(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte in
            byte < 0x20 && ![0x09, 0x0A, 0x0D].contains(byte) || byte == 0x7F ? Array("\u{FFFD}".utf8) : [byte]
        }
    }

    /// Tags are of the few that there are, and each is closed before the next opens.
    private static func isFlat(_ html: HTML) -> Bool {
        let parts = html.text.split(separator: "<", omittingEmptySubsequences: false).dropFirst()
        return parts.enumerated().allSatisfy { index, part in
            index % 2 == 0
                ? ["k", "s", "n", "w", "c", "t"].contains { part.hasPrefix("i class=\"\($0)\">") }
                : part.hasPrefix("/i>")
        } && parts.count % 2 == 0
    }

    private static let samples: [String] = [
        """
        {"openapi": "3.0.1", "n": [1, -2.5e+3, true, null], "a\\"b" : "c\\\\", "open
        """,
        """
        %YAML 1.2
        ---
        a: &x |2- # why
          text: no key

          more
        b: {c: [1, 'it''s', "q": 2], d: !!str e}
        - ? k
        - *x # end
        "q" : 'two
          lines'
        z: > not a block
        """,
        "type A implements B @d(x: 1) { \"\"\" why \"\"\" f(a: Int = 1): [C!]! # x\n }",
        "syntax = \"proto3\"; message A { repeated .a.B c = 1 [x = 'y']; /* z */ map<string, int32> m = 2; // w\n}",
        "<?xml version='1.0'?><!-- c --><a:b c=\"d>e\" f='g'><![CDATA[ <x> ]]>1 < 2 &amp;</a:b><i/>",
    ]

    @Test("the text without tags is the text", arguments: CodeLanguage.allCases)
    func survives(_ language: CodeLanguage) {
        var random = SeededNumbers(seed: 7)
        for round in 0..<3_000 {
            var bytes = Array(Self.samples[round % Self.samples.count].utf8)
            switch round % 4 {
            case 0: bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            case 1: bytes = Array(bytes.dropFirst(Int.random(in: 0...bytes.count, using: &random)))
            case 2:
                for _ in 0..<8 {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            default:
                let signs = Array("\"'{}[]:,#-|>&*!<>/?=%\n\r\t \\aA1.@()\u{0}".utf8)
                bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                    signs[Int.random(in: 0..<signs.count, using: &random)]
                }
            }
            let html = Highlighter.html(bytes, language)
            #expect(Self.text(html) == Self.shown(bytes), "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
            #expect(Self.isFlat(html))
        }
    }

    @Test("a real description survives wherever it is cut", arguments: CodeLanguage.allCases)
    func real(_ language: CodeLanguage) throws {
        let bytes = try #require(Assets.document("catalog-openapi.json"))
        var random = SeededNumbers(seed: 13)
        for _ in 0..<20 {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let part = Array(bytes[start...].prefix(Int.random(in: 0...8_000, using: &random)))
            #expect(Self.text(Highlighter.html(part, language)) == Self.shown(part))
        }
    }

    @Test("time grows with the text alone", arguments: CodeLanguage.allCases)
    func linear(_ language: CodeLanguage) {
        for part in [
            "\"", "'", "{", "[", "<", "<!--", "<a ", "<!", "/*", "\"\"\"", "a: ", "- ", "|\n ", "&a ", "#", "\\", "a ",
        ] {
            func seconds(_ bytes: Int) -> Double {
                let text = String(repeating: part, count: bytes / part.utf8.count)
                return (0..<3).map { _ in Self.cpuSeconds { _ = Highlighter.html(text, language) } }.min() ?? 0
            }
            // Eight times the text; its square would be 64 times as long.
            #expect(seconds(32_000) < 30 * max(seconds(4_000), 0.001), "\(part)")
        }
    }

    /// Of this thread alone, for others are busy too.
    private static func cpuSeconds(_ work: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        work()
        return now() - start
    }

    @Test("JSON: keys, texts, numbers and words")
    func json() {
        #expect(
            Highlighter.html("{\"a\" : \"b\\\"\", \"c\":-1.5e3,\"d\":[true]} // x", .json).text == """
                {<i class="k">"a"</i> : <i class="s">"b\\""</i>, <i class="k">"c"</i>:<i class="n">-1.5e3</i>,\
                <i class="k">"d"</i>:[<i class="w">true</i>]} <i class="c">// x</i>
                """)
    }

    @Test(
        "YAML",
        arguments: [
            ("a: b # c", "<i class=\"k\">a</i>: <i class=\"s\">b</i> <i class=\"c\"># c</i>"),
            ("- a.b/c: 1.5", "- <i class=\"k\">a.b/c</i>: <i class=\"n\">1.5</i>"),
            ("v: 1.2.3", "<i class=\"k\">v</i>: <i class=\"s\">1.2.3</i>"),
            ("u: http://x#y", "<i class=\"k\">u</i>: <i class=\"s\">http://x#y</i>"),
            ("\"a b\": 'it''s'", "<i class=\"k\">\"a b\"</i>: <i class=\"s\">'it'</i><i class=\"s\">'s'</i>"),
            (
                "a: {b: ~, c}",
                "<i class=\"k\">a</i>: {<i class=\"k\">b</i>: <i class=\"w\">~</i>, <i class=\"s\">c</i>}"
            ),
            (
                "a: |\n  b: c\n\nd:",
                "<i class=\"k\">a</i>: <i class=\"w\">|</i>\n  <i class=\"s\">b: c</i>\n\n<i class=\"k\">d</i>:"
            ),
            ("- |\n b\n- c", "- <i class=\"w\">|</i>\n <i class=\"s\">b</i>\n- <i class=\"s\">c</i>"),
            ("a: !x *b", "<i class=\"k\">a</i>: <i class=\"t\">!x</i> <i class=\"t\">*b</i>"),
            ("---\na:\r\n", "<i class=\"w\">---</i>\n<i class=\"k\">a</i>:\r\n"),
            ("t: don't: be", "<i class=\"k\">t</i>: <i class=\"s\">don't: be</i>"),
        ])
    func yaml(_ text: String, _ marked: String) { #expect(Highlighter.html(text, .yaml).text == marked) }

    @Test("GraphQL, protobuf and XML")
    func others() {
        #expect(
            Highlighter.html("type: Query @x { f(a: ID!): [User] }", .graphql).text == """
                <i class="k">type</i>: <i class="t">Query</i> <i class="w">@x</i> { <i class="k">f</i>\
                (<i class="k">a</i>: <i class="t">ID</i>!): [<i class="t">User</i>] }
                """)
        #expect(
            Highlighter.html("syntax = \"proto3\";\nmessage A { a.B message = 1; }", .protobuf).text == """
                <i class="w">syntax</i> = <i class="s">"proto3"</i>;\n<i class="w">message</i> \
                <i class="t">A</i> { <i class="t">a.B</i> <i class="k">message</i> = <i class="n">1</i>; }
                """)
        #expect(
            Highlighter.html("<a b='c'>d</a>", .xml).text == """
                <i class="t">&lt;a</i> <i class="k">b</i>=<i class="s">'c'</i><i class="t">&gt;</i>d\
                <i class="t">&lt;/a</i><i class="t">&gt;</i>
                """)
    }

    @Test("a text of nothing but tokens is marked up to the limit")
    func limit() {
        let text = String(repeating: "1,", count: 2 * CodeScanner.mostMarks)
        let html = Highlighter.html(text, .json)
        #expect(html.bytes.count(where: { $0 == UInt8(ascii: "<") }) == 2 * CodeScanner.mostMarks)
        #expect(Self.text(html) == Array(text.utf8))
    }
}

/// Numbers that are the same in each run.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
