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
        var text = text
        return try text.withUTF8 { parseSet($0) }.get()
    }

    private static func parseSet(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<EntityPredicate?, ParseError> {
        var conditions = Conditions()
        for statement in BytePieces(of: bytes, separator: ",") {
            let mark = statement.firstIndex(of: UInt8(ascii: "="))
            let key = statement[..<(mark ?? statement.endIndex)].trimmedText
            if key.isEmpty {
                let text = statement.trimmedText
                if text.isEmpty { continue }
                return .failure(
                    ParseError(
                        description: "Invalid filter, '\(text)' is not a valid statement "
                            + "(expected a string on the form a=b or a= or a)"))
            }
            conditions.add(key, mark.map { statement[$0...].dropFirst().trimmedText })
        }
        return .success(conditions.predicate)
    }

    /// What is asked of each key, in the order of the keys.
    private struct Conditions {
        private var list: [(key: String, values: [String])] = []
        /// The places of the keys in the list, as soon as these are more than is sooner compared than hashed.
        private var places: [String: Int] = [:]

        private static let few = 8

        mutating func add(_ key: String, _ value: String?) {
            let place = place(of: key)
            if let value { list[place].values.append(value) }
        }

        private mutating func place(of key: String) -> Int {
            let known = list.count <= Self.few ? list.firstIndex { $0.key == key } : places[key]
            if let known { return known }
            list.append((key, []))
            if list.count == Self.few + 1 {
                places = Dictionary(list.enumerated().map { ($1.key, $0) }) { first, _ in first }
            }
            if list.count > Self.few { places[key] = list.count - 1 }
            return list.count - 1
        }

        var predicate: EntityPredicate? {
            let parts = list.map { key, values in
                values.isEmpty ? EntityPredicate.exists(key: key) : .oneOf(key: key, values: values)
            }
            return parts.count > 1 ? .all(parts) : parts.first
        }
    }
}
