import EntityModel
import Foundation
import PortalKit
import PortalUI
import Testing

/// Names and links of entities that are longer, or more, than a row or a card has room for.
@Suite struct ManyLinksTests {
    private static let words = Language.english.interface

    private static func entity(_ title: String) -> Entity {
        Entity(["kind": "Component", "metadata": ["name": "a", "title": .string(title)]])
    }

    @Test("a title without end is cut in rows and links, at a character, however that is made up")
    func titles() {
        for letter in ["W", "Ω", "e\u{301}\u{323}\u{330}", "👩🏽‍🚀"] {
            let title = String(repeating: letter, count: 500)
            let row = EntityName.html(Self.entity(title)).text
            #expect(row.contains("\(letter)…</a>"), "\(letter)")
            #expect(row.components(separatedBy: letter).count <= 121, "\(letter)")
            let link = EntityLink.html(Self.entity(title).reference, title: title, Self.words).text
            #expect(link.contains("\(letter)…</a>"), "\(letter)")
        }
        let whole = String(repeating: "Ω", count: 120)
        #expect(EntityName.html(Self.entity(whole)).text.contains("\(whole)</a>"))
        #expect(EntityName.title(of: Self.entity(whole + whole)) == whole + whole)
    }

    @Test("of hundreds of links the rest is folded")
    func links() {
        func html(_ count: Int) -> String {
            LinkList.html((1...count).map { .init("Link \($0).", url: "https://example.org") }, Self.words).text
        }
        #expect(!html(13).contains("<details"))
        #expect(html(300).contains("<summary>288 more</summary>"))
        #expect(html(300).contains("Link 300."))
    }

    @Test("of hundreds of tags and labels the rest is folded")
    func tagsAndLabels() {
        func tags(_ count: Int) -> String {
            TagList.html((1...count).map { "tag-\($0)" }, mostOpen: 30, Self.words).text
        }
        #expect(!tags(31).contains("<details"))
        #expect(tags(500).contains("<summary>470 more</summary><div class=\"tags\"><span class=\"tag\">tag-31<"))
        #expect(TagList.html([], mostOpen: 30, Self.words).isEmpty)
        func labels(_ count: Int) -> String {
            Pairs.text((1...count).map { ("label-\($0)", "x") }, isCode: true, mostOpen: 12, Self.words).text
        }
        #expect(!labels(13).contains("<details"))
        #expect(labels(400).contains("<summary>388 more</summary><dl class=\"pairs keys\"><dt>label-13<"))
    }

    @Test("counts are written as the language writes numbers")
    func counts() {
        func html(_ words: any InterfaceWords) -> String {
            HTML { h in
                h.add(CountTiles.html([.init("api", title: "APIs", count: 12_345, url: nil)], words))
                h.add(CountLinks.html([(23_456, "APIs", "/")], words))
                h.add(TabBar.html("Parts", [.init("Owns", url: "/", isCurrent: true, count: 34_567)], words))
                h.add(EntityList.html("Owns", [], total: 45_678, all: "/", words))
            }.text
        }
        let english = html(Self.words)
        for part in ["<b>12,345</b>", "<b>23,456</b>", " 34,567</small>", " 45,678</small>", ">All 45,678</a>"] {
            #expect(english.contains(part), "\(part)")
            #expect(
                html(Language.german.interface).contains(part.replacing(",", with: ".").replacing("All", with: "Alle")))
        }
    }
}
