public import PortalKit

/// The beginning of a page: its name, what to know of it at once, and what can be done.
public enum PageHead {
    /// A longer title would fill the screen of a phone; its letters are smaller.
    private static let longestLarge = 150

    /// - Parameters:
    ///   - sign: stands in front, as the shape of an entity's kind.
    ///   - subtitle: one line below the title.
    ///   - actions: buttons at the end.
    public static func html(
        _ title: String, sign: HTML = .empty, subtitle: HTML = .empty, actions: HTML = .empty
    ) -> HTML {
        HTML { h in
            h(.div, .class("head")) {
                h.add(sign)
                h(.div) {
                    h(.h1, title.utf8.count > longestLarge ? .class("long") : nil, text: title)
                    if !subtitle.isEmpty { h(.p) { h.add(subtitle) } }
                }
                if !actions.isEmpty { h(.div, .class("actions")) { h.add(actions) } }
            }
        }
    }
}
