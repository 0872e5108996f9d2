import PortalKit

/// Where a page is, the search field, and what belongs to the person.
struct TopBar: Sendable {
    let page: PageContent
    let reader: PageShell.Reader
    let words: any InterfaceWords

    private static let account = "account"

    func write(_ h: HTMLWriter) {
        h(.header, .class("top")) {
            h(
                .button, .type("button"), .class("plain opener"), Attribute("popovertarget", Rail.id),
                .aria("label", words.menu)
            ) { h.add(Icon.sign(.menu)) }
            h(.nav, .class("way"), .aria("label", words.breadcrumb)) {
                h(.ol, .class("trail")) {
                    for step in page.trail { h(.li) { h(.a, .href(step.path), text: step.title) } }
                    h(.li, .aria("current", "page"), text: page.title)
                }
            }
            search(h)
            account(h)
        }
    }

    private func search(_ h: HTMLWriter) {
        h(.form, .class("seek"), .role("search"), .action("/go")) {
            h(.label, .class("unseen"), .for("seek"), text: words.search)
            h.add(Icon.sign(.nothing))
            h(
                .input, .id("seek"), .name("query"), .type("search"), .placeholder(words.search),
                Attribute("autocomplete", "off"), .data("suggest", ""))
            h(.kbd, .aria("hidden", "true"), text: "/")
        }
    }

    private func account(_ h: HTMLWriter) {
        guard let name = reader.name else { return }
        h(
            .button, .type("button"), .class("plain account"), Attribute("popovertarget", Self.account),
            .aria("label", words.account(of: name))
        ) {
            h(.span, .class("initial"), .aria("hidden", "true"), text: String(name.prefix(1)).uppercased())
            h(.span, text: name)
        }
        h(.div, .id(Self.account), .class("menu"), Attribute("popover", "")) {
            if let profile = reader.profile { h(.a, .class("way-in"), .href(profile), text: words.myPage) }
            h(.a, .class("way-in"), .href("/settings"), text: words.settings)
            theme(h)
            signOut(h)
        }
    }

    /// Whoever would lose something is asked first.
    private func signOut(_ h: HTMLWriter) {
        if case .user(let user) = reader.principal, case .session = user.settingsOwner {
            let question = SafeURL.path(["sign-out"], query: [("return", reader.path)])
            h(.a, .class("way-in"), .href(question), text: words.signOutAsks)
        } else {
            h.add(Button.form(words.signOut, to: "/sign-out"))
        }
    }

    private func theme(_ h: HTMLWriter) {
        h(.p, .class("label"), .id("theme"), text: words.theme)
        h(.form, .class("segments"), .method("post"), .action("/settings/view"), .aria("labelledby", "theme")) {
            h(.input, .type("hidden"), .name("return"), .value(reader.path))
            for theme in ViewPreferences.Theme.allCases {
                h(
                    .button, .name("theme"), .value(theme.rawValue),
                    .aria("pressed", reader.preferences.theme == theme ? "true" : "false"), text: words.theme(theme))
            }
        }
    }
}
