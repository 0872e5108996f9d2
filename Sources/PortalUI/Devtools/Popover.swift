public import PortalKit

/// A button and what it opens above the page, without a script.
public enum Popover {
    /// - Parameter id: unique on the page.
    public static func html(_ title: String, id: String, _ content: HTML) -> HTML {
        HTML { h in
            h(.button, .type("button"), .class("button"), Attribute("popovertarget", id), text: title)
            h(.div, .id(id), .class("popover"), Attribute("popover", "")) { h.add(content) }
        }
    }
}
