import Foundation
import PortalKit
import Testing

@testable import PortalUI

/// What becomes of the marks of Markdown.
@Suite struct MarkdownTextTests {
    @Test(
        "rows show words without marks",
        arguments: [
            ("Sells **many** _seats_", "Sells many seats"),
            ("***All*** of ~~it~~ `a * b * c`", "All of it a * b * c"),
            ("See [the docs](https://docs.example/a_(b) \"Docs\") first", "See the docs first"),
            ("![A plan](plan.png) of <https://house.example>", "A plan of https://house.example"),
            ("# Title\n\nTwo\nlines\n\n* one\n* two\n\n---\n> said", "Title Two lines one two said"),
            ("```yaml\na: *b\n```\ndone", "a: *b done"),
            ("[![badge](b.svg)](https://ci.example)", "badge"),
            ("a \\*star\\*", "a *star*"),
            ("```make``` builds it", "make builds it"),
            ("# About C#\n## Why ##", "About C# Why"),
            ("````\n```\n````\nend", "``` end"),
            ("1. *one*\n2) two\n   - three", "1. one 2) two three"),
            ("|Name|*Port*|\n|:-|-:|\n|`a\\|b`|80|\n|c|\nend", "Name Port a|b 80 c end"),
        ])
    func marks(_ text: String, _ row: String) { #expect(MarkdownText.row(text) == row) }

    @Test(
        "what only looks like marks stays",
        arguments: [
            "snake_case_name and __init__x", "2 * 3 * 4", "*.yaml and *.json", "list[0](", "a[0][1]",
            "<b>Sells</b> & co",
            "1. first", "C# and F#", "~10 users", "`open", "**", "[x]", "-5 degrees", "Zürich – schön",
        ])
    func noMarks(_ text: String) { #expect(MarkdownText.row(text) == text) }

    @Test("a long text without marks is cut like one with them", arguments: [199, 200, 201, 399, 400, 401, 3_000])
    func long(_ count: Int) {
        for letters in ["word ", "wörter "] {
            let text = String(String(repeating: letters, count: count).prefix(count - 1)) + "."
            #expect(MarkdownText.row(text) == (count <= 200 ? text : "\(text.prefix(200))…"))
            let marked = "*\(letters.dropLast())*" + text.dropFirst(letters.count - 1)
            #expect(MarkdownText.row(marked) == MarkdownText.row(text))
        }
        let indented = "  " + String(repeating: "a", count: count)
        #expect(count < 200 || MarkdownText.row(indented).hasPrefix("a"))
    }

    @Test("long texts are cut, and marks that end behind the cut are none of the row")
    func long() {
        let row = MarkdownText.row("**Important** " + String(repeating: "word ", count: 1_000))
        #expect(row.hasPrefix("Important word word"))
        #expect(row.count == 201)
        #expect(row.hasSuffix("…"))
    }

    @Test("a row is short also in bytes, whatever a character is made of")
    func longCharacter() {
        let text = "a" + String(repeating: "\u{301}", count: 100_000)
        #expect(MarkdownText.row(text).utf8.count < 5_000)
        #expect(MarkdownText.row("*" + text).utf8.count < 5_000)
    }

    @Test("an overview has paragraphs, lists, code and links that are safe")
    func overview() {
        let text = """
            Reads `a.yaml` of [the *house*](https://house.example/?a=1&b=2).

            - one
              goes on
            - [`two` of three](javascript:alert)
            - [three](./three.md)

            ```
            <b>
            ```
            """
        #expect(
            MarkdownText(text).html(Language.english.interface).text == """
                <p class="prose">Reads <code>a.yaml</code> of \
                <a href="https://house.example/?a=1&amp;b=2" rel="noopener">the house</a>.</p>\
                <ul class="prose"><li>one goes on</li><li>two of three</li><li>three</li></ul>\
                <pre tabindex="0" role="region" aria-label="Example: &lt;b&gt;">&lt;b&gt;</pre>
                """)
    }

    private func html(_ text: String) -> String { MarkdownText(text).html(Language.english.interface).text }

    @Test("lists stand within lists, with numbers where they have them")
    func nested() {
        let text = """
            Steps:
            - build
                - on *Linux*
                  and macOS
                - elsewhere
                \t1. first
                \t2. second
            - deploy

              1) here
              2) there
            * done
            3. three
            """
        #expect(
            html(text) == """
                <p class="prose">Steps:</p>\
                <ul class="prose"><li>build<ul><li>on Linux and macOS</li><li>elsewhere\
                <ol><li>first</li><li>second</li></ol></li></ul></li>\
                <li>deploy<ol><li>here</li><li>there</li></ol></li><li>done</li></ul>\
                <ol class="prose" start="3"><li>three</li></ol>
                """)
    }

    @Test("a number at the beginning of a line is no item within a paragraph, and none of too many digits is")
    func numbers() {
        #expect(html("Founded in\n1984. Since then") == "<p class=\"prose\">Founded in 1984. Since then</p>")
        #expect(html("1234567890. x").hasPrefix("<p"))
        #expect(html("Do:\n1. a").hasSuffix("<ol class=\"prose\"><li>a</li></ol>"))
    }

    @Test("lists are no deeper than six, whatever is written")
    func deep() {
        let text = (0..<100).map { "\(String(repeating: "  ", count: $0))- \($0)" }.joined(separator: "\n")
        let page = html(text)
        #expect(page.components(separatedBy: "<ul").count - 1 == 6)
        #expect(page.components(separatedBy: "<li>").count - 1 == 100)
        #expect(page.components(separatedBy: "</li>").count - 1 == 100)
    }

    @Test("a table has headings, cells and their sides; what is in it is as safe as elsewhere")
    func table() {
        let text = """
            Ports
            | Name | Port `p` |  |
            |:---|---:|:-:|
            | <b> | [80](javascript:x) | a \\| b | more |
            | short
            no table
            """
        #expect(
            html(text) == """
                <p class="prose">Ports</p>\
                <div class="scroll prose" tabindex="0" role="region" aria-label="Name, Port p">\
                <table><thead><tr><th>Name</th><th class="end">Port <code>p</code></th><th class="middle"></th></tr>\
                </thead><tbody><tr><td>&lt;b&gt;</td><td class="end">80</td><td class="middle">a | b</td></tr>\
                <tr><td>short</td></tr></tbody></table></div><p class="prose">no table</p>
                """)
    }

    @Test(
        "bars alone make no table",
        arguments: [
            "a | b", "a | b\nc | d", "a | b\n---", "a | b\n-|-|-", "|a|\n|:|", "|a|\n|-x|", "```\n|a|\n|-|\n```",
        ])
    func noTable(_ text: String) { #expect(!html(text).contains("<table")) }

    @Test("a table is not much longer than what was written")
    func wideTable() {
        let wide = String(repeating: "a|", count: 31) + "\n" + String(repeating: "-|", count: 31)
        #expect(!html(wide).contains("<table"))
        let many = "a|b|c|d|e|f\n-|-|-|-|-|-\n" + String(repeating: "|\n", count: 9_000)
        #expect(html(many).utf8.count < 12 * many.utf8.count)
    }

    @Test(
        "time grows with the text alone",
        arguments: [
            "[", "](", "*a ", "_", "`a``b", "<http://", "[a](", "![", "* ", "- a\n  ", "[`a`](b) ", "\\", "~~a",
            "  - a\n    - b\n",
            "|", "|a", "|\n", "|-\n", "a|b\n-|-\n", "\\|", "1. a\n\t2) b\n", "- a\n 1. b\n",
        ])
    func hostile(_ part: String) {
        func seconds(_ bytes: Int) -> Double {
            let text = String(repeating: part, count: bytes / part.utf8.count)
            return (0..<3).map { _ in Self.cpuSeconds { _ = MarkdownText(text).html(Language.english.interface) } }
                .min() ?? 0
        }
        // Eight times the text; its square would be 64 times as long.
        #expect(seconds(8_000) < 30 * max(seconds(1_000), 0.001), "\(part)")
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

    @Test("each block of code is named by its beginning, because a page may hold several")
    func codeNames() {
        let html = MarkdownText("```\nmake run\n```\n\n```\n\(String(repeating: "a", count: 50))\nb\n```").html(
            Language.english.interface
        ).text
        #expect(html.contains("aria-label=\"Example: make run\""), "\(html)")
        #expect(html.contains("aria-label=\"Example: \(String(repeating: "a", count: 40))…\""), "\(html)")
    }

    @Test("a long path may break behind its marks, and nothing of it is lost")
    func longPaths() {
        let text = "backend.auth[0].a_b/c?d&e"
        let html = Code.long(text).text
        #expect(html.contains("backend.<wbr>auth<wbr>[0].<wbr>a_<wbr>b/<wbr>c?<wbr>d&amp;<wbr>e<"), "\(html)")
        #expect(Code.long("").text == "<code class=\"long\" title=\"\"></code>")
        #expect(Code.long("..").text.contains(">..<"), "\(Code.long("..").text)")
    }
}
