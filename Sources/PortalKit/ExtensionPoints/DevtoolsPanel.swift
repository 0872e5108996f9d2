/// A part of the pages on which operators look into the portal; it is one tab with an address of its own, and seen by
/// those alone whom `devtools.allow` names. Stands for a `SubPageBlueprint` of Backstage's DevTools.
///
///     DevtoolsPanel("queue", title: { _ in "Queue" }) { request, context in table(try await queue.state()) }
public struct DevtoolsPanel: Contribution {
    public typealias Content = @Sendable (PortalRequest, ViewContext) async throws -> HTML

    /// Unique over all plugins; the last part of the address, `/devtools/<id>`.
    public let id: String
    /// What the tab says.
    public let title: @Sendable (Language) -> String
    /// Where the tab stands; the first is `/devtools` itself.
    public let rank: Int
    /// Has a few seconds; what it throws is told in its place, and the other tabs stay.
    public let content: Content

    public init(
        _ id: String, rank: Int = 100, title: @escaping @Sendable (Language) -> String, content: @escaping Content
    ) {
        self.id = id
        self.title = title
        self.rank = rank
        self.content = content
    }
}

/// One more thing that operators are told first, beside version and memory.
public struct DevtoolsFact: Contribution {
    public let title: @Sendable (Language) -> String
    public let value: @Sendable (ViewContext) async throws -> HTML

    public init(
        title: @escaping @Sendable (Language) -> String,
        value: @escaping @Sendable (ViewContext) async throws -> HTML
    ) {
        self.title = title
        self.value = value
    }
}
