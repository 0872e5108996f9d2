public import PortalKit

/// The frame of every page: rail, top bar, content.
public struct PageShell: Sendable {
    /// What the frame needs to know of a request.
    public struct Reader: Sendable {
        /// What the account menu shows; nil for nobody.
        public let name: String?
        /// `light` or `dark`; nil follows the system.
        public let theme: String?
        /// The page itself, to come back to.
        public let path: String

        public init(name: String?, theme: String?, path: String) {
            self.name = name
            self.theme = theme
            self.path = path
        }
    }

    private let title: String
    private let sections: [(name: String, items: [NavigationItem])]

    /// - Parameter title: the portal's name, `app.title`.
    public init(title: String, navigation: [NavigationItem]) {
        self.title = title
        sections = NavigationItem.Section.allCases.compactMap { section in
            let items = navigation.filter { $0.section == section }
            let names: [NavigationItem.Section: String] = [.work: "Work", .insight: "Insight", .run: "Run"]
            return items.isEmpty ? nil : (names[section] ?? "", items)
        }
    }

    /// A page within the frame.
    public func html(_ page: PageContent, current: String?, for reader: Reader) -> HTML {
        document(page.title, reader) { h in
            h(.a, .class("skip"), .href("#main"), text: "Skip to content")
            h(.div, .class("app")) {
                rail(h, current: current)
                h(.div) {
                    top(h, page, reader)
                    h(.main, .id("main"), .tabindex(-1)) { h.add(page.html) }
                }
            }
        }
    }

    /// A page without the frame: signing in, errors for those who are not signed in.
    public func lone(_ title: String, _ content: HTML, for reader: Reader) -> HTML {
        document(title, reader) { h in
            h(.main, .id("main"), .class("lone")) {
                brand(h)
                h.add(content)
            }
        }
    }

    private func document(_ title: String, _ reader: Reader, body: (HTMLWriter) -> Void) -> HTML {
        HTML { h in
            h.literal("<!doctype html>\n")
            h(.html, Attribute("lang", "en"), reader.theme.map { Attribute.data("theme", $0) }) {
                h(.head) {
                    h.literal("<meta charset=\"utf-8\">")
                    h(.meta, .name("viewport"), Attribute("content", "width=device-width, initial-scale=1"))
                    h(.title, text: title == self.title ? title : "\(title) · \(self.title)")
                    h(.link, .rel("stylesheet"), .href(Assets.shared.path("app.css")))
                    h(.link, .rel("icon"), .href(Assets.shared.path("icon.svg")))
                    h(.script, .type("module"), .src(Assets.shared.path("app.js")))
                }
                h(.body) {
                    h.add(Icon.sprite)
                    body(h)
                }
            }
        }
    }

    private func brand(_ h: HTMLWriter) {
        h(.a, .class("brand"), .href("/")) {
            h.literal(
                """
                <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true"><path class="a" \
                d="M2 20V2h18v18h-6v-9H8v9z"/><path class="b" d="M14 20l6-3"/></svg>
                """)
            h(.span, text: title)
        }
    }

    private func rail(_ h: HTMLWriter, current: String?) {
        h(.nav, .class("rail"), .aria("label", "Main")) {
            brand(h)
            for section in sections {
                h(.h2, text: section.name)
                h(.ul) {
                    for item in section.items {
                        h(.li) {
                            h(.a, .href(item.path), item.id == current ? .aria("current", "page") : nil) {
                                Icon.navigation(item.icon, h)
                                h.text(item.title)
                            }
                        }
                    }
                }
            }
        }
    }

    private func top(_ h: HTMLWriter, _ page: PageContent, _ reader: Reader) {
        h(.header, .class("top")) {
            h(.nav, .aria("label", "Breadcrumb")) {
                h(.ol, .class("trail")) {
                    for step in page.trail { h(.li) { h(.a, .href(step.path), text: step.title) } }
                    h(.li, .aria("current", "page"), text: page.title)
                }
            }
            h(.form, .class("seek"), .role("search"), .action("/catalog")) {
                h(.label, .class("unseen"), .for("seek"), text: "Search the catalog")
                h(.input, .type("hidden"), .name("filters[kind]"), .value("all"))
                h(
                    .input, .id("seek"), .name("filters[text]"), .type("search"), .placeholder("Search the catalog"),
                    Attribute("autocomplete", "off"))
                h(.kbd, .aria("hidden", "true"), text: "⌘K")
            }
            account(h, reader)
        }
    }

    private func account(_ h: HTMLWriter, _ reader: Reader) {
        guard let name = reader.name else { return }
        h(.details, .class("account")) {
            h(.summary, text: name)
            h(.div) {
                h(.div, .class("label"), text: "Theme")
                h(.form, .method("post"), .action("/theme")) {
                    h(.input, .type("hidden"), .name("return"), .value(reader.path))
                    for (value, text) in [("auto", "Auto"), ("light", "Light"), ("dark", "Dark")] {
                        let isOn = (reader.theme ?? "auto") == value
                        h(
                            .button, .class("button"), .name("theme"), .value(value),
                            .aria("pressed", isOn ? "true" : "false"), text: text)
                    }
                }
                h(.form, .method("post"), .action("/sign-out")) {
                    h(.button, .class("button"), text: "Sign out")
                }
            }
        }
    }
}
