public import PortalKit

/// The parts of a long page, beside it; on small screens it is folded above.
public enum SideList {
    public struct Group: Sendable {
        let title: String
        let links: [(title: String, url: SafeURL)]
        let isOpen: Bool

        public init(_ title: String, _ links: [(title: String, url: SafeURL)], isOpen: Bool = true) {
            self.isOpen = isOpen
            self.title = title
            self.links = links
        }
    }

    public static func html(_ label: String, _ groups: [Group]) -> HTML {
        HTML { h in
            h(.nav, .class("sidelist"), .aria("label", label)) {
                for group in groups {
                    h(.details, Attribute.flag("open", group.isOpen)) {
                        h(.summary, .class("label"), text: group.title)
                        h(.ul) { for link in group.links { h(.li) { h(.a, .href(link.url), text: link.title) } } }
                    }
                }
            }
        }
    }
}
