import EntityModel
import PortalKit

/// The way back: what a policy decided, in the rules that Backstage's programs know.
extension PermissionCriteria {
    /// A condition as it travels; nil where it says something that none of the rules can.
    ///
    /// `predicate(_:)` of the result matches the same entities.
    package static func json(_ predicate: EntityPredicate) -> JSONValue? {
        switch predicate {
        case .all(let parts): parts.isEmpty ? ["not": nothing] : group("allOf", parts)
        case .any(let parts): parts.isEmpty ? nothing : group("anyOf", parts)
        case .not(let part): json(part).map { ["not": $0] }
        case .exists(let key): exists(key)
        case .oneOf(let key, let values): oneOf(key, values)
        case .hasPrefix, .contains: Optional.none
        }
    }

    /// Lists must not be empty on the wire, and no entity is of no kind.
    private static let nothing = rule("IS_ENTITY_KIND", ["kinds": []])

    private static func group(_ name: String, _ parts: [EntityPredicate]) -> JSONValue? {
        let written = parts.compactMap(json)
        guard written.count == parts.count else { return Optional.none }
        return [name: .array(written)]
    }

    private static func exists(_ key: String) -> JSONValue? {
        field(key).map { rule($0.rule, [$0.parameter: .string($0.name)]) }
    }

    private static func oneOf(_ key: String, _ values: [String]) -> JSONValue? {
        let texts = JSONValue.array(values.map(JSONValue.string))
        switch key.lowercased() {
        case "kind": return rule("IS_ENTITY_KIND", ["kinds": texts])
        case "relations.ownedby": return rule("IS_ENTITY_OWNER", ["claims": texts])
        default: break
        }
        guard let field = field(key) else { return Optional.none }
        let rules = values.map { rule(field.rule, [field.parameter: .string(field.name), "value": .string($0)]) }
        if rules.isEmpty { return nothing }
        return rules.count == 1 ? rules[0] : ["anyOf": .array(rules)]
    }

    private static let fields = [
        (prefix: "metadata.annotations.", rule: "HAS_ANNOTATION", parameter: "annotation"),
        (prefix: "metadata.labels.", rule: "HAS_LABEL", parameter: "label"),
        (prefix: "metadata.", rule: "HAS_METADATA", parameter: "key"),
        (prefix: "spec.", rule: "HAS_SPEC", parameter: "key"),
    ]

    private static func field(_ key: String) -> (rule: String, parameter: String, name: String)? {
        guard let field = fields.first(where: { key.lowercased().hasPrefix($0.prefix) }) else { return nil }
        let name = key.dropFirst(field.prefix.count)
        return name.isEmpty ? nil : (field.rule, field.parameter, String(name))
    }

    private static func rule(_ name: String, _ parameters: JSONObject) -> JSONValue {
        ["rule": .string(name), "resourceType": .string(resourceType), "params": .object(parameters)]
    }
}
