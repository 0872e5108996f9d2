import EntityModel
import PortalKit

/// One of the rules that conditions on entities are made of, by upstream's name; with its parameters it is a
/// condition of the index.
package struct EntityPermissionRule: Sendable {
    package let name: String
    package let summary: String
    /// JSON schema of the parameters.
    package let parameters: JSONValue
    private let make: @Sendable (JSONObject) throws -> EntityPredicate

    /// The condition that the rule is with these parameters.
    /// - Throws: `PortalError` of kind `input`.
    package func predicate(_ parameters: JSONObject) throws -> EntityPredicate {
        let known = self.parameters["properties"]?.object?.keys ?? []
        if let other = parameters.keys.first(where: { !known.contains($0) }) {
            throw PortalError(.input, "Parameters to rule are invalid: \(name) has no parameter '\(other)'")
        }
        return try make(parameters)
    }

    package static let all = [
        EntityPermissionRule(
            "IS_ENTITY_OWNER", "Allow entities owned by a specified claim", lists: ["claims"], required: ["claims"]
        ) { .oneOf(key: "relations.ownedby", values: try texts($0, "claims")) },
        EntityPermissionRule(
            "IS_ENTITY_KIND", "Allow entities matching a specified kind", lists: ["kinds"], required: ["kinds"]
        ) { .oneOf(key: "kind", values: try texts($0, "kinds")) },
        EntityPermissionRule(
            "HAS_ANNOTATION", "Allow entities with the specified annotation", required: ["annotation"],
            optional: ["value"]
        ) { try value(of: "metadata.annotations", $0, "annotation") },
        EntityPermissionRule(
            "HAS_LABEL", "Allow entities with the specified label", required: ["label"], optional: ["value"]
        ) { try value(of: "metadata.labels", $0, "label") },
        EntityPermissionRule(
            "HAS_METADATA", "Allow entities with the specified metadata subfield", required: ["key"],
            optional: ["value"]
        ) { try value(of: "metadata", $0, "key") },
        EntityPermissionRule(
            "HAS_SPEC", "Allow entities with the specified spec subfield", required: ["key"], optional: ["value"]
        ) { try value(of: "spec", $0, "key") },
    ]

    private init(
        _ name: String, _ summary: String, lists: Set<String> = [], required: [String], optional: [String] = [],
        make: @escaping @Sendable (JSONObject) throws -> EntityPredicate
    ) {
        self.name = name
        self.summary = summary
        self.make = make
        let properties = (required + optional).map { name -> (String, JSONValue) in
            (name, lists.contains(name) ? ["type": "array", "items": ["type": "string"]] : ["type": "string"])
        }
        parameters = [
            "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "additionalProperties": false,
            "properties": .object(JSONObject(properties)), "required": .array(required.map { .string($0) }),
        ]
    }

    private static func texts(_ parameters: JSONObject, _ name: String) throws -> [String] {
        let texts = parameters[name]?.array?.compactMap(\.string)
        guard let texts, texts.count == parameters[name]?.array?.count else {
            throw PortalError(.input, "Parameters to rule are invalid: \(name) must be an array of strings")
        }
        return texts
    }

    private static func value(of path: String, _ parameters: JSONObject, _ name: String) throws -> EntityPredicate {
        guard let key = parameters[name]?.string, !key.isEmpty else {
            throw PortalError(.input, "Parameters to rule are invalid: \(name) must be a string")
        }
        guard let value = parameters["value"] else { return .exists(key: "\(path).\(key)") }
        guard let text = value.string else {
            throw PortalError(.input, "Parameters to rule are invalid: value must be a string")
        }
        return .oneOf(key: "\(path).\(key)", values: [text])
    }
}
