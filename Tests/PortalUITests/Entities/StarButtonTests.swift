import EntityModel
import PortalKit
import PortalUI
import Testing

@Suite struct StarButtonTests {
    private static let reference = EntityReference(kind: "Component", name: "Checkout")

    private static func button(isStarred: Bool, place: String = "") -> String {
        StarButton.html(
            reference, title: "Check <out>", isStarred: isStarred, back: "/catalog?a=1&b=2", place: place,
            Language.english.interface
        ).text
    }

    @Test("it sends the other state, names the entity, and replaces itself alone") func form() {
        let off = Self.button(isStarred: false)
        let id = "star-component%3Adefault%2Fcheckout"
        #expect(
            off.contains("<form id=\"\(id)\" class=\"star\" method=\"post\" action=\"/starred\" data-swap=\"\(id)\">"))
        #expect(off.contains("name=\"entityRef\" value=\"component:default/checkout\""))
        #expect(off.contains("name=\"starred\" value=\"true\""))
        #expect(off.contains("name=\"return\" value=\"/catalog?a=1&amp;b=2\""))
        #expect(off.contains("data-act=\"star\" aria-pressed=\"false\" aria-label=\"Star Check &lt;out&gt;\""))
        let on = Self.button(isStarred: true)
        #expect(on.contains("name=\"starred\" value=\"false\""))
        #expect(on.contains("aria-pressed=\"true\" aria-label=\"Star Check &lt;out&gt;\""))
    }

    @Test("two of one entity on a page have ids of their own") func places() {
        #expect(Self.button(isStarred: true, place: "list").contains("data-swap=\"star-list-component"))
        #expect(Self.button(isStarred: true, place: "list").contains("id=\"star-list-component"))
    }
}
