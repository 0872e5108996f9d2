public import EntityModel

/// The catalog as other features see it, always with the rights of somebody.
public protocol CatalogService: Sendable {
    /// The entity with that reference, as it is served, or nil where there is none that the principal may read.
    func entity(_ reference: EntityReference, as principal: Principal) async throws -> Entity?

    /// Entities that match, by reference, at most `limit`.
    func entities(_ predicate: EntityPredicate, limit: Int, as principal: Principal) async throws -> [Entity]
}
