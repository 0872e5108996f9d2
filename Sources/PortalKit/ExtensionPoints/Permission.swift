/// Something that can be permitted or denied, by the names that Backstage gives it.
public struct Permission: Contribution, Hashable {
    public enum Action: String, Sendable, CaseIterable { case create, read, update, delete, use }

    /// The type of resource that conditions can be about.
    public static let entityResource = "catalog-entity"

    /// For example `catalog.entity.read`.
    public let name: String
    public let action: Action
    /// `catalog-entity` where decisions may depend on the entity.
    public let resourceType: String?

    public init(_ name: String, _ action: Action, on resourceType: String? = nil) {
        self.name = name
        self.action = action
        self.resourceType = resourceType
    }
}
