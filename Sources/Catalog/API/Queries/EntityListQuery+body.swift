import EntityModel
import PortalKit

extension EntityListQuery {
    private static let members: Set<String> = [
        "cursor", "limit", "offset", "orderBy", "orderField", "fullTextFilter", "fields", "query", "totalItems",
    ]

    /// From the body of `POST /entities/by-query`.
    /// - Throws: `PortalError` of kind `input` that names the member.
    init(body: JSONValue) throws {
        self.init()
        guard let object = body.object else { throw PortalError(.input, "request/body must be object") }
        try JSONBody.refuseOthers(in: body, than: Self.members)
        limit = try Self.checked(limit: Self.integer(object, "limit")) ?? limit
        offset = try Self.integer(object, "offset") ?? 0
        let names = try object["fields"].map { try Self.texts($0, "fields") } ?? []
        fields = try Rethrow.input { () throws(FieldProjection.ParseError) in try FieldProjection(names) }
        if let total = object["totalItems"] {
            guard let word = total.string, Self.totals.contains(word) else {
                throw PortalError(
                    .input, "request/body/totalItems must be equal to one of the allowed values: include, exclude")
            }
            wantsTotal = word != "exclude"
        }
        if let cursor = object["cursor"] {
            guard let text = cursor.string else { throw PortalError(.input, "request/body/cursor must be string") }
            if text.isEmpty { throw PortalError(.input, "Cursor cannot be empty") }
            self.cursor = try EntityCursor(parsing: text)
            return
        }
        query = object["query"]
        order = try Self.order(in: object)
        fullText = try object["fullTextFilter"].map(Self.fullText)
    }

    private static func integer(_ object: JSONObject, _ name: String) throws -> Int? {
        guard let value = object[name] else { return nil }
        guard let number = value.number, number == number.rounded(), abs(number) < 0x1p63 else {
            throw PortalError(.input, "request/body/\(name) must be integer")
        }
        guard number >= 0 else { throw PortalError(.input, "request/body/\(name) must be >= 0") }
        guard number <= Double(QueryParameters.largest) else {
            throw PortalError(.input, "request/body/\(name) must be <= \(QueryParameters.largest)")
        }
        return Int(number)
    }

    private static func texts(_ value: JSONValue, _ name: String) throws -> [String] {
        let texts = value.array?.compactMap(\.string)
        guard let texts, texts.count == value.array?.count else {
            throw PortalError(.input, "request/body/\(name) must be an array of strings")
        }
        return texts
    }

    /// `orderBy: [{field, order}]`, or the older `orderField: ["field,order"]`; the first counts, as upstream. All are
    /// read: what is wrong is not dropped in silence because something else is there.
    private static func order(in object: JSONObject) throws -> EntityOrder? {
        let older = try object["orderField"].map { value in
            try (value.string.map { [$0] } ?? texts(value, "orderField")).map(order)
        }
        return try newerOrders(in: object).first ?? older?.first
    }

    private static func newerOrders(in object: JSONObject) throws -> [EntityOrder] {
        guard let list = object["orderBy"] else { return [] }
        guard let entries = list.array else { throw PortalError(.input, "request/body/orderBy must be array") }
        return try entries.enumerated().map { number, entry in
            try JSONBody.refuseOthers(in: entry, than: ["field", "order"])
            guard let field = entry["field"]?.string, !field.contains(",") else {
                throw PortalError(.input, "request/body/orderBy/\(number)/field must be string")
            }
            return try order("\(field),\(entry["order"]?.string ?? "")")
        }
    }

    private static func fullText(_ value: JSONValue) throws -> FullTextFilter {
        guard let term = value["term"]?.string else {
            throw PortalError(.input, "request/body/fullTextFilter/term must be string")
        }
        return FullTextFilter(
            term: term, fields: try value["fields"].map { try texts($0, "fullTextFilter/fields") } ?? [])
    }
}
