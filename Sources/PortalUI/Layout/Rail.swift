import PortalKit

/// The way to everything, on the left of every page; a bar on top where the screen is narrow.
struct Rail: Sendable {
    let title: String
    let sections: [(name: String, items: [NavigationItem])]

    init(title: String, navigation: [NavigationItem]) {
        self.title = title
        sections = NavigationItem.Section.allCases.compactMap { section in
            let items = navigation.filter { $0.section == section }
            let names: [NavigationItem.Section: String] = [.work: "Work", .insight: "Insight", .run: "Run"]
            return items.isEmpty ? nil : (names[section] ?? "", items)
        }
    }

    func write(_ h: HTMLWriter, current: String?) {
        h(.div, .class("rail")) {
            h(.nav, .aria("label", "Main")) {
                Self.brand(h, title)
                for section in sections {
                    h(.h2, text: section.name)
                    h(.ul) { for item in section.items { self.item(h, item, isCurrent: item.id == current) } }
                }
            }
        }
    }

    private func item(_ h: HTMLWriter, _ item: NavigationItem, isCurrent: Bool) {
        h(.li) {
            h(.a, .href(item.path), isCurrent ? .aria("current", "page") : nil) {
                Icon.navigation(item.icon, h)
                h.text(item.title)
            }
        }
    }

    /// The mark and the name of the portal, leading home.
    static func brand(_ h: HTMLWriter, _ title: String) {
        h(.a, .class("brand"), .href("/"), .aria("label", title)) {
            h.literal(
                """
                <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true"><path class="a" \
                d="M2 20V2h18v18h-6v-9H8v9z"/><path class="b" d="M14 20l6-3"/></svg>
                """)
            h(.span, text: title)
        }
    }
}
