public import PortalKit

/// What the operator has to say, the first thing first.
public enum Announcements {
    /// One thing.
    public struct Item: Sendable {
        let title: String
        let text: HTML
        let url: SafeURL?

        public init(_ title: String, text: HTML, url: SafeURL?) {
            self.title = title
            self.text = text
            self.url = url
        }
    }

    public static func html(_ items: [Item]) -> HTML {
        HTML { h in
            h(.div, .class("told")) {
                for item in items {
                    h(.div, Attribute("dir", "auto")) {
                        h(.h3) {
                            if let url = item.url {
                                h(.a, .href(url), .rel("noopener"), text: item.title)
                            } else {
                                h.text(item.title)
                            }
                        }
                        h.add(item.text)
                    }
                }
            }
        }
    }
}
