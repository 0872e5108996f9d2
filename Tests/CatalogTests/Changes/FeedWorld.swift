import Database
import EntityModel
import HTTPTypes
import Logging
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// A catalog of one test: what is written to it goes through the store as ingestion does, and the index follows.
struct FeedWorld {
    let database: any SQLDatabase
    let index = PublishedIndex()
    let follower: FeedFollower
    let log: ChangeLog

    /// - Parameter database: that of another world, which then is a replica.
    static func open(_ engine: Dialect, _ database: (any SQLDatabase)? = nil) async throws -> FeedWorld {
        let opened = if let database { database } else { try await TestDatabase.open(engine, CatalogMigrations.all) }
        try await SQLCatalogFeed.prepare(opened)
        let world = FeedWorld(opened)
        try await world.follower.load()
        return world
    }

    private init(_ database: any SQLDatabase) {
        self.database = database
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        follower = FeedFollower(SQLCatalogFeed(database), index: index, logger: quiet)
        log = ChangeLog(database: database)
    }

    static let file = ChangeCause.location(LocationReference(type: "file", target: "/files/all.yaml"))

    /// Creates or changes entities, all in one transaction.
    /// - Parameter at: the time that the feed keeps; now where nothing is said.
    func put(
        _ names: [String], title: String, owner: String = "team-a", kind: String = "Component",
        by cause: ChangeCause = file, at: Int64? = nil
    ) async throws {
        try await database.write { transaction in
            var draft = EntityDraft(transaction, now: try at ?? transaction.now(), cause: cause)
            let entities = names.map { Sample.entity(id: 0, kind: kind, name: $0, owner: owner, title: title) }
            try draft.load(entities.map(\.reference))
            for entity in entities {
                draft.put(
                    entity.reference,
                    .init(body: entity.body, edges: entity.edges.text, hash: "\(title) \(owner)"), source: 1)
            }
            try draft.write()
        }
    }

    /// Removes what is not to be kept.
    /// - Returns: how many changes that were.
    func prune(_ retention: HistoryRetention) async throws -> Int {
        let lease = try #require(try await Lease.acquire("pruning", milliseconds: 60_000, in: database))
        let count = try await HistoryPruning(database: database, retention: { retention }, pause: .zero).prune(lease)
        try await lease.release(in: database)
        return count
    }

    func delete(_ names: [String], by cause: ChangeCause = file, at: Int64? = nil) async throws {
        try await database.write { transaction in
            var draft = EntityDraft(transaction, now: try at ?? transaction.now(), cause: cause)
            let references = names.map { "component:default/\($0)" }
            try draft.load(references)
            for reference in references { draft.delete(reference) }
            try draft.write()
        }
    }

    /// Calls a route of the API once the index has everything.
    func send(
        _ path: String = "", _ query: String = "", decision: AuthorizationDecision = .allow,
        headers: HTTPFields = [:], heartbeat: Duration = .milliseconds(200)
    ) async throws -> PortalResponse {
        try await follower.catchUp()
        let request = PortalRequest(
            method: .get, target: ChangesAPI.path + path, headers: headers, query: QueryParameters(query),
            decision: decision)
        if path == "/stream" {
            return try await ChangeStream(log: log, index: index, heartbeat: heartbeat).answer(request)
        }
        let routes =
            ChangesAPI(log: log, index: index).routes
            + AncestryAPI(
                entities: EntityStore(database: database), index: index
            ).routes
        let route = try #require(routes.first { $0.path == ChangesAPI.path + path })
        return try await route.handler(request)
    }

    func json(_ query: String = "", decision: AuthorizationDecision = .allow) async throws -> JSONValue {
        try JSONParser.parse(try await send("", query, decision: decision).body)
    }

    /// `updated shop`, the newest first.
    func told(_ query: String = "", decision: AuthorizationDecision = .allow) async throws -> [String] {
        Self.told(try await json(query, decision: decision))
    }

    static func told(_ answer: JSONValue) -> [String] {
        (answer["items"]?.array ?? []).map { item in
            let name = item["entityRef"]?.string?.split(separator: "/").last ?? ""
            return "\(item["type"]?.string ?? "") \(name)"
        }
    }
}
