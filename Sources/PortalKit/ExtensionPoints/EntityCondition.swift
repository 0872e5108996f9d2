public import EntityModel

/// For which entities a card or tab is shown; the rest never see it, and its content is not asked for.
///
///     .annotated("jenkins.io/job-full-name")
///     .all([.kind("component"), .type("service", "website")])
public indirect enum EntityCondition: Sendable, Hashable {
    /// Every entity.
    case always
    /// The annotation is there and not empty.
    case annotated(String)
    /// The kind is one of these; case does not matter.
    case kinds([String])
    /// `spec.type` is one of these; case does not matter.
    case types([String])
    case all([EntityCondition])
    case any([EntityCondition])
    case not(EntityCondition)

    public static func kind(_ kinds: String...) -> EntityCondition { .kinds(kinds) }
    public static func type(_ types: String...) -> EntityCondition { .types(types) }

    public func matches(_ entity: Entity) -> Bool {
        switch self {
        case .always: true
        case .annotated(let key): entity.annotation(key)?.isEmpty == false
        case .kinds(let kinds): Self.contains(kinds, entity.kind)
        case .types(let types): Self.contains(types, entity.spec["type"]?.string ?? "")
        case .all(let parts): parts.allSatisfy { $0.matches(entity) }
        case .any(let parts): parts.contains { $0.matches(entity) }
        case .not(let part): !part.matches(entity)
        }
    }

    private static func contains(_ values: [String], _ value: String) -> Bool {
        let value = value.lowercased()
        return values.contains { $0.lowercased() == value }
    }
}
