public import PortalKit

/// A few things about something else, for a small place beside a link to it.
public enum Peek {
    /// The place itself, where it stands on a page; else the module `peek` opens it.
    public static func still(_ content: HTML) -> HTML {
        HTML { h in h(.div, .class("peek still")) { h.add(content) } }
    }

    public static func html(
        id: String, sign: HTML, title: String, facts: [(title: String, value: HTML)], text: HTML, _ links: HTML
    ) -> HTML {
        HTML { h in
            h(.div, .id(id)) {
                h(.p, .class("peek-title")) {
                    h.add(sign)
                    h(.strong, text: title)
                }
                if !text.isEmpty { h(.p, .class("quiet")) { h.add(text) } }
                h.add(Pairs.html(facts.map { ($0.title, $0.value) }))
                h.add(links)
            }
        }
    }
}
