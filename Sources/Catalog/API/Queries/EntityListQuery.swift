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
        wantsTotal = try parameters.word("totalItems", of: Self.totals) != "exclude"
        if let text = try parameters.single("cursor") {
            cursor = try EntityCursor(parsing: text)
            return
        }
        filter = parameters.all("filter")
        order = try parameters.all("orderField").map(Self.order).first
        if let term = try parameters.single("fullTextFilterTerm") {
            let names = parameters.all("fullTextFilterFields").flatMap { $0.split(separator: ",") }
            fullText = FullTextFilter(
                term: term, fields: names.map { $0.trimmed }.filter { !$0.isEmpty })
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
            let term = fullText.term.trimmed
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
    static let totals = ["include", "exclude"]

    static func checked(limit: Int?) throws -> Int? {
        guard let limit else { return nil }
        return min(limit, largestLimit)
    }

    static func order(_ text: String) throws -> EntityOrder {
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
