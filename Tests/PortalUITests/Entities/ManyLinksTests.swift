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
}
