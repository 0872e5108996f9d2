/// The `filter` parameter of the catalog API, after upstream's `parseEntityFilterParams`.
public enum EntityFilter {
    public struct ParseError: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Conditions within one parameter are joined by AND, values of the same key by OR, parameters by OR.
    /// - Throws: `ParseError` for a condition without a key.
    public static func parse(_ parameters: [String]) throws(ParseError) -> EntityPredicate {
        var sets: [EntityPredicate] = []
        for parameter in parameters {
            if let set = try parseSet(parameter) { sets.append(set) }
        }
        if sets.isEmpty { return .everything }
        return sets.count == 1 ? sets[0] : .any(sets)
    }

    private static func parseSet(_ text: String) throws(ParseError) -> EntityPredicate? {
        var keys: [String] = []
        var values: [String: [String]] = [:]
        for bytes in text.utf8.split(separator: UInt8(ascii: ",")) {
            let statement = Substring(bytes)
            let trimmed = statement.trimmed
            if trimmed.isEmpty { continue }
            let parts = trimmed.utf8.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false
            ).map { Substring($0) }
            let key = parts[0].trimmed
            if key.isEmpty {
                throw ParseError(
                    description: "Invalid filter, '\(trimmed)' is not a valid statement "
                        + "(expected a string on the form a=b or a= or a)")
            }
            if values[key] == nil {
                keys.append(key)
                values[key] = []
            }
            if parts.count > 1 { values[key]?.append(parts[1].trimmed) }
        }
        let conditions = keys.map { key in
            let wanted = values[key] ?? []
            return wanted.isEmpty ? EntityPredicate.exists(key: key) : .oneOf(key: key, values: wanted)
        }
        if conditions.isEmpty { return nil }
        return conditions.count == 1 ? conditions[0] : .all(conditions)
    }
}
