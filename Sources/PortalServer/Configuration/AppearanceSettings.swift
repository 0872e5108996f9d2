import EntityModel
import PortalKit
import PortalUI

/// How the portal calls itself and what it looks like: `app.*` and `organization.name`. All of it may change while the
/// portal runs.
struct AppearanceSettings: Sendable {
    /// Where people get help, `app.support` as upstream has it.
    struct Support: Sendable, Hashable {
        struct Item: Sendable, Hashable {
            let title: String
            let links: [Link]
        }

        struct Link: Sendable, Hashable {
            let title: String
            let url: SafeURL
        }

        let url: SafeURL?
        let items: [Item]
    }

    let title: String
    let organization: String?
    let support: Support
    let notices: [Frame.Notice]
    let navigation: NavigationSettings
    let accent: Colour?
    /// A path from the configuration's folder; the file is read at boot.
    let logo: String?

    /// - Throws: `PortalError` of kind `input` that names the key.
    init(_ config: AppConfig) throws {
        title = try config.node("app.title").text() ?? "Callboard"
        organization = try config.node("organization.name").text().flatMap { $0.isEmpty ? nil : $0 }
        support = try Self.support(config.node("app.support"))
        notices = try Self.notices(config.node("app.notice"))
        navigation = try NavigationSettings(config.node("app.navigation"))
        accent = try Self.accent(config.node("app.branding.accent"))
        logo = try config.node("app.branding.logo").text()
    }

    private static func support(_ node: ConfigNode) throws -> Support {
        let items = try (node["items"].items() ?? []).map { item in
            Support.Item(
                title: try item["title"].requiredText(),
                links: try (item["links"].items() ?? []).map { link in
                    let url = try link["url"].requiredText()
                    return Support.Link(title: try link["title"].text() ?? url, url: try safe(url, link["url"]))
                })
        }
        return Support(url: try node["url"].text().map { try safe($0, node["url"]) }, items: items)
    }

    private static func notices(_ node: ConfigNode) throws -> [Frame.Notice] {
        guard let text = try node["text"].text(), !text.isEmpty else { return [] }
        let tone = node["tone"]
        let word = try tone.text() ?? Note.Tone.info.rawValue
        guard let known = Note.Tone(rawValue: word) else {
            let words = Note.Tone.allCases.map(\.rawValue)
            throw tone.mistake("must be one of \(words.joined(separator: ", "))", near: word, among: words)
        }
        return [Frame.Notice(known, link: try node["url"].text().map { try safe($0, node["url"]) }) { _ in text }]
    }

    private static func accent(_ node: ConfigNode) throws -> Colour? {
        guard let text = try node.text() else { return nil }
        guard let colour = Colour(text) else {
            throw node.mistake("must be a colour such as '#0a7ea4', but is '\(text)'")
        }
        return colour
    }

    private static func safe(_ text: String, _ node: ConfigNode) throws -> SafeURL {
        guard let url = SafeURL(text) else { throw node.mistake("must be an address that is safe to follow") }
        return url
    }

    static let keys: [ConfigKey] =
        [
            ConfigKey("app.title", .text, default: "Callboard", isLive: true, "The portal's name in titles."),
            ConfigKey("organization.name", .text, isLive: true, "The organisation's name, at the end of titles."),
            ConfigKey("app.support.url", .text, isLive: true, "Where people get help."),
            ConfigKey("app.support.items[].title", .text, isLive: true, "One way to get help, on the page Help."),
            ConfigKey("app.support.items[].icon", .text, isLive: true, "Read and not shown."),
            ConfigKey("app.support.items[].links[].url", .text, isLive: true, "Where it leads."),
            ConfigKey("app.support.items[].links[].title", .text, isLive: true, "What the link says."),
            ConfigKey("app.notice.text", .text, isLive: true, "A word to everybody, above every page."),
            ConfigKey(
                "app.notice.tone", .text, default: "info", isLive: true, "How much it matters: info, warn or bad."),
            ConfigKey("app.notice.url", .text, isLive: true, "Where the notice leads."),
            ConfigKey(
                "app.branding.accent", .text, isLive: true,
                "The colour of buttons and marks, as '#0a7ea4'; made readable where it is not."),
            ConfigKey(
                "app.branding.logo", .text, "An svg, png or webp file instead of the mark, from this file's folder."),
        ] + NavigationSettings.keys
}
