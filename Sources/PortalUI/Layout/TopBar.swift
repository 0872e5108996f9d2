import PortalKit

/// Where a page is, the search field, and what belongs to the person.
struct TopBar: Sendable {
    let page: PageContent
    let reader: PageShell.Reader

    func write(_ h: HTMLWriter) {
        h(.header, .class("top")) {
            h(.nav, .class("way"), .aria("label", "Breadcrumb")) {
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
        h(.form, .class("seek"), .role("search"), .action("/catalog")) {
            h(.label, .class("unseen"), .for("seek"), text: "Search the catalog")
            h(.input, .type("hidden"), .name("filters[kind]"), .value("all"))
            h.add(Icon.sign(.nothing))
            h(
                .input, .id("seek"), .name("filters[text]"), .type("search"), .placeholder("Search the catalog"),
                Attribute("autocomplete", "off"))
            h(.kbd, .aria("hidden", "true"), text: "/")
        }
    }

    private func account(_ h: HTMLWriter) {
        guard let name = reader.name else { return }
        h(.details, .class("account")) {
            h(.summary, .aria("label", "Account of \(name)")) {
                h(.span, .class("initial"), .aria("hidden", "true"), text: String(name.prefix(1)).uppercased())
                h(.span, text: name)
            }
            h(.div) {
                if let profile = reader.profile { h(.p) { h(.a, .href(profile), text: "My page") } }
                h(.p, .class("label"), .id("theme"), text: "Theme")
                h(.form, .class("segments"), .method("post"), .action("/theme"), .aria("labelledby", "theme")) {
                    h(.input, .type("hidden"), .name("return"), .value(reader.path))
                    for (value, text) in [("auto", "Auto"), ("light", "Light"), ("dark", "Dark")] {
                        let isOn = (reader.theme ?? "auto") == value
                        h(
                            .button, .name("theme"), .value(value), .aria("pressed", isOn ? "true" : "false"),
                            text: text)
                    }
                }
                h.add(Button.form("Sign out", to: "/sign-out"))
            }
        }
    }
}
