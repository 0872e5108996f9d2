import EntityModel
import PortalKit

/// `app.navigation`: which entries stand first in the rail, and in which order; those that it does not name follow.
struct NavigationSettings: Sendable {
    /// One entry: that of a plugin by its id, or a link of the operator's own.
    enum Entry: Sendable {
        case known(String)
        case own(NavigationItem)
    }

    let entries: [Entry]

    /// - Throws: `PortalError` of kind `input` that names the key.
    init(_ node: ConfigNode) throws {
        entries = try (node.items() ?? []).enumerated().map { number, item in
            if let id = item.value?.string { return .known(id) }
            let url = try item["url"].requiredText()
            guard let safe = SafeURL(url) else {
                throw item["url"].mistake("must be an address that is safe to follow")
            }
            return .own(
                NavigationItem(
                    "app-navigation-\(number)", title: try item["title"].requiredText(), path: safe,
                    icon: try Self.word(item["icon"], NavigationItem.Icon.allCases) ?? .plug,
                    section: try Self.word(item["section"], NavigationItem.Section.allCases) ?? .work))
        }
    }

    private static func word<Word: RawRepresentable<String>>(_ node: ConfigNode, _ all: [Word]) throws -> Word? {
        guard let text = try node.text() else { return nil }
        guard let word = Word(rawValue: text) else {
            let names = all.map(\.rawValue)
            throw node.mistake("must be one of \(names.joined(separator: ", "))", near: text, among: names)
        }
        return word
    }

    /// The entries of the rail in their order.
    func ordered(_ items: [NavigationItem]) -> [NavigationItem] {
        let named = entries.compactMap { entry -> NavigationItem? in
            switch entry {
            case .known(let id): items.first { $0.id == id }
            case .own(let item): item
            }
        }
        let ids = Set(named.map(\.id))
        return named + items.filter { !ids.contains($0.id) }
    }

    static let keys: [ConfigKey] = [
        ConfigKey(
            "app.navigation[]", .any, isLive: true,
            "The id of an entry of the rail, such as catalog, or a link with title and url; these stand first."),
        ConfigKey("app.navigation[].title", .text, isLive: true, "What the link says."),
        ConfigKey("app.navigation[].url", .text, isLive: true, "Where it leads."),
        ConfigKey("app.navigation[].icon", .text, isLive: true, "Its sign, such as docs, chart or plug."),
        ConfigKey("app.navigation[].section", .text, isLive: true, "Where it stands: work, insight or run."),
    ]
}
