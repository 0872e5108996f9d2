import Foundation
public import PortalKit

/// Links that a search found, by group, with what was sought marked.
public enum FoundList {
    /// One link.
    public struct Item: Sendable {
        let title: String
        let kind: String?
        let url: SafeURL
        let detail: String

        /// - Parameters:
        ///   - kind: of an entity; nil for a page.
        ///   - detail: what tells it from others of that title.
        public init(_ title: String, kind: String?, url: SafeURL, detail: String = "") {
            self.title = title
            self.kind = kind
            self.url = url
            self.detail = detail
        }
    }

    /// Links of one sort.
    public struct Group: Sendable {
        let title: String
        public let items: [Item]
        let sought: String

        /// - Parameter sought: what is marked in titles.
        public init(_ title: String, _ items: [Item], sought: String = "") {
            self.title = title
            self.items = items
            self.sought = sought
        }
    }

    public static func html(id: String, _ groups: [Group], none: String) -> HTML {
        HTML { h in
            h(.div, .id(id), .class("found")) {
                if groups.isEmpty { h(.p, .class("quiet"), text: none) }
                for group in groups {
                    if !group.title.isEmpty { h(.h2, text: group.title) }
                    h(.ul) { for item in group.items { h(.li) { write(item, group.sought, h) } } }
                }
            }
        }
    }

    private static func write(_ item: Item, _ sought: String, _ h: HTMLWriter) {
        h(.a, .href(item.url)) {
            if let kind = item.kind { h.add(Icon.kind(kind)) } else { h.add(Icon.sign(.link)) }
            h(.span) { marked(item.title, sought, h) }
            if !item.detail.isEmpty { h(.small, text: item.detail) }
        }
    }

    /// The first place where the title holds what was sought, whatever the case.
    private static func marked(_ title: String, _ sought: String, _ h: HTMLWriter) {
        guard !sought.isEmpty, let range = title.range(of: sought, options: .caseInsensitive) else {
            return h.text(title)
        }
        h.text(String(title[..<range.lowerBound]))
        h(Tag("mark"), text: String(title[range]))
        h.text(String(title[range.upperBound...]))
    }
}
