public import PortalKit

/// The frame of every page: rail, top bar, notices, content.
public struct PageShell: Sendable {
    /// What the frame needs to know of a request.
    public struct Reader: Sendable {
        /// Who sees which ways.
        public let principal: Principal
        /// What the account menu shows; nil for nobody.
        public let name: String?
        /// The person's own page.
        public let profile: SafeURL?
        public let preferences: ViewPreferences
        public let language: Language
        /// The page itself, to come back to.
        public let path: String

        public init(
            name: String?, principal: Principal = .none, profile: SafeURL? = nil, preferences: ViewPreferences,
            language: Language, path: String
        ) {
            self.name = name
            self.principal = principal
            self.profile = profile
            self.preferences = preferences
            self.language = language
            self.path = path
        }
    }

    public let frame: Frame

    public init(_ frame: Frame) { self.frame = frame }

    /// Modules that every page uses where scripts run.
    private static let modules = ["swap", "keys", "palette"]
    /// Without the frame there is nowhere to go, so no letter leads there.
    private static let loneModules = ["swap", "keys"]

    /// A page within the frame.
    public func html(_ page: PageContent, current: String?, for reader: Reader) -> HTML {
        let words = reader.language.interface
        let above = page.trail.map(\.title).reversed()
        return document(([page.title] + above).joined(separator: " · "), reader, modules: page.modules) { h in
            h(.a, .class("skip"), .href("#main"), text: words.skipToContent)
            h(.div, .class("app")) {
                Rail(frame: frame, principal: reader.principal, words: words).write(h, current: current)
                h(.div, .class("page")) {
                    TopBar(page: page, reader: reader, words: words).write(h)
                    for notice in frame.notices { Self.write(notice, h, reader.language) }
                    h(.main, .id("main"), .tabindex(-1)) { h.add(page.html) }
                }
            }
            h(.p, .id("said"), .class("unseen"), .role("status"))
        }
    }

    /// A page without the frame: signing in, errors for those who are not signed in.
    public func lone(_ title: String, _ content: HTML, for reader: Reader) -> HTML {
        document(title, reader, isLone: true) { h in
            h(.main, .id("main"), .class("lone")) {
                Mark(frame: frame).write(h)
                h.add(Sheet.html(content))
            }
        }
    }

    private static func write(_ notice: Frame.Notice, _ h: HTMLWriter, _ language: Language) {
        let text = notice.text(language)
        h(.aside, .class("notice \(notice.tone.rawValue)"), .aria("label", language.interface.notice)) {
            h.add(Icon.sign(notice.tone == .info ? .info : .warning))
            if let link = notice.link {
                h(.a, .href(link), text: text)
            } else {
                h(.span, text: text)
            }
        }
    }

    private func document(
        _ title: String, _ reader: Reader, modules: [String] = [], isLone: Bool = false, body: (HTMLWriter) -> Void
    ) -> HTML {
        let preferences = reader.preferences
        let ends = title == frame.title ? frame.organization.map { [$0] } ?? [] : [frame.organization ?? frame.title]
        return HTML { h in
            h.literal("<!doctype html>\n")
            h(
                .html, Attribute("lang", reader.language.rawValue),
                preferences.theme == .auto ? nil : .data("theme", preferences.theme.rawValue),
                preferences.density == .normal ? nil : .data("density", preferences.density.rawValue),
                preferences.textSize == .normal ? nil : .data("text", preferences.textSize.rawValue),
                preferences.hasKeys && !isLone ? nil : .data("keys", "off")
            ) {
                h(.head) {
                    h.literal("<meta charset=\"utf-8\">")
                    h(.meta, .name("viewport"), Attribute("content", "width=device-width, initial-scale=1"))
                    h(.title, text: ([title] + ends).joined(separator: " · "))
                    h(.link, .rel("stylesheet"), .href(frame.assets.stylePath))
                    if let icon = frame.assets.path("icon.svg") { h(.link, .rel("icon"), .href(icon)) }
                    for name in isLone ? Self.loneModules : Self.modules + modules {
                        guard let path = frame.assets.path("\(name).js") else { continue }
                        h(.script, .type("module"), .src(path))
                    }
                }
                let words = reader.language.interface
                h(
                    .body, .data("word-copy", words.copy), .data("word-copied", words.copied),
                    .data("word-go", words.goTo), .data("word-hint", words.goToHint),
                    .data("word-none", words.nothingFound)
                ) {
                    h.add(Icon.sprite)
                    body(h)
                }
            }
        }
    }
}
