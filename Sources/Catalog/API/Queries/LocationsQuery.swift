import EntityModel
import Foundation
import PortalKit

/// The body of `POST /locations/by-query`, or what its cursor carries.
struct LocationsQuery {
    private static let largestPage = 1_000

    private(set) var limit = LocationsQuery.largestPage
    private(set) var after: String?
    private var query: JSONValue?
    private var predicate = EntityPredicate.everything

    /// - Throws: `PortalError` of kind `input`.
    init(_ body: JSONValue) throws {
        try JSONBody.refuseOthers(in: body, than: ["limit", "cursor", "query"])
        var source = body
        if let cursor = body["cursor"] {
            guard let text = cursor.string, !text.isEmpty else { throw PortalError(.input, "Cursor cannot be empty") }
            guard let data = Data(base64Encoded: text), let value = try? JSONParser.parse(Array(data)),
                value.object != nil
            else { throw PortalError(.input, "Malformed cursor, unknown encoding") }
            source = value
            after = value["afterId"]?.string
        }
        query = source["query"]
        if let query {
            predicate = try Rethrow.input { () throws(PredicateQuery.ParseError) in try PredicateQuery.parse(query) }
        }
        guard let number = source["limit"] else { return }
        guard let value = number.number, value >= 1, value == value.rounded(), value <= Double(QueryParameters.largest)
        else {
            throw PortalError(.input, "Limit must be a positive integer >= 1")
        }
        limit = min(limit, Int(value))
    }

    func matches(_ location: JSONValue) -> Bool {
        predicate.holds { key in location[key.lowercased()]?.string?.lowercased() }
    }

    func cursor(after id: String) -> String {
        var cursor: JSONObject = ["limit": .number(Double(limit)), "afterId": .string(id)]
        if let query { cursor["query"] = query }
        return Data(JSONWriter.bytes(.object(cursor))).base64EncodedString()
    }
}

extension EntityPredicate {
    /// Whether the condition holds for something that has at most one lowercased value for each key.
    fileprivate func holds(_ value: (String) -> String?) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.holds(value) }
        case .any(let parts): parts.contains { $0.holds(value) }
        case .not(let part): !part.holds(value)
        case .exists(let key): value(key) != nil
        case .oneOf(let key, let values): values.contains { $0.lowercased() == value(key) }
        case .hasPrefix(let key, let prefix): value(key)?.hasPrefix(prefix.lowercased()) == true
        case .contains(let keys, let text): keys.contains { value($0)?.contains(text.lowercased()) == true }
        }
    }
}
