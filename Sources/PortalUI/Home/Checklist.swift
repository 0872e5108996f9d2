public import PortalKit

/// Things to do, each with whether it is done and the way to it.
public enum Checklist {
    /// One thing.
    public struct Item: Sendable {
        let title: String
        let text: String
        public let isDone: Bool
        let link: (text: String, url: SafeURL)?

        /// - Parameter text: why it matters, or how it stands.
        public init(_ title: String, _ text: String, isDone: Bool, link: (text: String, url: SafeURL)? = nil) {
            self.title = title
            self.text = text
            self.isDone = isDone
            self.link = link
        }
    }

    public static func html(_ items: [Item], _ words: any InterfaceWords) -> HTML {
        HTML { h in
            h(.ol, .class("checks")) {
                for item in items {
                    h(.li, .class(item.isDone ? "done" : "open")) {
                        if item.isDone {
                            h.add(Icon.sign(.check, label: words.done))
                        } else {
                            h(.span, .class("ring")) { h(.span, .class("unseen"), text: words.stillOpen) }
                        }
                        h(.div) {
                            h(.strong, text: item.title)
                            h(.small, text: item.text)
                        }
                        if let link = item.link, !item.isDone { h(.a, .href(link.url), text: link.text) }
                    }
                }
            }
        }
    }
}
