import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// `GET /api/callboard/v1/changes`.
@Suite struct ChangesAPITests {
    private static let day: Int64 = 86_400_000

    private func world(_ engine: Dialect) async throws -> FeedWorld {
        let world = try await FeedWorld.open(engine)
        try await world.put(["shop", "till"], title: "First", at: Self.day)
        try await world.put(["stage"], title: "First", owner: "team-b", at: 2 * Self.day)
        try await world.put(["team-a"], title: "Team", owner: "house", kind: "Group", by: .user("user:default/ann"))
        try await world.put(["shop"], title: "Second", by: .service("builds"))
        try await world.delete(["till"], by: .configuration)
        return world
    }

    @Test(
        "changes of the whole catalog come newest first, with differences and causes", arguments: TestDatabase.engines)
    func all(_ engine: Dialect) async throws {
        let world = try await world(engine)
        let answer = try await world.json()
        let all = ["deleted till", "updated shop", "created team-a", "created stage", "created till", "created shop"]
        #expect(FeedWorld.told(answer) == all)
        let updated = answer["items"]?.array?.dropFirst().first
        #expect(updated?["changedFields"] == ["metadata.title"])
        #expect(updated?["changes"] == [["path": "metadata.title", "before": "First", "after": "Second"]])
        #expect(updated?["cause"] == ["type": "service", "name": "builds"])
        #expect(answer["head"]?.string?.hasSuffix(":6") == true)
        #expect(answer["pageInfo"] == [:])
        let short = try await world.json("fields=number,entityRef&limit=1")
        #expect(short["items"] == [["number": 6, "entityRef": "component:default/till"]])
        await world.database.close()
    }

    @Test("each filter leaves what is asked for, of deleted entities too", arguments: TestDatabase.engines)
    func filters(_ engine: Dialect) async throws {
        let world = try await world(engine)
        #expect(try await world.told("entity=component:default/shop") == ["updated shop", "created shop"])
        #expect(try await world.told("entity=Component:Till") == ["deleted till", "created till"])
        #expect(try await world.told("kind=group") == ["created team-a"])
        let ofTeam = ["deleted till", "updated shop", "created till", "created shop"]
        #expect(try await world.told("owner=team-a") == ofTeam)
        #expect(try await world.told("owner=group:default/team-b") == ["created stage"])
        #expect(try await world.told("owner=team-a&type=deleted") == ["deleted till"])
        #expect(try await world.told("system=nothing") == [])
        #expect(try await world.told("cause=service") == ["updated shop"])
        #expect(try await world.told("cause=configuration") == ["deleted till"])
        #expect(try await world.told("cause=user&causeName=ann") == ["created team-a"])
        #expect(try await world.told("cause=user&causeName=user:default/an") == [])
        #expect(try await world.told("cause=location").count == 3)
        #expect(try await world.told("cause=location&causeName=file:/files/all.yaml&type=created").count == 3)
        #expect(try await world.told("to=1970-01-02") == ["created till", "created shop"])
        #expect(try await world.told("from=1970-01-03&to=1970-01-03T00:00:00.001Z") == ["created stage"])
        #expect(try await world.told("from=1970-01-02T00:00:00%2B00:00&to=1970-01-03T00:00:00Z").count == 2)
        await world.database.close()
    }

    @Test("an entity moves to another team with all its changes; who owned it last has those of one that is gone")
    func owners() async throws {
        let world = try await world(.sqlite)
        try await world.put(["shop"], title: "Third", owner: "team-b")
        #expect(try await world.told("owner=team-a") == ["deleted till", "created till"])
        #expect(try await world.told("owner=team-b").count == 4)
        try await world.delete(["shop"])
        #expect(try await world.told("owner=team-b").count == 5)
        // Another one under the name of one that is gone.
        try await world.put(["till"], title: "New", owner: "team-b")
        #expect(try await world.told("owner=team-a") == [])
        await world.database.close()
    }

    @Test(
        "pages follow one another without gap or repeat, whatever is written meanwhile", arguments: TestDatabase.engines
    )
    func pages(_ engine: Dialect) async throws {
        let world = try await world(engine)
        var told: [String] = []
        var cursor = ""
        for _ in 0..<10 {
            let page = try await world.json("limit=2\(cursor)&totalItems=include")
            told += FeedWorld.told(page)
            guard let next = page["pageInfo"]?["nextCursor"]?.string else { break }
            cursor = "&cursor=\(next)"
            try await world.put(["new-\(told.count)"], title: "Later")
        }
        let all = ["deleted till", "updated shop", "created team-a", "created stage", "created till", "created shop"]
        #expect(told == all)
        #expect(try await world.json("totalItems=include")["totalItems"] == ["count": 8, "isExact": true])
        await world.database.close()
    }

    @Test("the work of a page has a limit, and the cursor goes on behind it", arguments: TestDatabase.engines)
    func limits(_ engine: Dialect) async throws {
        let world = try await FeedWorld.open(engine)
        try await world.put(["mine"], title: "First")
        for number in 0..<30 { try await world.put(["other"], title: "\(number)", owner: "team-b") }
        try await world.follower.catchUp()
        let log = ChangeLog(
            database: world.database, limits: .init(mostRows: 10, mostStates: 1_000, mostBytes: 1 << 20))
        let filter = ChangeFilter(owner: EntityReference(kind: "group", name: "team-a"))
        let sieve = ChangeSieve(filter, AuthorizedCatalog(world.index.version, decision: .allow))
        var (steps, next, found): (Int, Int64?, [CatalogChange]) = (0, nil, [])
        repeat {
            let page = try await log.page(sieve, before: next, count: 5, withStates: true)
            #expect(page.isCut == (page.next != nil))
            found += page.changes
            next = page.next
            steps += 1
        } while next != nil && steps < 20
        #expect(found.map(\.reference.name) == ["mine"])
        #expect(steps == 4)
        await world.database.close()
    }

    @Test("what may not be read is told of by nothing: no change, no state, no cursor, no number of items")
    func hidden() async throws {
        let world = try await world(.sqlite)
        let decision = AuthorizationDecision.conditional(
            .oneOf(key: "relations.ownedby", values: ["group:default/team-a"]))
        let all = ["deleted till", "updated shop", "created till", "created shop"]
        #expect(try await world.told(decision: decision) == all)
        let last = try await world.json("limit=4&totalItems=include", decision: decision)
        #expect(last["pageInfo"] == [:])
        #expect(last["totalItems"] == ["count": 4, "isExact": true])
        let stage = try await world.json("entity=component:stage&totalItems=include", decision: decision)
        let nothing = try await world.json("entity=component:nothing&totalItems=include", decision: decision)
        #expect(stage == nothing)
        // Comes from another team: what it was there stays hidden.
        try await world.put(["stage"], title: "Moved", owner: "team-a")
        let moved = try await world.send("", "entity=component:stage", decision: decision)
        let text = String(decoding: moved.body, as: UTF8.self)
        #expect(text.contains("Moved") && !text.contains("team-b") && !text.contains("First"))
        // Goes to another team, and is deleted there: it is gone for this one.
        try await world.put(["shop"], title: "Secret", owner: "team-b")
        #expect(try await world.told("entity=component:shop", decision: decision) == [])
        try await world.delete(["shop"])
        #expect(try await world.told("entity=component:shop", decision: decision) == [])
        #expect(try await world.told(decision: .deny) == [])
        await world.database.close()
    }

    @Test(
        "what the index does not know yet is not told of: it may be in other hands by now",
        arguments: TestDatabase.engines)
    func ahead(_ engine: Dialect) async throws {
        let world = try await FeedWorld.open(engine)
        try await world.put(["shop"], title: "First")
        try await world.follower.catchUp()
        let decision = AuthorizationDecision.conditional(
            .oneOf(key: "relations.ownedby", values: ["group:default/team-a"]))
        let catalog = AuthorizedCatalog(world.index.version, decision: decision)
        try await world.put(["shop"], title: "Secret", owner: "team-b")
        let page = try await world.log.page(
            ChangeSieve(ChangeFilter(), catalog), before: nil, count: 5, withStates: true)
        #expect(page.changes.map(\.change.number) == [1])
        #expect(page.state.head == 1)
        let entities = EntityStore(database: world.database)
        let shop = EntityReference(kind: "component", name: "shop")
        let history = try await HistoryTab.changes(of: shop, entities, catalog)
        let api = AncestryAPI(entities: entities, index: world.index)
        let told = try await api.changes(of: shop, in: catalog, count: 5, before: nil)
        for changes in [page.changes.map(\.change), history, told] {
            let states = changes.flatMap { [$0.before, $0.after] }.compactMap { $0 }
            #expect(!states.contains { $0["metadata"]?["title"] == "Secret" })
            #expect(!changes.contains { $0.number == 2 })
        }
        try await world.follower.catchUp()
        #expect(try await world.told(decision: decision) == [])
        await world.database.close()
    }

    @Test("what walks along the feed does so where it keeps nobody else waiting")
    func lanes() async throws {
        let catalog = AuthorizedCatalog(PublishedIndex().version, decision: .allow)
        func isDirect(_ query: String) throws -> Bool {
            ChangeSieve(try ChangeQuery.filter(QueryParameters(query), and: []), catalog).isDirect
        }
        for query in [
            "", "entity=component:shop&kind=component", "type=deleted", "cause=user", "cause=user&causeName=a",
        ] {
            #expect(try isDirect(query), "\(query)")
        }
        for query in [
            "kind=component", "type=created", "cause=location", "owner=a", "from=2026-01-01", "cause=user&type=deleted",
        ] {
            #expect(try !isDirect(query), "\(query)")
        }
    }

    @Test(
        "what cannot be meant is refused with its name",
        arguments: [
            ("entity=shop", "entity"), ("entity=a:b:c", "entity"), ("owner=a/b/c", "owner"), ("type=moved", "type"),
            ("cause=wind", "cause"), ("causeName=x", "causeName"), ("from=yesterday", "from"), ("to=2026-13-01", "to"),
            ("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("cursor=x", "cursor"),
            ("cursor=5-elsewhere", "cursor"), ("fields=secret", "fields"), ("fields=", "fields"), ("team=a", "team"),
            ("kind=a&kind=b", "kind"), ("totalItems=x", "totalItems"), ("kind=component,api", "kind"),
            ("kind=%FF", "kind"),
            ("owner=component:shop", "owner"), ("cause=anonymous&causeName=x", "causeName"),
            ("entity=%00", "entity"), ("entity=a%00b", "entity"), ("entity=component:%00", "entity"),
            ("entity=component:%FF", "entity"), ("cause=user&causeName=%00", "causeName"), ("system=a%00", "system"),
            ("from=2026-03-01&to=2026-02-01", "from"), ("from=2026-03-01&to=2026-02-28", "from"),
            ("from=2026-03-01T00:00:01Z&to=2026-03-01T00:00:00Z", "from"), ("from=2026-02-30", "from"),
        ])
    func refusals(_ query: String, _ name: String) async throws {
        let world = try await FeedWorld.open(.sqlite)
        do {
            _ = try await world.send("", query)
            Issue.record("\(query) was taken")
        } catch let error as PortalError {
            #expect(error.kind == .input)
            #expect(error.message.contains(name), "\(error.message)")
        }
        await world.database.close()
    }

    @Test(
        "days and times are those of the calendar and the clock",
        arguments: [
            ("2026-02-30", nil), ("2026-02-29", nil), ("2026-04-31", nil), ("2026-00-01", nil), ("2026-01-00", nil),
            ("1900-02-29", nil), ("2026-11-29T25:00:00Z", nil), ("2026-11-29T24:00:01Z", nil), ("2026-1-1", nil),
            ("2026-11-29T23:59:61Z", nil), ("2026-11-29T23:60:00Z", nil), ("2026-11-29T12:00:00", nil), ("", nil),
            ("2026-11-29T12:00:00+24:00", nil), ("2026-11-29T12:00:00.Z", nil), ("2026-11-29Z", nil),
            ("-001-01-01", nil),
            ("1970-01-01", 0), ("1970-01-02T00:00:00Z", 86_400_000), ("1969-12-31T23:59:59.999Z", -1),
            ("2000-02-29", 951_782_400_000), ("2024-02-29T12:00:00.5Z", 1_709_208_000_500),
            ("2026-11-29T24:00:00Z", 1_796_083_200_000 - 86_400_000), ("1970-01-01T01:00:00+01:00", 0),
            ("1969-12-31T22:30:00-0130", 0), ("0000-03-01", -62_162_035_200_000),
        ] as [(String, Int64?)])
    func times(_ text: String, _ expected: Int64?) {
        #expect(ChangeTime.milliseconds(text, isEnd: false) == expected)
        if let expected, expected != 0 { #expect(ISOTime.text(expected).count == 24) }
    }

    @Test("a cursor goes with the filters that it was made for", arguments: TestDatabase.engines)
    func cursors(_ engine: Dialect) async throws {
        let world = try await world(engine)
        let page = try await world.json("limit=1&owner=team-a")
        let cursor = try #require(page["pageInfo"]?["nextCursor"]?.string)
        #expect(try await world.told("limit=1&owner=group:default/team-a&cursor=\(cursor)") == ["updated shop"])
        for other in ["", "owner=team-b", "owner=team-a&kind=component", "system=team-a"] {
            await #expect(throws: PortalError.self) { _ = try await world.told("\(other)&cursor=\(cursor)") }
        }
        await world.database.close()
    }

    @Test("a kind that nobody has, and a person as owner, are no mistakes")
    func emptyLists() async throws {
        let world = try await FeedWorld.open(.sqlite)
        #expect(try await world.told("kind=nobodys") == [])
        #expect(try await world.told("owner=user:ann") == [])
        #expect(try await world.told("from=2026-03-01&to=2026-03-01") == [])
        await world.database.close()
    }

    /// Asks how each statement is carried out before it is.
    private final class Planner: Transaction {
        private let inner: any Transaction
        private(set) var plans: [String] = []

        init(_ inner: any Transaction) { self.inner = inner }

        var dialect: Dialect { inner.dialect }
        func rows(_ sql: SQL) throws -> [Row] {
            plans += try inner.rows("EXPLAIN QUERY PLAN \(sql: sql)").map { try $0.text("detail") }
            return try inner.rows(sql)
        }
        func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws { try rows(sql).forEach(body) }
        func run(_ sql: SQL) throws -> Int { try inner.run(sql) }
        func savepoint<Result>(_ body: () throws -> Result) throws -> Result { try inner.savepoint(body) }
        func notify(_ channel: StaticString) throws { try inner.notify(channel) }
        func now() throws -> Int64 { try inner.now() }
    }

    @Test(
        "each way to ask has an index; nothing sorts the feed, and nothing reads all of it",
        arguments: [
            ("", "catalog_feed_1"), ("kind=component", "catalog_feed_1"), ("cause=location", "catalog_feed_1"),
            ("entity=component:shop", "catalog_feed_ref"), ("entity=component:till&owner=team-a", "catalog_feed_ref"),
            ("cause=user&causeName=a", "catalog_feed_cause"), ("cause=configuration", "catalog_feed_cause"),
            ("cause=service", "catalog_feed_people"), ("type=deleted", "catalog_feed_deleted"),
            ("from=2026-01-01", "catalog_feed_at"), ("to=2026-01-01&type=updated", "catalog_feed_at"),
        ])
    func plans(_ query: String, _ index: String) async throws {
        let world = try await world(.sqlite)
        try await world.follower.catchUp()
        let filter = try ChangeQuery.filter(QueryParameters(query), and: [])
        let sieve = ChangeSieve(filter, AuthorizedCatalog(world.index.version, decision: .allow))
        let plans = try await world.database.read { transaction in
            let planner = Planner(transaction)
            var walk = ChangeWalk(planner, sieve, ChangeWalk.Limits(), withStates: true)
            _ = try walk.backwards(from: nil, count: 5)
            _ = try walk.forwards(after: 0, upTo: sieve.head, count: 5)
            return planner.plans
        }
        #expect(plans.contains { $0.contains(index) }, "\(plans)")
        #expect(!plans.contains { $0.contains("B-TREE") || $0.contains("SCAN") }, "\(plans)")
        await world.database.close()
    }
}
