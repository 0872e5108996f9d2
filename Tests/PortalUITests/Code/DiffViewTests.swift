import EntityModel
import PortalKit
import Testing

@testable import PortalUI

/// How differences are shown.
@Suite struct DiffViewTests {
    private static let words = Language.english.interface

    @Test("signs stand in the text, numbers in both columns, and changed words are marked")
    func view() {
        let html = DiffView.html(
            before: "a\nlimit: 10 MB\n", after: "a\nlimit: 20 MB\nb\n", label: "Versions", Self.words)
        #expect(
            html.text == """
                <figure class="diff"><figcaption>2 lines added, 1 removed</figcaption>\
                <div tabindex="0" role="region" aria-label="Versions">\
                <div><i>1</i><i>1</i><b> </b><code>a</code></div>\
                <div class="removed"><i>2</i><i></i><b>−</b><code>limit: <mark>10</mark> MB</code></div>\
                <div class="added"><i></i><i>2</i><b>+</b><code>limit: <mark>20</mark> MB</code></div>\
                <div class="added"><i></i><i>3</i><b>+</b><code>b</code></div></div></figure>
                """)
    }

    @Test("unchanged stretches are folded, long ones only named")
    func folds() {
        func text(_ count: Int, _ end: String) -> String { (1...count).map { "\($0)\n" }.joined() + end }
        let some = DiffView.html(before: text(100, "a\n"), after: text(100, "b\n"), label: "x", Self.words).text
        #expect(some.contains("<details><summary>97 unchanged lines</summary>"))
        #expect(some.contains("<code>1</code>"))
        let many = DiffView.html(before: text(10_000, "a\n"), after: text(10_000, "b\n"), label: "x", Self.words).text
        #expect(many.contains("<p>9,997 unchanged lines</p>"))
        #expect(many.utf8.count < 1_000)
    }

    @Test("what is too much is counted")
    func limits() {
        let lines = (1...9_000).map { "\($0)\n" }.joined()
        let html = DiffView.html(before: "", after: lines, label: "x", Self.words).text
        #expect(html.contains("<p>7,000 more lines are not shown.</p>"))
        let long = String(repeating: "é", count: 400_000)
        let row = DiffView.html(
            before: long + "a" + long + "\n", after: long + "b" + long + "\n", label: "x", Self.words
        ).text
        #expect(row.contains("<mark>a</mark>"))
        #expect(row.contains("KiB more"))
        #expect(!row.contains("\u{FFFD}"))
        #expect(row.utf8.count < 10_000)
    }

    @Test("texts without a differing line say so")
    func nothing() {
        #expect(DiffView.html(before: "a", after: "a", label: "x", Self.words).text.contains("No line differs."))
        #expect(
            DiffView.html(before: "a", after: "a\n", label: "x", Self.words).text.contains(
                "Only the line break at the end"))
        #expect(DiffView.html(before: "a\r\n", after: "a\n", label: "x", Self.words).text.contains("a<mark>␍</mark>"))
    }

    @Test("the lines of a missing annotation are marked and can be copied alone")
    func addition() {
        let entity: JSONValue = ["kind": "Component", "metadata": ["name": "a", "annotations": ["x/y": "z"]]]
        let html = YAMLAddition.html(
            entity: entity, adding: ["metadata": ["annotations": ["github.com/project-slug": "org/a", "x/y": "no"]]],
            label: "catalog-info.yaml", Self.words
        ).text
        #expect(html.contains("<div><b> </b><code>    x/y: z</code></div>"))
        #expect(html.contains("<div class=\"added\"><b>+</b><code>    github.com/project-slug: org/a</code></div>"))
        #expect(html.contains("<code hidden data-copy=\"Added lines\">    github.com/project-slug: org/a\n</code>"))
        #expect(html.contains("<code hidden data-copy=\"Whole file\">kind: Component\n"))
        #expect(YAMLAddition.html(entity: entity, adding: ["kind": "API"], label: "x", Self.words).isEmpty)
    }
}
