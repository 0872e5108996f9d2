public import PortalKit

/// The search of the whole portal at the head of a page.
public enum SearchField {
    public static func html(_ words: any InterfaceWords) -> HTML {
        HTML { h in
            h(.form, .class("seek large"), .role("search"), .action("/go"), .aria("label", words.search)) {
                h(.label, .class("unseen"), .for("search"), text: words.search)
                h.add(Icon.sign(.nothing))
                h(
                    .input, .id("search"), .name("query"), .type("search"), .placeholder(words.search),
                    Attribute("autocomplete", "off"), .data("suggest", ""))
            }
        }
    }
}
