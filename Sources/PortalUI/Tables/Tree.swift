public import PortalKit

/// Things below one another, as groups in an organisation.
public enum Tree {
    /// One thing with what is below it.
    public struct Item: Sendable {
        public let title: String
        public let kind: String
        /// Nil for what has no page.
        public let url: SafeURL?
        let isCurrent: Bool
        /// How much below it is not among the children.
        let hidden: Int
        /// What is said behind its title.
        let note: String?
        let children: [Item]

        public init(
            _ title: String, kind: String, url: SafeURL?, isCurrent: Bool = false, hidden: Int = 0,
            note: String? = nil, children: [Item] = []
        ) {
            self.title = title
            self.kind = kind
            self.url = url
            self.isCurrent = isCurrent
            self.hidden = hidden
            self.note = note
            self.children = children
        }
    }

    /// - Parameter root: its depth is the caller's to limit.
    public static func html(_ root: Item, _ words: any InterfaceWords) -> HTML {
        HTML { h in h(.ul, .class("tree")) { write(root, h, words) } }
    }

    private static func write(_ item: Item, _ h: HTMLWriter, _ words: any InterfaceWords) {
        h(.li) {
            h(.span, .class("step")) {
                h.add(Icon.kind(item.kind))
                if item.isCurrent {
                    h(.strong, text: item.title)
                } else if let url = item.url {
                    h(.a, .href(url), text: item.title)
                } else {
                    h(.span, .class("missing"), text: item.title)
                }
                if let note = item.note { h(.small, .class("quiet"), text: note) }
            }
            if item.children.isEmpty && item.hidden <= 0 { return }
            h(.ul) {
                for child in item.children { write(child, h, words) }
                if item.hidden > 0 { h(.li, .class("quiet"), text: words.andMore(item.hidden)) }
            }
        }
    }
}
