public import EntityModel

/// The catalog as other features see it, always with the rights of somebody.
public protocol CatalogService: Sendable {
    /// The entity with that reference, as it is served, or nil where there is none that the principal may read.
    func entity(_ reference: EntityReference, as principal: Principal) async throws -> Entity?

    /// The entities with these references that the principal may read, as lists show them: without relations, and
    /// long texts cut. The lists of pages ask for dozens at once.
    func listed(
        _ references: [EntityReference], as principal: Principal
    ) async throws -> [EntityReference: Entity]

    /// Which of these references are those of entities that the principal may read.
    func known(_ references: [EntityReference], as principal: Principal) async throws -> Set<EntityReference>

    /// Entities that match, by reference, at most `limit`.
    func entities(_ predicate: EntityPredicate, limit: Int, as principal: Principal) async throws -> [Entity]

    /// A condition in the form in which it travels: `{allOf}`, `{anyOf}`, `{not}` and `{rule, resourceType, params}`.
    /// - Returns: nil for a condition that no rule of the catalog can express.
    func criteria(of predicate: EntityPredicate) -> JSONValue?
}

extension CatalogService {
    public func listed(
        _ references: [EntityReference], as principal: Principal
    ) async throws -> [EntityReference: Entity] {
        var found: [EntityReference: Entity] = [:]
        for reference in references { found[reference] = try await entity(reference, as: principal) }
        return found
    }

    public func known(
        _ references: [EntityReference], as principal: Principal
    ) async throws -> Set<EntityReference> {
        Set(try await listed(references, as: principal).keys)
    }

    public func criteria(of predicate: EntityPredicate) -> JSONValue? { nil }
}
