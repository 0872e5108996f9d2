import EntityModel
import PortalKit

/// What by-query is asked for, from the query string or from a body.
struct EntityListQuery {
    var filter: [String] = []
    var query: JSONValue?
    var fullText: FullTextFilter?
    var order: EntityOrder?
    var limit = 20
    var offset = 0
    var cursor: EntityCursor?
    var fields: FieldProjection?
    var wantsTotal = true

    init() {}

    /// From `GET /entities/by-query`.
    init(_ parameters: QueryParameters) throws {
        limit = try Self.checked(limit: parameters.integer("limit")) ?? limit
        offset = try parameters.integer("offset") ?? 0
        fields = try Rethrow.input { () throws(FieldProjection.ParseError) in
            try FieldProjection(parameters.all("fields"))
        }
        wantsTotal = parameters["totalItems"] != "exclude"
        if let text = parameters["cursor"] {
            cursor = try EntityCursor(parsing: text)
            return
        }
        filter = parameters.all("filter")
        order = try parameters["orderField"].map(Self.order)
        if let term = parameters["fullTextFilterTerm"] {
            let names = parameters.all("fullTextFilterFields").flatMap { $0.split(separator: ",").map(String.init) }
            fullText = FullTextFilter(term: term, fields: names)
        }
    }

    /// From the body of `POST /entities/by-query`.
    init(body: JSONValue) throws {
        guard let object = body.object else { throw PortalError(.input, "request/body must be object") }
        limit = try Self.checked(limit: Self.integer(object, "limit")) ?? limit
        offset = try Self.integer(object, "offset") ?? 0
        if let names = object["fields"] {
            guard let list = names.array, list.allSatisfy({ $0.string != nil }) else {
                throw PortalError(.input, "request/body/fields must be an array of strings")
            }
            fields = try Rethrow.input { () throws(FieldProjection.ParseError) in
                try FieldProjection(list.compactMap(\.string))
            }
        }
        if let cursor = object["cursor"] {
            guard let text = cursor.string else { throw PortalError(.input, "request/body/cursor must be string") }
            if text.isEmpty { throw PortalError(.input, "Cursor cannot be empty") }
            self.cursor = try EntityCursor(parsing: text)
            return
        }
        query = object["query"]
        if let first = object["orderBy"]?.array?.first {
            order = try Self.order("\(first["field"]?.string ?? ""),\(first["order"]?.string ?? "")")
        } else if let text = object["orderField"]?.array?.first?.string ?? object["orderField"]?.string {
            order = try Self.order(text)
        }
        if let term = object["fullTextFilter"]?["term"]?.string {
            let names = object["fullTextFilter"]?["fields"]?.array?.compactMap(\.string) ?? []
            fullText = FullTextFilter(term: term, fields: names)
        }
    }

    /// What the entities must match, permission aside.
    func predicate() throws -> EntityPredicate {
        let filter = cursor?.filter ?? filter
        var result = try Rethrow.input { () throws(EntityFilter.ParseError) in try EntityFilter.parse(filter) }
        if let query = cursor?.query ?? query {
            result = result.and(
                try Rethrow.input { () throws(PredicateQuery.ParseError) in try PredicateQuery.parse(query) })
        }
        if let fullText = cursor?.fullText ?? fullText {
            let term = fullText.term.trimmingSpaces
            if !term.isEmpty {
                let fields = fullText.fields.isEmpty ? [effectiveOrder.key] : fullText.fields
                result = result.and(.contains(keys: fields, text: term))
            }
        }
        return result
    }

    /// Ascending by uid where nothing is asked for, as upstream.
    var effectiveOrder: EntityOrder { cursor?.order ?? order ?? EntityOrder(key: "metadata.uid") }

    private static let largestLimit = 100_000

    private static func checked(limit: Int?) throws -> Int? {
        guard let limit else { return nil }
        return min(limit, largestLimit)
    }

    private static func integer(_ object: JSONObject, _ name: String) throws -> Int? {
        guard let value = object[name] else { return nil }
        guard let number = value.number, number >= 0, number < 1e9, number == number.rounded() else {
            throw PortalError(.input, "request/body/\(name) must be integer")
        }
        return Int(number)
    }

    private static func order(_ text: String) throws -> EntityOrder {
        let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        let direction = parts.count > 1 ? parts[1].lowercased() : "asc"
        guard direction == "asc" || direction == "desc" else {
            throw PortalError(.input, "Invalid order field order, must be asc or desc")
        }
        guard let key = parts.first, !key.isEmpty else {
            throw PortalError(.input, "Invalid order field, it must name a field")
        }
        return EntityOrder(key: String(key), isDescending: direction == "desc")
    }
}

/// Turns the parsers' own errors into the error that crosses modules.
enum Rethrow {
    static func input<T, Failure: Error & CustomStringConvertible>(_ body: () throws(Failure) -> T) throws -> T {
        do { return try body() } catch { throw PortalError(.input, error.description) }
    }
}

extension String {
    var trimmingSpaces: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
