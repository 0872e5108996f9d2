public import PortalKit

/// The frame of every page: rail, top bar, content.
public struct PageShell: Sendable {
    /// What the frame needs to know of a request.
    public struct Reader: Sendable {
        /// What the account menu shows; nil for nobody.
        public let name: String?
        /// The person's own page.
        public let profile: SafeURL?
        /// `light` or `dark`; nil follows the system.
        public let theme: String?
        /// The page itself, to come back to.
        public let path: String

        public init(name: String?, profile: SafeURL? = nil, theme: String?, path: String) {
            self.name = name
            self.profile = profile
            self.theme = theme
            self.path = path
        }
    }

    /// The portal's name.
    public let title: String
    private let rail: Rail

    /// - Parameter title: the portal's name, `app.title`.
    public init(title: String, navigation: [NavigationItem]) {
        self.title = title
        rail = Rail(title: title, navigation: navigation)
    }

    /// A page within the frame.
    public func html(_ page: PageContent, current: String?, for reader: Reader) -> HTML {
        let above = page.trail.map(\.title).reversed()
        return document(([page.title] + above).joined(separator: " · "), reader) { h in
            h(.a, .class("skip"), .href("#main"), text: "Skip to content")
            h(.div, .class("app")) {
                rail.write(h, current: current)
                h(.div, .class("page")) {
                    TopBar(page: page, reader: reader).write(h)
                    h(.main, .id("main"), .tabindex(-1)) { h.add(page.html) }
                }
            }
            h(.p, .id("said"), .class("unseen"), .role("status"))
        }
    }

    /// A page without the frame: signing in, errors for those who are not signed in.
    public func lone(_ title: String, _ content: HTML, for reader: Reader) -> HTML {
        document(title, reader) { h in
            h(.main, .id("main"), .class("lone")) {
                Rail.brand(h, self.title)
                h(.div, .class("sheet")) { h.add(content) }
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
}
