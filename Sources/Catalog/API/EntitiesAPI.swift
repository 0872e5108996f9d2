import EntityModel
import Foundation
import HTTPTypes
import PortalKit

/// `GET /entities` and `GET|POST /entities/by-query`.
struct EntitiesAPI: Sendable {
    let index: PublishedIndex
    let policyVersion: @Sendable () throws -> String

    var routes: [Route] {
        let read = Route.Access.permission(CatalogPermissions.entityRead)
        return [
            Route(.get, "/api/catalog/entities", access: read, handler: list),
            Route(.get, "/api/catalog/entities/by-query", access: read) { request in
                try self.byQuery(request, EntityListQuery(request.query))
            },
            Route(.post, "/api/catalog/entities/by-query", access: read) { request in
                try self.byQuery(request, EntityListQuery(body: JSONBody.object(request)))
            },
        ]
    }

    private func byQuery(_ request: PortalRequest, _ query: EntityListQuery) throws -> PortalResponse {
        let version = index.version
        let tag = try EntityTag(request, version, policyVersion: policyVersion())
        if let unchanged = tag.unchanged(request) { return unchanged }
        let catalog = AuthorizedCatalog(version, decision: request.decision)
        let (page, count) = try page(query, catalog)
        let total = query.cursor?.totalItems ?? count
        let backwards = query.cursor?.isPrevious ?? false
        var end = Array("]".utf8)
        if query.wantsTotal {
            end.append(",\"totalItems\":")
            end += String(total).utf8
        }
        end.append(",\"pageInfo\":")
        JSONWriter.append(.object(pageInfo(page, query, total: total, backwards: backwards, version)), to: &end)
        end.append("}")
        return tag.answer(Self.answer(page.slots, query.fields, version, end: end))
    }

    /// Up to so many entities are written at once, which is quickest; of more it is asked first how long they are.
    private static let shortPage = 20

    private static func answer(
        _ slots: [UInt32], _ fields: FieldProjection?, _ version: IndexVersion, end: [UInt8]
    ) -> PortalResponse {
        guard slots.count <= shortPage else {
            return EntityPieces(slots[...], of: version.index).sent(.json([])) { slots, place, out in
                if place.isFirst { out.append("{\"items\":[") } else { out.append(",") }
                version.index.append(slots, to: &out, fields: fields)
                if place.isLast { out += end }
            }
        }
        var out = Array("{\"items\":[".utf8)
        out.reserveCapacity(slots.count * (fields == nil ? 2_560 : 256) + 512)
        version.index.append(slots, to: &out, fields: fields)
        return .json(out + end)
    }

    /// The wanted page, and how many match.
    private func page(_ query: EntityListQuery, _ catalog: AuthorizedCatalog) throws -> (SlotPage, count: Int) {
        let predicate = try query.predicate()
        let order = query.effectiveOrder
        let offset = query.cursor == nil ? query.offset : 0
        let (after, backwards) = (query.cursor?.position, query.cursor?.isPrevious ?? false)
        if let few = catalog.fewMatches(predicate) {
            let page =
                query.limit == 0
                ? SlotPage()
                : catalog.version.index.page(
                    ofFew: few, order: order, limit: query.limit, offset: offset, after: after, backwards: backwards)
            return (page, few.count)
        }
        let matches = catalog.matches(predicate)
        let count = matches.count
        let page =
            query.limit == 0
            ? SlotPage()
            : catalog.version.index.page(
                of: matches, count: count, order: order, limit: query.limit, offset: offset, after: after,
                backwards: backwards)
        return (page, count)
    }

    private func pageInfo(
        _ page: SlotPage, _ query: EntityListQuery, total: Int, backwards: Bool, _ version: IndexVersion
    ) -> JSONObject {
        let order = query.effectiveOrder
        func cursor(_ slot: UInt32?, isPrevious: Bool) -> JSONValue? {
            guard let slot, let position = version.index.position(of: slot, order: order) else { return nil }
            var source = query
            if let cursor = query.cursor {
                source.filter = cursor.filter
                source.query = cursor.query
                source.fullText = cursor.fullText
            }
            let cursor = EntityCursor(
                order: order, position: position, isPrevious: isPrevious, query: source, totalItems: total)
            return .string(cursor.text)
        }
        var info = JSONObject()
        if backwards || page.hasMore { info["nextCursor"] = cursor(page.slots.last, isPrevious: false) }
        if backwards ? page.hasMore : page.hasEarlier {
            info["prevCursor"] = cursor(page.slots.first, isPrevious: true)
        }
        return info
    }

    private func list(_ request: PortalRequest) throws -> PortalResponse {
        let version = index.version
        let tag = try EntityTag(request, version, policyVersion: policyVersion())
        if let unchanged = tag.unchanged(request) { return unchanged }
        let filter = request.query.all("filter")
        let predicate = try Rethrow.input { () throws(EntityFilter.ParseError) in try EntityFilter.parse(filter) }
        let fields = try Rethrow.input { () throws(FieldProjection.ParseError) in
            try FieldProjection(request.query.all("fields"))
        }
        let orders = try request.query.all("order").map(ListOrder.parse)
        let window = try ListWindow(request.query)
        let matches = AuthorizedCatalog(version, decision: request.decision).matches(predicate)
        let sorted = ListOrder.sort(matches, by: orders, in: version.index)
        let slots = sorted.dropFirst(window.offset).prefix(window.limit ?? Int.max)
        var response = tag.answer(
            EntityPieces(slots, of: version.index).sent(.json([])) { slots, place, out in
                out.append(UInt8(ascii: place.isFirst ? "[" : ","))
                version.index.append(slots, to: &out, fields: fields)
                if place.isLast { out.append("]") }
            })
        if let limit = window.limit, limit > 0, window.offset + limit < sorted.count {
            response.headers[.link] = window.next(request.query, limit: limit)
        }
        return response
    }
}

extension HTTPField.Name {
    /// RFC 8288.
    static let link = HTTPField.Name("Link") ?? .location
}
