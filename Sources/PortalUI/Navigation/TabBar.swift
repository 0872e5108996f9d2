public import PortalKit

/// The parts of a page that have addresses of their own.
public enum TabBar {
    /// One part.
    public struct Tab: Sendable {
        let title: String
        let url: SafeURL
        let isCurrent: Bool
        let count: Int?

        /// - Parameter count: how many things it lists.
        public init(_ title: String, url: SafeURL, isCurrent: Bool, count: Int? = nil) {
            self.count = count
            self.title = title
            self.url = url
            self.isCurrent = isCurrent
        }
    }

    public static func html(_ label: String, _ tabs: [Tab], _ words: any InterfaceWords) -> HTML {
        HTML { h in
            h(.nav, .class("tabs"), .aria("label", label)) {
                for tab in tabs {
                    h(.a, .href(tab.url), tab.isCurrent ? .aria("current", "page") : nil) {
                        h.text(tab.title)
                        if let count = tab.count { h(.small, text: " \(words.number(count))") }
                    }
                }
            }
        }
    }
}
