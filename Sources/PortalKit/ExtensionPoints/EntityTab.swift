/// A tab of an entity's page, with its own URL `/catalog/:namespace/:kind/:name/<id>`; stands for Backstage's
/// `EntityContentBlueprint`.
///
///     EntityTab("ci-cd", title: "CI/CD", group: .development, when: .annotated("jenkins.io/job-full-name")) {
///         entity, context in
///         buildsTable(try await jenkins.builds(of: entity), now: context.now)
///     }
public struct EntityTab: Contribution {
    /// Backstage's groups of entity content, in the order in which tabs stand.
    public enum Group: String, Sendable, CaseIterable {
        case overview, documentation, development, deployment, operation, observability
    }

    /// Unique over all plugins, and the last part of the tab's URL: lowercase letters, digits and dashes.
    public let id: String
    public let title: String
    public let group: Group
    public let condition: EntityCondition
    public let content: EntityCard.Content

    public init(
        _ id: String, title: String, group: Group = .overview, when condition: EntityCondition = .always,
        content: @escaping EntityCard.Content
    ) {
        self.id = id
        self.title = title
        self.group = group
        self.condition = condition
        self.content = content
    }
}
