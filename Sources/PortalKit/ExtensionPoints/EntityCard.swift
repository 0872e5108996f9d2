public import EntityModel

/// A card on the Overview of an entity's page; stands for Backstage's `EntityCardBlueprint`.
///
///     EntityCard("jenkins-builds", title: "Builds", when: .annotated("jenkins.io/job-full-name")) { entity, _ in
///         buildsTable(try await jenkins.builds(of: entity))
///     }
///
/// Content that throws or takes too long is replaced by an error on that card alone.
public struct EntityCard: Contribution {
    public typealias Content = @Sendable (Entity, ViewContext) async throws -> HTML

    /// Backstage's card types: `summary` stands in front, `info` in the narrow column, `content` in the wide one.
    public enum Place: String, Sendable, CaseIterable { case summary, info, content }

    /// Unique over all plugins: lowercase letters, digits and dashes.
    public let id: String
    public let title: String
    public let place: Place
    public let condition: EntityCondition
    public let content: Content

    public init(
        _ id: String, title: String, place: Place = .info, when condition: EntityCondition = .always,
        content: @escaping Content
    ) {
        self.id = id
        self.title = title
        self.place = place
        self.condition = condition
        self.content = content
    }
}
