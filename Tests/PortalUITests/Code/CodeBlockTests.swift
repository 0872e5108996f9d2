import PortalKit
import Testing

@testable import PortalUI

/// What is shown of a text, and what is said of the rest.
@Suite struct CodeBlockTests {
    private static func part(_ text: String, lines: Int = 10, bytes: Int = 100) -> CodeExtract {
        CodeExtract(text, mostLines: lines, mostBytes: bytes)
    }

    @Test("numbers can be addressed, stand beside the text, and are not read out")
    func block() {
        let html = CodeBlock.html(
            "a: 1\nb: 2\n", language: .yaml, label: "Definition", lines: "d-", Language.english.interface)
        #expect(
            html.text == """
                <figure class="source"><div tabindex="0" role="region" aria-label="Definition">\
                <pre class="numbers" aria-hidden="true"><b id="d-1">1</b>\n<b id="d-2">2</b>\n</pre>\
                <pre class="marked"><code data-copy="Definition"><i class="k">a</i>: <i class="n">1</i>\n\
                <i class="k">b</i>: <i class="n">2</i>\n</code></pre></div></figure>
                """)
    }

    @Test("short texts are whole")
    func whole() {
        for (text, lines) in [("", 0), ("a", 1), ("a\n", 1), ("a\nb", 2), ("a\n\n", 2)] {
            let part = Self.part(text)
            #expect(String(decoding: part.bytes, as: UTF8.self) == text)
            #expect(part.lines == lines)
            #expect(!part.isPartial)
        }
        let edge = (1...10).map { "\($0)\n" }.joined()
        #expect(!Self.part(edge).isPartial)
        #expect(!Self.part(String(edge.dropLast())).isPartial)
        #expect(!Self.part(String(repeating: "x", count: 100)).isPartial)
    }

    @Test("long texts are cut between lines, a long line between characters")
    func cut() {
        let lines = Self.part((1...2_000).map { "\($0)\n" }.joined())
        #expect(lines.bytes.count == 21)
        #expect(lines.summary(Language.english.interface) == "The first 10 lines of 2,000; 8.7 KiB more.")
        let wide = Self.part(String(repeating: "123456789012345678901234567890\n", count: 5))
        #expect(wide.lines == 3)
        #expect(wide.summary(Language.english.interface) == "The first 3 lines of 5; 62 bytes more.")
        let one = Self.part("a" + String(repeating: "é", count: 5_000))
        #expect(one.bytes.count == 99)
        #expect(one.lines == 1)
        #expect(one.summary(Language.english.interface) == "The first 99 bytes of this line; 9.7 KiB more.")
        let first = Self.part(String(repeating: "x", count: 200) + "\nb\n")
        #expect(
            first.summary(Language.english.interface) == "The first 100 bytes of the first of 2 lines; 103 bytes more.")
    }

    @Test("the rest is within reach")
    func links() {
        let text = String(repeating: "a: 1\n", count: 200_000)
        let html = CodeBlock.html(
            text, language: .yaml, label: "x", raw: "/raw", download: "/file", Language.english.interface
        ).text
        #expect(html.contains("<figcaption><span>The first 3,000 lines of 200,000; 962 KiB more.</span>"))
        #expect(html.contains("<a href=\"/raw\">Raw text</a><a href=\"/file\" download>Download</a>"))
        #expect(html.utf8.count < 400_000)
    }

    @Test("a part of a text is not copied as if it were the whole")
    func copying() {
        func html(_ lines: Int) -> String {
            CodeBlock.html(
                String(repeating: "a: 1\n", count: lines), language: .yaml, label: "x", Language.english.interface
            ).text
        }
        #expect(html(CodeBlock.mostLines).contains("data-copy"))
        #expect(!html(CodeBlock.mostLines + 1).contains("data-copy"))
    }

    @Test(
        "the language is that of the type, or of the text",
        arguments: [
            ("openapi", "{\"a\": 1}", CodeLanguage.json), ("openapi", "openapi: 3.0.0", .yaml), ("OpenAPI", "", .yaml),
            ("openapi", "\u{FEFF} {\n}", .json), ("asyncapi", "{{ x }}", .yaml),
            ("graphql", "{ user { id } }", .graphql),
            ("graphql", "{\"data\": {}}", .json), ("grpc", "message A {}", .protobuf), ("wsdl", "<a/>", .xml),
            ("other", "<?xml?>", .xml), ("other", "[1]", .json), ("other", "[INFO] started", .plain),
            ("other", "# why\nswagger: '2.0'", .yaml), ("other", "syntax = \"proto3\";", .protobuf),
            ("other", "type A { b: C }", .graphql), ("trpc", "export const x = 1", .plain), ("", "http://x", .plain),
        ])
    func language(_ type: String, _ text: String, _ language: CodeLanguage) {
        #expect(CodeLanguage.of(type: type, text: text) == language)
    }
}
