/// An entry of the rail on the left of every page; stands for Backstage's `NavItemBlueprint`.
///
///     NavigationItem("docs", title: "Docs", path: "/docs", icon: .docs, section: .work)
public struct NavigationItem: Contribution {
    /// The sections of the rail, in order.
    public enum Section: String, Sendable, CaseIterable { case work, insight, run }

    /// Signs of the portal's own set.
    public enum Icon: String, Sendable, CaseIterable {
        case home, catalog, api, docs, create, chart, people, bell, star, graph, wrench, settings, help, plug, clock
    }

    /// Unique over all plugins.
    public let id: String
    public let title: String
    public let path: SafeURL
    public let icon: Icon
    public let section: Section
    /// The letter that leads there after `g`.
    public let key: Character?
    /// Where it stands within its section; those that say nothing follow in the order of plugins.
    public let rank: Int
    /// Who sees it; asked for every page, so it decides at once.
    public let isVisible: @Sendable (Principal) -> Bool

    public init(
        _ id: String, title: String, path: SafeURL, icon: Icon = .plug, section: Section = .work, key: Character? = nil,
        rank: Int = 100, isVisible: @escaping @Sendable (Principal) -> Bool = { _ in true }
    ) {
        self.id = id
        self.title = title
        self.path = path
        self.icon = icon
        self.section = section
        self.key = key
        self.rank = rank
        self.isVisible = isVisible
    }
}
