public import EntityModel

/// Adds to what happens to every entity that is read, in upstream's three places.
///
/// ```swift
/// EntityProcessor("team-labels", version: 1, preprocess: { entity, context in
///     var entity = entity
///     entity.annotate("example.org/read-from", context.location.description)
///     return entity
/// })
/// ```
public struct EntityProcessor: Contribution {
    public typealias Preprocess = @Sendable (Entity, EntityProcessingContext) async throws -> Entity
    public typealias Validate = @Sendable (Entity) throws -> Bool
    public typealias Postprocess = @Sendable (Entity, EntityProcessingContext) async throws -> [Relation]

    public let name: String
    /// Raise it when the results change for the same input, so that everything is processed anew.
    public let version: Int
    /// Changes the entity before it is validated; its kind, namespace and name must stay.
    public let preprocess: Preprocess?
    /// Says whether this processor knows the kind; throws what is wrong with an entity of it.
    public let validateKind: Validate?
    /// Emits relations, in both directions.
    public let postprocess: Postprocess?

    public init(
        _ name: String, version: Int = 1, preprocess: Preprocess? = nil, validateKind: Validate? = nil,
        postprocess: Postprocess? = nil
    ) {
        self.name = name
        self.version = version
        self.preprocess = preprocess
        self.validateKind = validateKind
        self.postprocess = postprocess
    }
}

/// Where an entity that is being processed comes from.
public struct EntityProcessingContext: Sendable {
    /// The file it stands in.
    public let location: LocationReference
    /// The registered or configured location through which that became known.
    public let origin: LocationReference

    public init(location: LocationReference, origin: LocationReference) {
        self.location = location
        self.origin = origin
    }
}
