/// The `query` of `POST /entities/by-query`: upstream's filter predicates, read into `EntityPredicate`.
public enum PredicateQuery {
    public struct ParseError: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    private static let deepest = 32
    /// Conditions of one query; each may look at every value of a key.
    private static let mostConditions = 1_000

    /// - Throws: `ParseError`, worded as upstream's validator, for what is no predicate.
    public static func parse(_ query: JSONValue) throws(ParseError) -> EntityPredicate {
        guard case .object = query else {
            let isPrimitive = query.array == nil && !query.isNull
            throw ParseError(
                description: isPrimitive ? "top-level primitive values are not supported" : "Query must be an object")
        }
        guard count(query, 0) <= mostConditions else {
            throw ParseError(description: "Invalid query: it has more than \(mostConditions) conditions")
        }
        return try predicate(query, depth: 0)
    }

    /// Operators and fields; what is nested too deep is told by `predicate`.
    private static func count(_ value: JSONValue, _ depth: Int) -> Int {
        guard depth <= deepest * 2 else { return 0 }
        return switch value {
        case .object(let object): object.members.reduce(0) { $0 + 1 + count($1.value, depth + 1) }
        case .array(let list): list.reduce(0) { $0 + count($1, depth + 1) }
        default: 0
        }
    }

    private static func predicate(_ value: JSONValue, depth: Int) throws(ParseError) -> EntityPredicate {
        guard depth < deepest else { throw ParseError(description: "Invalid query: nested deeper than \(deepest)") }
        guard let object = value.object else {
            throw ParseError(description: "Invalid query: expected an object, got \(value.typeName)")
        }
        if let operation = object.keys.first(where: { $0.hasPrefix("$") }) {
            guard object.count == 1, let operand = object[operation] else {
                throw ParseError(description: "Invalid query: \(operation) must stand alone")
            }
            return try combine(operation, operand, depth: depth)
        }
        var parts: [EntityPredicate] = []
        for (key, condition) in object.members { parts.append(try field(key, condition)) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private static func combine(
        _ operation: String, _ operand: JSONValue, depth: Int
    ) throws(ParseError) -> EntityPredicate {
        switch operation {
        case "$not":
            return .not(try predicate(operand, depth: depth + 1))
        case "$all", "$any":
            guard let elements = operand.array else {
                throw ParseError(description: "Invalid query: \(operation) must be an array")
            }
            var parts: [EntityPredicate] = []
            for element in elements { parts.append(try predicate(element, depth: depth + 1)) }
            return operation == "$all" ? .all(parts) : .any(parts)
        default:
            throw ParseError(description: "Invalid query: unknown operator \(operation)")
        }
    }

    private static func field(_ key: String, _ condition: JSONValue) throws(ParseError) -> EntityPredicate {
        if let text = primitive(condition) { return .oneOf(key: key, values: [text]) }
        guard let object = condition.object, object.count == 1, let operation = object.members.first else {
            throw ParseError(description: "Invalid query: the value of \(key) must be a primitive or one operator")
        }
        switch (operation.key, operation.value) {
        case ("$exists", .bool(let wanted)):
            return wanted ? .exists(key: key) : .not(.exists(key: key))
        case ("$in", .array(let elements)):
            return .oneOf(key: key, values: try primitives(elements, of: key))
        case ("$hasPrefix", .string(let prefix)):
            return .hasPrefix(key: key, prefix: prefix)
        case ("$contains", let operand):
            return try contains(key, operand)
        default:
            throw ParseError(description: "Invalid query: \(operation.key) is not valid for \(key)")
        }
    }

    private static func contains(_ key: String, _ operand: JSONValue) throws(ParseError) -> EntityPredicate {
        if let text = primitive(operand) { return .oneOf(key: key, values: [text]) }
        guard key.lowercased() == "relations", let object = operand.object, let type = object["type"]?.string,
            object.keys.allSatisfy({ $0 == "type" || $0 == "targetRef" })
        else {
            throw ParseError(description: "Non primitive forms of the $contains operator is not supported")
        }
        let relation = "relations.\(type)"
        guard let target = object["targetRef"] else { return .exists(key: relation) }
        if let text = target.string { return .oneOf(key: relation, values: [text]) }
        let elements = target["$in"]?.array ?? []
        let texts = elements.compactMap(\.string)
        guard target["$in"]?.array != nil, target.object?.count == 1, texts.count == elements.count else {
            throw ParseError(description: "Invalid query: targetRef must be a string or {$in: [strings]}")
        }
        return .oneOf(key: relation, values: texts)
    }

    private static func primitives(_ elements: [JSONValue], of key: String) throws(ParseError) -> [String] {
        var texts: [String] = []
        for element in elements {
            guard let text = primitive(element) else {
                throw ParseError(description: "Invalid query: the values of \(key) must be primitives")
            }
            texts.append(text)
        }
        return texts
    }

    private static func primitive(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let bool): bool ? "true" : "false"
        case .number: JSONWriter.text(value)
        default: nil
        }
    }
}
