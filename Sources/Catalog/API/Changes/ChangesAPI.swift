import EntityModel
import HTTPTypes
import PortalKit

/// What changed in the catalog: pages of it, and a stream.
struct ChangesAPI: Sendable {
    static let path = "/api/callboard/v1/changes"
    private static let usualPage = 20
    static let largestPage = 100
    /// Matches are counted up to here.
    private static let mostCounted = 1_000
    private static let parameters = ["limit", "cursor", "fields", "totalItems"]

    let log: ChangeLog
    let index: PublishedIndex

    var routes: [Route] {
        let read = Route.Access.permission(CatalogPermissions.entityRead)
        return [
            Route(.get, Self.path, access: read, handler: changes),
            Route(
                .get, "\(Self.path)/stream", access: read,
                handler: ChangeStream(log: log.ofStreams, index: index).answer),
        ]
    }

    private func changes(_ request: PortalRequest) async throws -> PortalResponse {
        let query = request.query
        let filter = try ChangeQuery.filter(query, and: Self.parameters)
        let limit = try query.integer("limit") ?? Self.usualPage
        guard (1...Self.largestPage).contains(limit) else {
            throw PortalError(.input, "request/query/limit must be between 1 and \(Self.largestPage)")
        }
        let fields = try fields(query)
        let cursor = try query.single("cursor").map { try ChangeCursor(parsing: $0, for: filter) }
        let counts = try query.word("totalItems", of: ["include", "exclude"]) == "include"
        let sieve = ChangeSieve(filter, AuthorizedCatalog(index.version, decision: request.decision))
        let page = try await log.page(
            sieve, before: cursor?.number, count: limit, withStates: ChangeJSON.needsStates(fields))
        try cursor?.check(page.state.epoch)
        var answer: JSONObject = [
            "items": .array(page.changes.map { ChangeJSON.object($0, fields) }),
            "pageInfo": .object(info(page, filter)),
            "head": .string(StreamPosition(page.state.head, page.state.epoch).text),
        ]
        if counts { answer["totalItems"] = try await total(sieve) }
        var response = PortalResponse.json(.object(answer))
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }

    private func info(_ page: ChangeLog.Page, _ filter: ChangeFilter) -> JSONObject {
        var info = JSONObject()
        if let next = page.next {
            info["nextCursor"] = .string(ChangeCursor(next, page.state.epoch, filter).text)
            // There may be fewer than were asked for, or none, and more behind the cursor.
            if page.isCut { info["isPartial"] = true }
        } else if let since = page.state.keptSince {
            info["keptSince"] = .string(ISOTime.text(since))
        }
        return info
    }

    /// How many there are, as far as that is worth the work.
    private func total(_ sieve: ChangeSieve) async throws -> JSONValue {
        let page = try await log.page(sieve, before: nil, count: Self.mostCounted, withStates: false)
        return ["count": .number(Double(page.changes.count)), "isExact": .bool(page.next == nil)]
    }

    private func fields(_ query: QueryParameters) throws -> Set<String> {
        guard let text = try query.single("fields") else { return Set(ChangeJSON.fields) }
        let names = text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        if let other = names.first(where: { !ChangeJSON.fields.contains($0) }) {
            let known = ChangeJSON.fields.joined(separator: ", ")
            throw PortalError(.input, "request/query/fields must be some of \(known), and not '\(other.prefix(100))'")
        }
        guard !names.isEmpty else { throw PortalError(.input, "request/query/fields must not be empty") }
        return Set(names)
    }
}
