/// Something that people switch on for themselves at `/settings/feature-flags`; off until they do. Stands for
/// Backstage's feature flags.
///
///     FeatureFlag("new-builds", title: "New list of builds", description: "Shows steps, too.")
///
/// Its plugin asks `FeatureFlags` who has it on.
public struct FeatureFlag: Contribution {
    /// Unique over all plugins: lowercase letters, digits and dashes.
    public let id: String
    public let title: String
    /// What changes, in a sentence.
    public let description: String

    public init(_ id: String, title: String, description: String) {
        self.id = id
        self.title = title
        self.description = description
    }
}
