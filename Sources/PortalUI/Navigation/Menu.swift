public import PortalKit

/// Things to do, behind one button; it opens and closes without a script.
public enum Menu {
    /// One of them.
    public enum Item: Sendable {
        case link(String, SafeURL)
        /// Sends a form with nothing to fill in.
        case form(String, SafeURL)
    }

    /// - Parameters:
    ///   - id: of the part that opens, unique on the page.
    ///   - label: what the button says; with a sign alone it is only read out.
    ///   - isSign: the button is three dots.
    public static func html(id: String, label: String, isSign: Bool = false, _ items: [Item]) -> HTML {
        if items.isEmpty { return .empty }
        return HTML { h in
            h(
                .button, .type("button"), .class(isSign ? "plain dots" : "button"), Attribute("popovertarget", id),
                .data("act", "more"), isSign ? .aria("label", label) : nil
            ) {
                if isSign { h.add(Icon.sign(.more)) } else { h.text(label) }
            }
            h(.div, .id(id), .class("menu near"), Attribute("popover", "")) {
                for item in items {
                    switch item {
                    case .link(let text, let url): h(.a, .class("way-in"), .href(url), text: text)
                    case .form(let text, let url):
                        h(.form, .method("post"), .action(url)) { h(.button, .class("plain way-in"), text: text) }
                    }
                }
            }
        }
    }
}
