import EntityModel
import HTTPTypes
import PortalKit

/// Where an entity comes from, and what became of it.
struct AncestryAPI: Sendable {
    let entities: EntityStore
    let index: PublishedIndex

    var routes: [Route] {
        let read = Route.Access.permission(CatalogPermissions.entityRead)
        return [
            Route(
                .get, "/api/catalog/entities/by-name/{kind}/{namespace}/{name}/ancestry", access: read,
                handler: ancestry),
            Route(
                .get, "/api/callboard/v1/entities/{kind}/{namespace}/{name}/history", access: read, handler: history),
        ]
    }

    private func reference(_ request: PortalRequest) throws -> EntityReference {
        try EntityReference(
            kind: request.parameter("kind"), namespace: request.parameter("namespace"), name: request.parameter("name"))
    }

    private func ancestry(_ request: PortalRequest) async throws -> PortalResponse {
        let reference = try reference(request)
        if request.decision == .deny { throw PortalError(.notAllowed, "Reading the ancestry is not allowed") }
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        guard catalog.slot(reference: reference.description) != nil else {
            throw PortalError(.notFound, "No such entity \(reference)")
        }
        var out = Array("{\"rootEntityRef\":".utf8)
        JSONWriter.append(.string(reference.description), to: &out)
        out += Array(",\"items\":[".utf8)
        var isFirst = true
        for item in try await entities.ancestry(of: reference.description) {
            guard let slot = catalog.slot(reference: item.reference) else { continue }
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            out += Array("{\"entity\":".utf8)
            catalog.index.append(slot, to: &out)
            out += Array(",\"parentEntityRefs\":".utf8)
            let parents = item.parents.filter { catalog.slot(reference: $0) != nil }
            JSONWriter.append(.array(parents.map(JSONValue.string)), to: &out)
            out.append(UInt8(ascii: "}"))
        }
        var response = PortalResponse.json(out + Array("]}".utf8))
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }

    private static let usualPage = 20
    private static let largestPage = 100
    /// Changes that are looked at for one page, where most are hidden from who asks.
    private static let mostLookedAt = 2_000

    /// Changes, newest first; of a deleted entity too, as far as it could be seen.
    private func history(_ request: PortalRequest) async throws -> PortalResponse {
        let reference = try reference(request)
        try ChangeQuery.check(request.query, ["limit", "before"])
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        let isVisible = catalog.slot(reference: reference.description) != nil
        let isGone = !catalog.index.exists(reference.description)
        let limit = try request.query.integer("limit") ?? Self.usualPage
        guard limit > 0 else { throw PortalError(.input, "request/query/limit must be >= 1") }
        guard limit <= Self.largestPage else {
            throw PortalError(.input, "request/query/limit must be <= \(Self.largestPage)")
        }
        let before = try request.query.integer("before").map { Int64($0) }
        let shown =
            isVisible || isGone ? try await changes(of: reference, in: catalog, count: limit + 1, before: before) : []
        // What is hidden looks as what never was, also where there is more of it.
        if shown.isEmpty, !isVisible { throw PortalError(.notFound, "No such entity \(reference)") }
        let items = shown.prefix(limit).map {
            ChangeJSON.object(CatalogChange(reference: reference, change: $0), Set(ChangeJSON.fields))
        }
        var info = JSONObject()
        if shown.count > limit {
            info["before"] = .number(Double(shown[limit - 1].number))
        } else if let since = try await entities.keptSince(reference.description, shown) {
            info["keptSince"] = .string(ISOTime.text(since))
        }
        var response = PortalResponse.json([
            "entityRef": .string(reference.description), "items": .array(items), "pageInfo": .object(info),
        ])
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }

    /// The newest changes that may be seen. They are counted after what is hidden is left out, or the end of a page would
    /// tell that there is something.
    func changes(
        of reference: EntityReference, in catalog: AuthorizedCatalog, count: Int, before number: Int64?
    ) async throws -> [EntityStore.Change] {
        var shown: [EntityStore.Change] = []
        // What the index does not know yet may be in other hands by now.
        var number = min(number ?? .max, catalog.index.head + 1)
        var lookedAt = 0
        while shown.count < count, lookedAt < Self.mostLookedAt {
            let changes = try await entities.history(of: reference.description, limit: count, before: number)
            shown += catalog.visible(changes, of: reference)
            lookedAt += changes.count
            guard changes.count == count, let last = changes.last else { break }
            number = last.number
        }
        return Array(shown.prefix(count))
    }
}

/// One value that is different, by its path.
struct JSONDifference: Sendable, Hashable {
    private static let most = 500

    let path: String
    let before: JSONValue?
    let after: JSONValue?

    var json: JSONValue {
        var object: JSONObject = ["path": .string(path)]
        if let before { object["before"] = before }
        if let after { object["after"] = after }
        return .object(object)
    }

    /// Objects are compared member by member, everything else as a whole.
    static func of(_ before: JSONValue, _ after: JSONValue) -> [JSONDifference] {
        var found: [JSONDifference] = []
        func visit(_ before: JSONValue?, _ after: JSONValue?, _ path: String) {
            guard before != after, found.count < most else { return }
            guard case .object(let old) = before ?? [:], case .object(let new) = after ?? [:] else {
                found.append(JSONDifference(path: path, before: before, after: after))
                return
            }
            let keys = old.keys + new.keys.filter { old[$0] == nil }
            for key in keys { visit(old[key], new[key], path.isEmpty ? key : "\(path).\(key)") }
        }
        visit(before.isNull ? [:] : before, after.isNull ? [:] : after, "")
        return found
    }
}
