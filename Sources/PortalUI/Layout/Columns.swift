public import PortalKit

/// How parts of a page stand beside each other; on small screens all stand below one another.
public enum Columns {
    /// A narrow part with filters or navigation, then the wide one.
    /// - Parameter id: of the wide part, where the narrow one leads past itself.
    public static func side(_ side: HTML, _ content: HTML, id: String) -> HTML {
        HTML { h in
            h(.div, .class("split")) {
                h.add(side)
                h(.div, .id(id), .tabindex(-1)) { h.add(content) }
            }
        }
    }

    /// The wide part first, then the narrow one.
    public static func wide(_ content: HTML, _ narrow: HTML) -> HTML {
        HTML { h in
            h(.div, .class("cols")) {
                h(.div) { h.add(content) }
                h(.div) { h.add(narrow) }
            }
        }
    }

    /// Small groups in as many columns as there is room for.
    public static func groups(_ groups: [HTML]) -> HTML {
        HTML { h in h(.div, .class("groups")) { for group in groups { h.add(group) } } }
    }

    /// A part of the page that filters replace without a new page where scripts run.
    /// - Parameter said: what is said aloud when it was replaced.
    public static func replaceable(_ id: String, said: String, _ content: HTML) -> HTML {
        HTML { h in h(.div, .id(id), .data("page", ""), .data("say", said)) { h.add(content) } }
    }
}
