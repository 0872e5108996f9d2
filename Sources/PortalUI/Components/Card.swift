public import PortalKit

/// A titled part of a page.
public enum Card {
    /// - Parameters:
    ///   - id: what an address can point at.
    ///   - count: how many things the part lists, as the language writes numbers.
    ///   - action: stands at the end of the title.
    public static func html(
        _ title: String, id: String? = nil, count: String? = nil, action: HTML = .empty, content: HTML
    ) -> HTML {
        HTML { h in
            h(.section, .class("card"), id.map { Attribute.id($0) }) {
                h(.h2) {
                    h(.span) {
                        h.text(title)
                        if let count { h(.small, text: " \(count)") }
                    }
                    h.add(action)
                }
                h.add(content)
            }
        }
    }

    /// A part of a card with a title of its own.
    public static func part(_ title: String, _ content: HTML) -> HTML {
        HTML { h in
            h(.div, .class("group")) {
                h(.h3, text: title)
                h.add(content)
            }
        }
    }

    /// A text in a part of a page.
    public static func text(_ text: String) -> HTML { HTML { h in h(.p, .class("prose"), text: text) } }

    /// Words beside the matter, with links among them.
    public static func quiet(_ content: HTML) -> HTML { HTML { h in h(.p, .class("quiet")) { h.add(content) } } }

    /// What is said where a part has nothing to show.
    public static func quiet(_ text: String) -> HTML { HTML { h in h(.p, .class("quiet"), text: text) } }
}
