public import PortalKit

/// Something small to fill in or read, behind a button; it opens and closes without a script.
public enum Popover {
    /// Another button that opens it.
    public static func opener(of id: String, _ text: String) -> HTML {
        HTML { h in h(.button, .type("button"), .class("button"), Attribute("popovertarget", id), text: text) }
    }

    /// - Parameter id: of the part that opens, unique on the page.
    public static func html(id: String, label: String, _ content: (HTMLWriter) -> Void) -> HTML {
        HTML { h in
            h(.button, .type("button"), .class("button"), Attribute("popovertarget", id), text: label)
            h(.div, .id(id), .class("menu near form"), Attribute("popover", ""), .aria("label", label)) { content(h) }
        }
    }
}
