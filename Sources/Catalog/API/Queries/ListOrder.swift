import EntityModel
import Foundation
import PortalKit

/// The `order` parameters of `GET /entities`.
enum ListOrder {
    /// Reads `asc:<path>` or `desc:<path>`.
    static func parse(_ text: String) throws -> EntityOrder {
        for (prefix, isDescending) in [("asc:", false), ("desc:", true)] where text.hasPrefix(prefix) {
            let key = text.dropFirst(prefix.count)
            if !key.isEmpty { return EntityOrder(key: String(key), isDescending: isDescending) }
        }
        throw PortalError(.input, "Invalid order parameter \"\(text)\", expected \"<asc or desc>:<field name>\"")
    }

    /// The first of the matches by reference.
    static func first(_ limit: Int, of matches: Bitmap, in index: CatalogIndex) -> [UInt32] {
        let order = index.orderByReference()
        let count = matches.count
        guard count > limit else { return sort(matches, by: [], in: index) }
        // A walk meets one match in total/count.
        if (limit + 1) * (order.slots.count / count) < count {
            return Array(order.slots.lazy.filter { matches.contains($0) }.prefix(limit))
        }
        return Array(sort(matches, by: [], in: index).prefix(limit))
    }

    /// By reference where no order is asked for; else by the fields, earlier first, and then by uid.
    static func sort(_ matches: Bitmap, by orders: [EntityOrder], in index: CatalogIndex) -> [UInt32] {
        var slots: [UInt32] = []
        matches.forEach { slots.append($0) }
        guard let first = orders.first else {
            let order = index.orderByReference()
            return slots.sorted { order.place(of: $0) < order.place(of: $1) }
        }
        let columns = orders.map { (column: index.order(by: $0.key), isDescending: $0.isDescending) }
        if orders.count == 1, !first.isDescending {
            return slots.sorted { columns[0].column.place(of: $0) < columns[0].column.place(of: $1) }
        }
        return slots.sorted { left, right in
            for (column, isDescending) in columns {
                let places = (column.place(of: left), column.place(of: right))
                if column.haveSameValue(places.0, places.1) { continue }
                // Those without the field come last in either direction.
                let isMissing = places.0 >= column.presentCount || places.1 >= column.presentCount
                return (places.0 < places.1) != (isDescending && !isMissing)
            }
            return index.isOrderedByUID(left, right)
        }
    }
}

/// `limit`, `offset` and `after` of `GET /entities`.
struct ListWindow {
    var limit: Int?
    var offset: Int

    init(_ query: QueryParameters) throws {
        limit = try query.integer("limit")
        offset = try query.integer("offset") ?? 0
        guard let after = try query.single("after") else { return }
        guard let data = Data(base64Encoded: after), let value = try? JSONParser.parse(Array(data)) else {
            throw PortalError(.input, "Malformed after cursor, could not be parsed")
        }
        if let value = value["limit"] { limit = try Self.whole(value, "limit") }
        if let value = value["offset"] { offset = try Self.whole(value, "offset") }
    }

    private static func whole(_ value: JSONValue, _ name: String) throws -> Int {
        guard let number = value.number, number >= 0, number < 1e9, number == number.rounded() else {
            throw PortalError(.input, "Malformed after cursor, \(name) was not an number")
        }
        return Int(number)
    }

    /// The value of the `Link` header that leads to the rest.
    func next(_ query: QueryParameters, limit: Int) -> String {
        let after = Data("{\"limit\":\(limit),\"offset\":\(offset + limit)}".utf8).base64EncodedString()
        let kept = query.pairs.filter { $0.name != "offset" && $0.name != "after" }
        let pairs = (kept + [(name: "after", value: after)]).map {
            "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))"
        }
        return "</entities?\(pairs.joined(separator: "&"))>; rel=\"next\""
    }
}
