import EntityModel
import HTTPTypes
import PortalKit

/// One entity, or several by their references.
struct EntityByNameAPI: Sendable {
    let index: PublishedIndex

    private static let mostReferences = 50_000
    /// The same large entity may be asked for again and again.
    private static let largestAnswer = 256 << 20

    var routes: [Route] {
        let read = Route.Access.permission(CatalogPermissions.entityRead)
        return [
            Route(.get, "/api/catalog/entities/by-uid/{uid}", access: read, handler: byUID),
            Route(.get, "/api/catalog/entities/by-name/{kind}/{namespace}/{name}", access: read, handler: byName),
            Route(.post, "/api/catalog/entities/by-refs", access: read, maximumBodyBytes: 8 << 20, handler: byRefs),
        ]
    }

    private func byUID(_ request: PortalRequest) async throws -> PortalResponse {
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        let uid = try request.parameter("uid")
        guard let slot = catalog.slot(uid: uid) else { throw PortalError(.notFound, "No entity with uid \(uid)") }
        return answer(request, slot, catalog.index)
    }

    private func byName(_ request: PortalRequest) async throws -> PortalResponse {
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        let reference = try EntityReference(
            kind: request.parameter("kind"), namespace: request.parameter("namespace"), name: request.parameter("name"))
        guard let slot = catalog.slot(reference: reference.description) else {
            throw PortalError(
                .notFound,
                "No entity named '\(reference.name)' found, with kind '\(reference.kind)' "
                    + "in namespace '\(reference.namespace)'")
        }
        return answer(request, slot, catalog.index)
    }

    private func answer(_ request: PortalRequest, _ slot: UInt32, _ index: CatalogIndex) -> PortalResponse {
        let tag = EntityTag(of: slot, in: index)
        if let unchanged = tag.unchanged(request) { return unchanged }
        var out: [UInt8] = []
        index.append(slot, to: &out)
        return tag.answer(.json(out))
    }

    private func byRefs(_ request: PortalRequest) async throws -> PortalResponse {
        let body = try JSONBody.object(request)
        try JSONBody.refuseOthers(in: body, than: ["entityRefs", "fields", "query"])
        guard let list = body["entityRefs"]?.array, list.allSatisfy({ $0.string != nil }) else {
            throw PortalError(.input, "request/body/entityRefs must be an array of strings")
        }
        guard list.count <= Self.mostReferences else {
            throw PortalError(.input, "request/body/entityRefs must have at most \(Self.mostReferences) items")
        }
        let wanted = try names(body["fields"]) + request.query.all("fields")
        let fields = try Rethrow.input { () throws(FieldProjection.ParseError) in try FieldProjection(wanted) }
        let filter = request.query.all("filter")
        var predicate = try Rethrow.input { () throws(EntityFilter.ParseError) in try EntityFilter.parse(filter) }
        if let query = body["query"] {
            predicate = predicate.and(
                try Rethrow.input { () throws(PredicateQuery.ParseError) in try PredicateQuery.parse(query) })
        }
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        let matches = predicate == .everything ? nil : catalog.matches(predicate)
        var out = Array("{\"items\":[".utf8)
        for (number, reference) in list.compactMap(\.string).enumerated() {
            if number > 0 { out.append(UInt8(ascii: ",")) }
            if let slot = catalog.slot(reference: reference.lowercased()), matches?.contains(slot) != false {
                catalog.index.append(slot, to: &out, fields: fields)
                guard out.count <= Self.largestAnswer else {
                    throw PortalError(
                        .input, "The answer is larger than \(ByteCount.text(Self.largestAnswer)); ask for fewer")
                }
            } else {
                out += Array("null".utf8)
            }
        }
        var response = PortalResponse.json(out + Array("]}".utf8))
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }

    private func names(_ value: JSONValue?) throws -> [String] {
        guard let value else { return [] }
        guard let list = value.array, list.allSatisfy({ $0.string != nil }) else {
            throw PortalError(.input, "request/body/fields must be an array of strings")
        }
        return list.compactMap(\.string)
    }
}
