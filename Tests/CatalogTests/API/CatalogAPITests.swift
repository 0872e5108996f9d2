import EntityModel
import HTTPTypes
import PortalKit
import Testing

@testable import Catalog

/// Calls routes as the server does, without a network.
struct CatalogClient {
    let index = PublishedIndex()

    init(_ entities: [StoredEntity]) throws {
        var next = CatalogIndex()
        try next.apply(upserts: entities, deletes: [], epoch: "e", head: 1)
        index.publish(next)
    }

    var routes: [Route] {
        EntitiesAPI(index: index, policyVersion: { "1" }).routes + EntityByNameAPI(index: index).routes
            + EntityFacetsAPI(index: index, policyVersion: { "1" }).routes
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ query: String = "", parameters: [String: String] = [:],
        body: JSONValue? = nil, ifNoneMatch: String? = nil, decision: AuthorizationDecision = .allow
    ) async throws -> PortalResponse {
        let route = try #require(routes.first { $0.method == method && $0.path == "/api/catalog\(path)" })
        var headers: HTTPFields = body == nil ? [:] : [.contentType: "application/json"]
        headers[.ifNoneMatch] = ifNoneMatch
        return try await route.handler(
            PortalRequest(
                method: method, target: "/api/catalog\(path)?\(query)", headers: headers, parameters: parameters,
                query: QueryParameters(query), body: body.map(JSONWriter.bytes) ?? [], decision: decision))
    }

    func json(_ response: PortalResponse) throws -> JSONValue { try JSONParser.parse(response.body) }
}

@Suite struct CatalogAPITests {
    private func client() throws -> CatalogClient {
        let letters = ["A", "B", "C", "D", "E", "F", "G"].enumerated()
        return try CatalogClient(
            letters.map { Sample.entity(id: Int64($0.offset + 1), name: $0.element, owner: "team") })
    }

    private func names(_ value: JSONValue?) -> [String] {
        value?.array?.compactMap { $0["metadata"]?["name"]?.string } ?? []
    }

    @Test("a large list comes in pieces that make one list together, with the tag of the whole")
    func pieces() async throws {
        let count = EntityPieces.mostEntities * 2
        for extra in [0, 1] {
            let client = try CatalogClient(
                (1...(count + extra)).map { Sample.entity(id: Int64($0), name: "n\($0)", owner: "team") })
            let answer = try await client.send(.get, "/entities", "fields=metadata.name&order=asc:metadata.uid")
            let pieces = try #require(answer.pieces)
            var whole = answer.body
            var number = 0
            while let piece = pieces(number) {
                #expect(piece.count <= answer.body.count + EntityPieces.mostEntities)
                whole += piece
                number += 1
            }
            #expect(number == 1 + extra)
            let found = names(try JSONParser.parse(whole))
            #expect(found.count == count + extra && Set(found).count == found.count)
            #expect(answer.headers[.eTag] != nil)
            let window = try await client.send(.get, "/entities", "limit=5&offset=3")
            let five = names(try client.json(window))
            #expect(window.pieces == nil && five.count == 5)
        }
    }

    @Test("with targets in relations every answer has another tag, also for an index that follows")
    func relationTargets() async throws {
        let client = try client()
        let paths = [
            ("/entities", ""), ("/entities/by-query", ""), ("/entities/by-name/{kind}/{namespace}/{name}", ""),
        ]
        let parameters = ["kind": "component", "namespace": "default", "name": "a"]
        func tags() async throws -> [String] {
            var tags: [String] = []
            for (path, query) in paths {
                let answer = try await client.send(.get, path, query, parameters: parameters)
                tags.append(answer.headers[.eTag] ?? "")
                let hasTarget = String(decoding: answer.body, as: UTF8.self).contains("\"target\":{\"kind\":\"group\"")
                #expect(hasTarget == client.index.current.writesRelationTargets, "\(path)")
            }
            return tags
        }
        let before = try await tags()
        client.index.writeRelationTargets(true)
        client.index.publish(client.index.current)
        for (old, new) in zip(before, try await tags()) { #expect(old != new && !old.isEmpty) }
        client.index.writeRelationTargets(false)
        #expect(try await tags() == before)
    }

    @Test("seven entities in pages of two: cursors at the ends are missing, the total stays")
    func paging() async throws {
        let client = try client()
        var pages: [[String]] = []
        var query = "limit=2&orderField=metadata.name,asc&filter=kind=component"
        for number in 0..<4 {
            let page = try client.json(await client.send(.get, "/entities/by-query", query))
            pages.append(names(page["items"]))
            #expect(page["totalItems"] == 7)
            #expect((page["pageInfo"]?["prevCursor"] == nil) == (number == 0))
            let next = page["pageInfo"]?["nextCursor"]?.string
            #expect((next == nil) == (number == 3))
            query = "limit=2&cursor=\(PercentCoding.encode(next ?? ""))"
        }
        #expect(pages == [["A", "B"], ["C", "D"], ["E", "F"], ["G"]])
    }

    @Test("the previous cursor leads back to the page before")
    func back() async throws {
        let client = try client()
        let first = try client.json(
            await client.send(.get, "/entities/by-query", "limit=2&orderField=metadata.name,desc"))
        let next = try #require(first["pageInfo"]?["nextCursor"]?.string)
        let second = try client.json(
            await client.send(.get, "/entities/by-query", "limit=2&cursor=\(PercentCoding.encode(next))"))
        #expect(names(second["items"]) == ["E", "D"])
        let previous = try #require(second["pageInfo"]?["prevCursor"]?.string)
        let again = try client.json(
            await client.send(.get, "/entities/by-query", "limit=2&cursor=\(PercentCoding.encode(previous))"))
        #expect(names(again["items"]) == ["G", "F"])
        #expect(again["pageInfo"]?["prevCursor"] == nil)
        #expect(again["pageInfo"]?["nextCursor"] != nil)
    }

    @Test("a limit of zero counts only; no limit means twenty")
    func limits() async throws {
        let client = try CatalogClient((1...30).map { Sample.entity(id: $0, name: "n\($0)") })
        let counted = try client.json(await client.send(.get, "/entities/by-query", "limit=0"))
        #expect(counted == ["items": [], "totalItems": 30, "pageInfo": [:]])
        let page = try client.json(await client.send(.get, "/entities/by-query"))
        #expect(page["items"]?.array?.count == 20)
    }

    @Test("an unchanged list answers 304, another principal's view has another tag")
    func conditional() async throws {
        let client = try client()
        let first = try await client.send(.get, "/entities/by-query", "limit=1")
        let tag = try #require(first.headers[.eTag])
        #expect(try await client.send(.get, "/entities/by-query", "limit=1", ifNoneMatch: tag).status == .notModified)
        #expect(try await client.send(.get, "/entities/by-query", "limit=2", ifNoneMatch: tag).status == .ok)
        #expect(first.headers[.cacheControl] == "private, no-cache")
    }

    @Test(
        "malformed requests are input errors",
        arguments: [
            "limit=asdf", "limit=-1", "cursor=badcursor", "cursor=", "cursor=e30=", "filter==a",
            "orderField=metadata.name,up", "fields=metadata.tags[0]", "offset=x",
        ])
    func malformed(_ query: String) async throws {
        let client = try client()
        await #expect {
            try await client.send(.get, "/entities/by-query", query)
        } throws: { ($0 as? PortalError)?.kind == .input }
    }

    @Test("predicate queries are answered like filters")
    func predicate() async throws {
        let client = try client()
        let body: JSONValue = [
            "query": ["kind": "component", "metadata.name": ["$in": ["a", "B"]]], "fields": ["metadata.name"],
            "orderBy": [["field": "metadata.name", "order": "desc"]],
        ]
        let page = try client.json(await client.send(.post, "/entities/by-query", body: body))
        #expect(page["items"] == [["metadata": ["name": "B"]], ["metadata": ["name": "A"]]])
        await #expect(throws: PortalError.self) {
            try await client.send(.post, "/entities/by-query", body: ["query": ["$foo": 1]])
        }
    }

    @Test("what the policy hides is absent from lists, counts, facets and references")
    func permissions() async throws {
        let client = try client()
        let some = AuthorizationDecision.conditional(.oneOf(key: "metadata.name", values: ["b"]))
        let page = try client.json(await client.send(.get, "/entities/by-query", decision: some))
        #expect(names(page["items"]) == ["B"])
        #expect(page["totalItems"] == 1)
        let denied = try client.json(await client.send(.get, "/entities/by-query", decision: .deny))
        #expect(denied == ["items": [], "totalItems": 0, "pageInfo": [:]])
        let facets = try client.json(await client.send(.get, "/entity-facets", "facet=metadata.name", decision: some))
        #expect(facets == ["facets": ["metadata.name": [["value": "B", "count": 1]]]])
        let references: JSONValue = ["entityRefs": ["component:default/a", "Component:default/B", "x:y/z"]]
        let items = try client.json(await client.send(.post, "/entities/by-refs", body: references, decision: some))
        #expect(items["items"]?.array?.map { $0["metadata"]?["name"] } == [nil, "B", nil])
        await #expect(throws: PortalError.self) {
            try await client.send(
                .get, "/entities/by-name/{kind}/{namespace}/{name}",
                parameters: ["kind": "component", "namespace": "default", "name": "a"], decision: some)
        }
    }

    @Test("the old list gives everything by reference, and a link to the rest")
    func list() async throws {
        let client = try client()
        let all = try client.json(await client.send(.get, "/entities"))
        #expect(names(all) == ["A", "B", "C", "D", "E", "F", "G"])
        let page = try await client.send(.get, "/entities", "limit=2&order=desc:metadata.name")
        #expect(names(try client.json(page)) == ["G", "F"])
        let link = try #require(page.headers[HTTPField.Name("Link") ?? .location])
        #expect(link.contains("after=eyJsaW1pdCI6Miwib2Zmc2V0IjoyfQ%3D%3D"))
        #expect(link.hasSuffix(">; rel=\"next\""))
        let rest = try client.json(
            await client.send(.get, "/entities", "order=asc:metadata.name&after=eyJsaW1pdCI6Miwib2Zmc2V0IjoyfQ=="))
        #expect(names(rest) == ["C", "D"])
        for query in ["order=name", "after=%%", "after=eyJsaW1pdCI6ImEifQ=="] {
            await #expect(throws: PortalError.self) { try await client.send(.get, "/entities", query) }
        }
    }

    @Test("whatever field somebody orders by, everybody else's list stays by reference", arguments: ["\n", " "])
    func orderOfOthers(_ field: String) async throws {
        let client = try CatalogClient(
            [("A", 3), ("B", 2), ("C", 1)].map { Sample.entity(id: $1, name: $0, owner: "team") })
        let strange = try client.json(
            await client.send(.get, "/entities", "order=asc:\(PercentCoding.encode(field))&filter=kind"))
        #expect(names(strange) == ["C", "B", "A"])
        #expect(names(try client.json(await client.send(.get, "/entities"))) == ["A", "B", "C"])
    }

    @Test("entities are found by name in any case, and by uid")
    func byName() async throws {
        let client = try client()
        let entity = try client.json(
            await client.send(
                .get, "/entities/by-name/{kind}/{namespace}/{name}",
                parameters: ["kind": "COMPONENT", "namespace": "Default", "name": "a"]))
        #expect(entity["metadata"]?["name"] == "A")
        #expect(entity["relations"] == [["type": "ownedBy", "targetRef": "group:default/team"]])
        await #expect {
            try await client.send(.get, "/entities/by-uid/{uid}", parameters: ["uid": "nope"])
        } throws: { ($0 as? PortalError)?.message == "No entity with uid nope" }
    }

    @Test(
        "malformed by-refs bodies are input errors",
        arguments: [[:], ["unknown": 7], ["entityRefs": 7], ["entityRefs": [7]], ["entityRefs": [], "fields": 7]]
            as [JSONValue])
    func malformedReferences(_ body: JSONValue) async throws {
        let client = try client()
        await #expect {
            try await client.send(.post, "/entities/by-refs", body: body)
        } throws: { ($0 as? PortalError)?.kind == .input }
    }

    @Test("by-refs takes fifty thousand references, and refuses one more in a sentence")
    func mostReferences() async throws {
        let client = try client()
        func body(_ count: Int) -> JSONValue {
            ["entityRefs": .array([JSONValue](repeating: "component:default/none", count: count))]
        }
        let answer = try client.json(await client.send(.post, "/entities/by-refs", body: body(50_000)))
        #expect(answer["items"]?.array?.count == 50_000)
        await #expect {
            try await client.send(.post, "/entities/by-refs", body: body(50_001))
        } throws: { error in
            let error = error as? PortalError
            return error?.kind == .input
                && error?.message == "request/body/entityRefs must have at most 50000 items"
        }
    }
}
