import PortalKit

/// The way to everything, on the left of every page; a drawer that a button opens where the screen is narrow. It opens
/// and closes without a script.
struct Rail: Sendable {
    static let id = "rail"

    let frame: Frame
    let principal: Principal
    let words: any InterfaceWords

    func write(_ h: HTMLWriter, current: String?) {
        h(.div, .class("rail")) {
            h(.nav, .id(Self.id), .aria("label", words.mainNavigation), Attribute("popover", "")) {
                Mark(frame: frame).write(h)
                for section in NavigationItem.Section.allCases {
                    let items = frame.navigation.filter { $0.section == section && $0.isVisible(principal) }
                    if items.isEmpty { continue }
                    h(.h2, text: words.section(section))
                    h(.ul) { for item in items { self.item(h, item, isCurrent: item.id == current) } }
                }
                h(.ul, .class("low")) {
                    h(.li) {
                        h(.a, .href("/help"), current == "help" ? .aria("current", "page") : nil) {
                            Icon.navigation(.help, h)
                            h.text(words.help)
                        }
                    }
                }
            }
        }
    }

    private func item(_ h: HTMLWriter, _ item: NavigationItem, isCurrent: Bool) {
        h(.li) {
            h(
                .a, .href(item.path), isCurrent ? .aria("current", "page") : nil,
                item.key.map { .data("key", String($0)) }
            ) {
                Icon.navigation(item.icon, h)
                h.text(words.navigation(item.id) ?? item.title)
            }
        }
    }
}

/// The mark and the name of the portal, leading home.
struct Mark: Sendable {
    let frame: Frame

    func write(_ h: HTMLWriter) {
        h(.a, .class("brand"), .href("/"), .aria("label", frame.title)) {
            if let logo = frame.assets.logoPath {
                h(.img, .src(logo), Attribute("alt", ""), Attribute("height", "24"))
            } else {
                h.literal(
                    """
                    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true"><path class="a" \
                    d="M2 20V2h18v18h-6v-9H8v9z"/><path class="b" d="M14 20l6-3"/></svg>
                    """)
            }
            h(.span, text: frame.title)
        }
    }
}
