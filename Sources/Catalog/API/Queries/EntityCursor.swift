import EntityModel
import Foundation
import PortalKit

/// The opaque cursor of by-query: where the next page begins, with the filter and order it continues.
///
/// It carries no permission: whoever sends it sees what they may see now.
struct EntityCursor {
    var order: EntityOrder
    var position: PagePosition
    var isPrevious: Bool
    /// The `filter` parameters, or the `query`, as they were sent.
    var filter: [String]
    var query: JSONValue?
    var fullText: FullTextFilter?
    var totalItems: Int

    var text: String {
        var object: JSONObject = [
            "orderFields": [["field": .string(order.key), "order": .string(order.isDescending ? "desc" : "asc")]],
            "orderFieldValues": [position.value.map(JSONValue.string) ?? .null, .string(position.uid)],
            "isPrevious": .bool(isPrevious), "totalItems": .number(Double(totalItems)),
        ]
        if !filter.isEmpty { object["filter"] = .array(filter.map(JSONValue.string)) }
        if let query { object["query"] = query }
        if let fullText {
            object["fullTextFilter"] = [
                "term": .string(fullText.term), "fields": .array(fullText.fields.map(JSONValue.string)),
            ]
        }
        return Data(JSONWriter.bytes(.object(object))).base64EncodedString()
    }

    /// - Throws: `PortalError` of kind `input` that says `Malformed cursor`.
    init(parsing text: String) throws {
        if text.isEmpty { throw PortalError(.input, "Malformed cursor: it must not be empty") }
        guard text.utf8.count <= 32_768, let data = Data(base64Encoded: text),
            let value = try? JSONParser.parse(Array(data))
        else { throw PortalError(.input, "Malformed cursor: could not be parsed") }
        guard let field = value["orderFields"]?.array?.first, let key = field["field"]?.string,
            let values = value["orderFieldValues"]?.array, values.count == 2, let uid = values[1].string,
            values[0].isNull || values[0].string != nil, let isPrevious = value["isPrevious"]?.bool,
            let total = value["totalItems"]?.number, total >= 0, total < 1e9
        else { throw PortalError(.input, "Malformed cursor: it lacks what a cursor holds") }
        // A cursor of another program may hold its filter in another form; without it, the page would show everything.
        let filter = value["filter"]?.array?.compactMap(\.string) ?? []
        guard value["filter"] == nil || filter.count == value["filter"]?.array?.count,
            ["asc", "desc"].contains(field["order"]?.string),
            value["fullTextFilter"] == nil || value["fullTextFilter"]?["term"]?.string != nil
        else { throw PortalError(.input, "Malformed cursor: it is none of this portal") }
        order = EntityOrder(key: key, isDescending: field["order"]?.string == "desc")
        position = PagePosition(value: values[0].string, uid: uid)
        self.isPrevious = isPrevious
        self.filter = filter
        query = value["query"]
        fullText = (value["fullTextFilter"]?["term"]?.string).map {
            FullTextFilter(term: $0, fields: value["fullTextFilter"]?["fields"]?.array?.compactMap(\.string) ?? [])
        }
        totalItems = Int(total)
    }

    init(
        order: EntityOrder, position: PagePosition, isPrevious: Bool, query: EntityListQuery, totalItems: Int
    ) {
        self.order = order
        self.position = position
        self.isPrevious = isPrevious
        filter = query.filter
        self.query = query.query
        fullText = query.fullText
        self.totalItems = totalItems
    }
}

/// A substring looked for in some fields.
struct FullTextFilter: Sendable {
    let term: String
    let fields: [String]
}
