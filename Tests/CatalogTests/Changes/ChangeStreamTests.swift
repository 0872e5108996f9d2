import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// `GET /api/callboard/v1/changes/stream`.
@Suite struct ChangeStreamTests {
    /// One event as a client takes it: whole, up to its blank line.
    private struct Event: Hashable {
        var name = ""
        var id = ""
        var data = ""

        var number: Int64? { id.split(separator: ":").last.flatMap { Int64($0) } }
    }

    /// A client as browsers are: it keeps the last id, and begins there anew when it was cut off.
    private final class Client {
        var lastID = ""
        var events: [Event] = []
        private var rest = ""

        /// - Parameter cut: how many bytes of the text arrive.
        func take(_ text: String, cut: Int? = nil) {
            rest += String(decoding: Array(text.utf8).prefix(cut ?? .max), as: UTF8.self)
            while let end = rest.firstRange(of: "\n\n") {
                var event = Event()
                for line in rest[..<end.lowerBound].split(separator: "\n") {
                    let value = String(line.drop { $0 != " " }.dropFirst())
                    if line.hasPrefix("event:") { event.name = value }
                    if line.hasPrefix("id:") { event.id = value }
                    if line.hasPrefix("data:") { event.data = value }
                }
                rest = String(rest[end.upperBound...])
                if !event.id.isEmpty { lastID = event.id }
                if !event.data.isEmpty { events.append(event) }
            }
        }

        func disconnect() { rest = "" }
    }

    private static func stream(
        _ world: FeedWorld, _ query: String = "", lastID: String = "", decision: AuthorizationDecision = .allow
    ) async throws -> PortalResponse.Pieces {
        var headers = HTTPFields()
        if let name = HTTPField.Name("Last-Event-ID"), !lastID.isEmpty { headers[name] = lastID }
        let answer = try await world.send(
            "/stream", query, decision: decision, headers: headers, heartbeat: .milliseconds(30))
        let stream = try #require(answer.stream)
        return stream()
    }

    /// Reads what there is until a sign of life.
    private static func read(
        _ world: FeedWorld, _ query: String = "", decision: AuthorizationDecision = .allow, lastID: String = ""
    ) async throws -> Client {
        let client = Client()
        let next = try await stream(world, query, lastID: lastID, decision: decision)
        for _ in 0..<50 {
            guard let piece = await next() else { break }
            let text = String(decoding: piece, as: UTF8.self)
            client.take(text)
            if !text.contains("data:") && !text.contains("retry:") { break }
        }
        return client
    }

    private static func told(_ client: Client) -> [String] {
        client.events.map { event in
            let data = try? JSONParser.parse(Array(event.data.utf8))
            let name = data?["entityRef"]?.string?.split(separator: "/").last ?? ""
            return "\(event.name) \(data?["type"]?.string ?? "") \(name)"
        }
    }

    @Test("each change is told in the order of commits, filtered as pages are", arguments: TestDatabase.engines)
    func order(_ engine: Dialect) async throws {
        let world = try await FeedWorld.open(engine)
        try await world.put(["shop", "till"], title: "First")
        try await world.put(["stage"], title: "First", owner: "team-b")
        try await world.put(["shop"], title: "Second")
        try await world.delete(["till"])
        let all = ["created shop", "created till", "created stage", "updated shop", "deleted till"]
        #expect(Self.told(try await Self.read(world, "after=0")) == all.map { "change \($0)" })
        #expect(Self.told(try await Self.read(world)) == [])
        let ofTeam = try await Self.read(world, "after=1&owner=team-a")
        #expect(Self.told(ofTeam) == ["change created till", "change updated shop", "change deleted till"])
        let first = try await Self.read(world, "after=0&entity=component:shop")
        #expect(first.events.map(\.number) == [1, 4])
        // What was not for this client is passed all the same.
        #expect(first.lastID == "\(world.index.current.epoch):5")
        let secret = AuthorizationDecision.conditional(
            .oneOf(key: "relations.ownedby", values: ["group:default/team-b"]))
        #expect(Self.told(try await Self.read(world, "after=0", decision: secret)) == ["change created stage"])
        let resumed = try await Self.read(world, "after=0", lastID: "\(world.index.current.epoch):4")
        #expect(Self.told(resumed) == ["change deleted till"])
        await world.database.close()
    }

    @Test(
        "who was away too long, or comes from another database, is told so and goes on", arguments: TestDatabase.engines
    )
    func reset(_ engine: Dialect) async throws {
        let world = try await FeedWorld.open(engine)
        for number in 0..<6 { try await world.put(["busy"], title: "\(number)") }
        var retention = HistoryRetention()
        retention.maxChangesPerEntity = 2
        retention.graceMilliseconds = -1_000
        let kept = retention
        #expect(try await world.prune(kept) == 4)
        let epoch = try await world.log.state().epoch
        let late = try await Self.read(world, "after=3")
        #expect(late.events == [Event(name: "reset", id: "\(epoch):6", data: #"{"reason":"removed","number":6}"#)])
        #expect(Self.told(try await Self.read(world, "after=4")).count == 2)
        for (id, reason) in [("elsewhere:5", "replaced"), ("\(epoch):7", "unknown"), ("99", "unknown")] {
            let client = try await Self.read(world, lastID: id)
            let data = #"{"reason":"\#(reason)","number":6}"#
            #expect(client.events == [Event(name: "reset", id: "\(epoch):6", data: data)])
        }
        await #expect(throws: PortalError.self) { _ = try await Self.stream(world, "after=soon") }
        await #expect(throws: PortalError.self) { _ = try await Self.stream(world, lastID: "a:b:c") }
        await #expect(throws: PortalError.self) { _ = try await Self.stream(world, "owner=a/b/c") }
        for name in ["from", "to"] {
            // It begins where `after` says.
            await #expect(throws: PortalError.self) { _ = try await Self.stream(world, "\(name)=2026-01-31") }
        }
        let denied = try await Self.read(world, "after=4", decision: .deny)
        #expect(denied.events == [])
        await world.database.close()
    }

    @Test("whoever waits is told at once, and the first that was missed by nobody else")
    func live() async throws {
        let world = try await FeedWorld.open(.sqlite)
        let answer = try await world.send("/stream", heartbeat: .seconds(20))
        let stream = try #require(answer.stream)
        let next = stream()
        #expect(await next() == Array("retry: 1000\n\n".utf8))
        async let piece = next()
        try await Task.sleep(for: .milliseconds(50))
        try await world.put(["shop"], title: "First")
        try await world.follower.catchUp()
        let text = String(decoding: await piece ?? [], as: UTF8.self)
        #expect(text.hasPrefix("event: change\nid: \(world.index.current.epoch):1\ndata: {"))
        await world.database.close()
    }

    @Test(
        "a subscriber that is cut off again and again sees each change once and in order, on two portals of one database"
    )
    func cutOff() async throws {
        let configuration = TestDatabase.configuration(.postgres)
        let database = try await ConfiguredDatabase.open(configuration)
        try await Migrator(Lease.migrations + CatalogMigrations.all).migrate(database)
        let first = try await FeedWorld.open(.postgres, database)
        let second = try await FeedWorld.open(.postgres, try await ConfiguredDatabase.open(configuration))
        // From here on both change it; who makes it first would be refused to the other.
        try await first.put(["shared"], title: "First")
        let rounds = 60
        let worlds = [first, second]
        let seen = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for (place, world) in worlds.enumerated() {
                group.addTask {
                    for round in 0..<rounds {
                        try await world.put(["own-\(place)", "shared"], title: "\(place) \(round)")
                        if round % 10 == 9 { try await world.delete(["own-\(place)"]) }
                    }
                    return []
                }
            }
            group.addTask { try await Self.subscribe(to: worlds) }
            var seen: [Int64] = []
            for try await numbers in group { seen += numbers }
            return seen
        }
        let all = try await database.read { transaction in
            try transaction.rows("SELECT n FROM catalog_feed ORDER BY n").map { try $0.integer(0) }
        }
        #expect(all.count > rounds * 3)
        #expect(seen == all)
        for world in worlds { await world.database.close() }
    }

    /// Reads from one world and another, and loses the connection after a few pieces, in the middle of one.
    private static func subscribe(to worlds: [FeedWorld]) async throws -> [Int64] {
        let client = Client()
        client.lastID = "\(try await worlds[0].log.state().epoch):0"
        var quiet = 0
        var connection = 0
        while quiet < 12 {
            connection += 1
            let before = client.events.count
            let next = try await stream(worlds[connection % worlds.count], lastID: client.lastID)
            for number in 0..<3 {
                guard let piece = await next() else { break }
                let cut = number == 2 && connection % 2 == 0 ? Int.random(in: 0...max(1, piece.count)) : nil
                client.take(String(decoding: piece, as: UTF8.self), cut: cut)
            }
            client.disconnect()
            quiet = client.events.count == before ? quiet + 1 : 0
        }
        #expect(client.events.allSatisfy { $0.name == "change" })
        return client.events.compactMap(\.number)
    }
}
