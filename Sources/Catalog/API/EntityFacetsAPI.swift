import EntityModel
import HTTPTypes
import PortalKit

/// `GET|POST /entity-facets`: how many entities have each value of a key.
struct EntityFacetsAPI: Sendable {
    let index: PublishedIndex
    let policyVersion: @Sendable () throws -> String
    private let texts = FacetTexts()

    init(index: PublishedIndex, policyVersion: @escaping @Sendable () throws -> String) {
        self.index = index
        self.policyVersion = policyVersion
    }

    var routes: [Route] {
        let read = Route.Access.permission(CatalogPermissions.entityRead)
        return [
            Route(.get, "/api/catalog/entity-facets", access: read) { request in
                let facets = request.query.all("facet")
                if facets.isEmpty { throw PortalError(.input, "Missing facet parameter") }
                let filter = request.query.all("filter")
                let predicate = try Rethrow.input { () throws(EntityFilter.ParseError) in try EntityFilter.parse(filter)
                }
                return try self.answer(request, facets, predicate)
            },
            Route(.post, "/api/catalog/entity-facets", access: read) { request in
                let body = try JSONBody.object(request)
                try JSONBody.refuseOthers(in: body, than: ["facets", "query"])
                guard let names = body["facets"]?.array, !names.isEmpty else {
                    throw PortalError(.input, "Missing or empty facets parameter")
                }
                let facets = names.compactMap(\.string)
                guard facets.count == names.count else {
                    throw PortalError(.input, "request/body/facets must be an array of strings")
                }
                let predicate = try body["query"].map { query in
                    try Rethrow.input { () throws(PredicateQuery.ParseError) in try PredicateQuery.parse(query) }
                }
                return try self.answer(request, facets, predicate ?? .everything)
            },
        ]
    }

    private func answer(
        _ request: PortalRequest, _ facets: [String], _ predicate: EntityPredicate
    ) throws -> PortalResponse {
        let version = index.version
        let tag = EntityTag(request, version, policyVersion: try policyVersion())
        if let unchanged = tag.unchanged(request) { return unchanged }
        let scope = AuthorizedCatalog(version, decision: request.decision).facetScope(predicate)
        var joined = JoinedParts()
        joined.write { $0.append(contentsOf: "{\"facets\":{".utf8) }
        var seen: Set<String> = []
        var made: [String: [[UInt8]]] = [:]
        for (number, facet) in facets.filter({ seen.insert($0).inserted }).enumerated() {
            joined.write { out in
                if number > 0 { out.append(UInt8(ascii: ",")) }
                JSONWriter.append(.string(facet), to: &out)
                out.append(contentsOf: ":[".utf8)
            }
            // However often a key is asked for in other letters, what it says is in memory once.
            let key = facet.lowercased()
            let parts = made[key] ?? parts(key, version.index, scope)
            made[key] = parts
            joined.append(separated: parts)
            joined.write { $0.append(UInt8(ascii: "]")) }
        }
        joined.write { $0.append(contentsOf: "}}".utf8) }
        return tag.answer(joined.response)
    }

    /// What stands between the brackets, in parts with commas between them.
    private func parts(_ key: String, _ index: CatalogIndex, _ scope: Bitmap?) -> [[UInt8]] {
        if scope == nil, let parts = texts.parts(of: key, in: index) { return parts }
        var out: [UInt8] = []
        index.appendFacetValues(key, within: scope, to: &out)
        return out.isEmpty ? [] : [out]
    }
}
