public import PortalKit

/// Pages below one another, such as those that somebody has been to.
public enum PageLinks {
    /// One page.
    public struct Item: Sendable {
        let title: String
        let url: SafeURL
        let sign: HTML
        let note: HTML

        /// - Parameters:
        ///   - sign: stands in front, as the shape of an entity's kind.
        ///   - note: stands at the end, such as a time.
        public init(_ title: String, _ url: SafeURL, sign: HTML = Icon.sign(.link), note: HTML = .empty) {
            self.title = title
            self.url = url
            self.sign = sign
            self.note = note
        }
    }

    public static func html(_ items: [Item]) -> HTML {
        HTML { h in
            h(.ul, .class("rows")) {
                for item in items {
                    h(.li, .data("row", "")) {
                        h.add(item.sign)
                        h(.div) { h(.a, .href(item.url), Attribute("dir", "auto"), text: item.title) }
                        if !item.note.isEmpty { h(.span, .class("quiet")) { h.add(item.note) } }
                    }
                }
            }
        }
    }
}
