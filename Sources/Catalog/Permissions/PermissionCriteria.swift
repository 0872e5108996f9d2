import EntityModel
import PortalKit

/// Conditions as they travel: `{allOf}`, `{anyOf}`, `{not}` and `{rule, resourceType, params}`.
package enum PermissionCriteria {
    private static let deepest = 32
    package static let resourceType = "catalog-entity"

    /// - Throws: `PortalError` of kind `input` that says what is no condition on entities.
    package static func predicate(_ value: JSONValue, depth: Int = 0) throws -> EntityPredicate {
        guard depth < deepest else {
            throw PortalError(.input, "Conditions must not be nested deeper than \(deepest)")
        }
        guard let object = value.object else {
            throw PortalError(.input, "Conditions must be an object, not \(value.typeName)")
        }
        if object["rule"] != nil { return try rule(object) }
        guard object.count == 1, let member = object.members.first else {
            throw PortalError(.input, "Conditions must have exactly one of allOf, anyOf, not and rule")
        }
        if member.key == "not" { return .not(try predicate(member.value, depth: depth + 1)) }
        guard ["allOf", "anyOf"].contains(member.key), let parts = member.value.array, !parts.isEmpty else {
            throw PortalError(.input, "Conditions must have allOf or anyOf with a list that is not empty, or not")
        }
        let predicates = try parts.map { try predicate($0, depth: depth + 1) }
        return member.key == "allOf" ? .all(predicates) : .any(predicates)
    }

    private static func rule(_ object: JSONObject) throws -> EntityPredicate {
        if let other = object.keys.first(where: { !["rule", "resourceType", "params"].contains($0) }) {
            throw PortalError(.input, "A condition has no member '\(other)' beside rule, resourceType and params")
        }
        let name = object["rule"]?.string ?? ""
        guard let rule = EntityPermissionRule.all.first(where: { $0.name == name }) else {
            throw PortalError(.input, "Unexpected permission rule: '\(name)'")
        }
        guard object["resourceType"]?.string == resourceType else {
            throw PortalError(
                .input, "Unexpected resource types: \(object["resourceType"]?.string ?? "none").")
        }
        guard let parameters = (object["params"] ?? [:]).object else {
            throw PortalError(.input, "Parameters to rule are invalid: params must be an object")
        }
        return try rule.predicate(parameters)
    }
}
