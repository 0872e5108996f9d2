/// A part of the home page; stands for Backstage's home page widgets.
///
///     HomeWidget("builds", title: { $0 == .german ? "Meine Builds" : "My builds" }, width: .columns(6)) { context in
///         buildsTable(try await jenkins.builds(for: context.user))
///     }
///
/// People place widgets as they like. Content that throws or takes too long is replaced by an error in its place alone.
public struct HomeWidget: Contribution {
    /// - Returns: nil where there is nothing to show now; the widget is then left out.
    public typealias Content = @Sendable (ViewContext) async throws -> HTML?

    /// How much of the twelve columns it takes, until people say otherwise.
    public struct Width: Sendable, Hashable {
        public static let all = 12

        public let usual: Int
        public let allowed: ClosedRange<Int>

        /// Bounds beyond the page, or without the usual width, are drawn in.
        public static func columns(_ usual: Int, within allowed: ClosedRange<Int> = 3...all) -> Width {
            let usual = min(max(usual, 1), all)
            let lowest = min(max(allowed.lowerBound, 1), usual)
            return Width(usual: usual, allowed: lowest...max(min(allowed.upperBound, all), usual))
        }
    }

    /// Unique over all plugins: lowercase letters, digits and dashes.
    public let id: String
    public let title: @Sendable (Language) -> String
    public let width: Width
    /// Where it stands, until people say otherwise.
    public let rank: Int
    /// Whether it is there for those who have not chosen.
    public let isUsual: Bool
    /// Who can have it: others are not even offered it.
    public let isFor: @Sendable (Principal) -> Bool
    public let content: Content

    public init(
        _ id: String, title: @escaping @Sendable (Language) -> String, width: Width = .columns(4), rank: Int = 100,
        isUsual: Bool = true, isFor: @escaping @Sendable (Principal) -> Bool = { _ in true },
        content: @escaping Content
    ) {
        self.id = id
        self.title = title
        self.width = width
        self.rank = rank
        self.isUsual = isUsual
        self.isFor = isFor
        self.content = content
    }
}
