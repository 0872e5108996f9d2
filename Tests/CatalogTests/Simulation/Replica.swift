import Database
import EntityModel
import PortalKit
import PortalTesting

@testable import Catalog

/// One replica of a simulated portal between a start and a crash: the catalog's own parts on a database of its own.
final class Replica: Sendable {
    struct State: Sendable {
        var isReady = false
        /// Claimed and not stored yet.
        var held: [ClaimedSource] = []
        /// Of those, the ones of which the reading has not begun.
        var unread: [ClaimedSource] = []
        /// The configuration that is in force here.
        var config: [String]?
        var isFollowing = false
        var isReloading = false
    }

    /// What all replicas of a world share.
    struct World: Sendable {
        let server: SimulatedServer
        let files: Shared<FileWorld>
        let config: Shared<[String]>
        let people: Shared<People>
        let interval: Int64?
        let strategy: CatalogSettings.OrphanStrategy
        let page: Int
    }

    let number: Int
    let world: World
    let database: SimulatedDatabase
    let index = PublishedIndex()
    let state = Shared(State())
    let follower: FeedFollower
    let sources: SourceStore
    private let loop: IngestionLoop

    init(_ number: Int, of count: Int, _ world: World) {
        self.number = number
        self.world = world
        database = SimulatedDatabase(world.server, replicas: Set(0..<count))
        let feed = SQLCatalogFeed(database, page: world.page)
        let isImpatient = world.server.sabotage == .takesPagesForComplete
        let logger = LogLines().logger
        follower = FeedFollower(
            isImpatient ? ImpatientFeed(feed: feed) : feed as any CatalogFeed, index: index, logger: logger)
        sources = SourceStore(database: database, queue: RefreshQueue(intervalMilliseconds: world.interval))
        loop = IngestionLoop(
            store: sources, processor: Self.processor(world), strategy: world.strategy, logger: logger, jitter: { 0.5 })
    }

    static func processor(_ world: World) -> SourceProcessor {
        let reader = LocationReader(
            "world", handles: { $0.type == "file" },
            resolve: { FilePath.joined(FilePath.folder(of: $1), $0) },
            read: { request in
                await world.server.stage.turn(.readFiles)
                let step = world.server.ledger.state.value.step
                Activity.current?.facts.change { $0.readAt = step }
                return try world.files.value.content(request.location.target, etag: request.etag)
            })
        let reading = LocationReading(readers: [reader])
        return SourceProcessor(
            reading: reading,
            pipeline: EntityPipeline(
                kinds: EntityKind.builtIn, processors: [], placeholders: Placeholders([], reading: reading),
                rules: CatalogRules(nil), reading: reading))
    }

    var roots: RootStore { RootStore(database: database) }

    func run(_ kind: Activity.Kind) async {
        switch kind {
        case .start: await start()
        case .claim(let limit): await claim(limit)
        case .read(let source):
            await loop.read(source)
            forget(source)
        case .renew(let held): try? await sources.renew(held)
        case .giveBack(let source):
            try? await sources.giveBack(source)
            forget(source)
        case .follow: await follow()
        case .job(let name): try? await work(name)
        case .reload: try? await reload()
        case .watch(let paths): await tell(of: paths)
        case .refresh(let reference): try? await refresh(reference)
        case .delete(_, let uid): try? await delete(uid)
        case .register(let path): await register(path)
        case .unregister(let path): await unregister(path)
        case .visit(let session): try? await visit(session)
        }
    }

    private func forget(_ source: ClaimedSource) {
        state.change { state in state.held.removeAll { $0.id == source.id && $0.token == source.token } }
    }

    /// As the catalog's plugin prepares itself; what fails is tried again, as the program is started again.
    private func start() async {
        while !database.isDead.value {
            do {
                try await follower.load()
                try await reload()
                try await catchUp()
                // What changed while nobody watched is told by nobody.
                try await sources.request(sources.localPaths().map(\.id))
                state.change { $0.isReady = true }
                return
            } catch {
                await world.server.stage.turn(.other)
            }
        }
    }

    private func reload() async throws {
        let config = world.config.value
        state.change { $0.isReloading = true }
        defer { state.change { $0.isReloading = false } }
        try await roots.synchronize(
            config.map { LocationReference(type: "file", target: $0) }, fingerprint: "1")
        state.change { $0.config = config }
    }

    /// As the follower runs: what fails is tried again.
    private func follow() async {
        do { try await catchUp() } catch {
            world.server.wakes.change { [number] wakes in
                _ = wakes[SQLCatalogFeed.channel.description, default: []].insert(number)
            }
        }
    }

    func catchUp() async throws {
        if database.isDead.value { throw CancellationError() }
        await world.server.stage.turn(.index)
        if database.isDead.value { throw CancellationError() }
        state.change { $0.isFollowing = true }
        defer { state.change { $0.isFollowing = false } }
        try await follower.catchUp()
    }

    private func claim(_ limit: Int) async {
        guard let claimed = try? await sources.claim(limit: limit) else { return }
        if claimed.isEmpty { return await ignoringErrors { try await Precedence.settle(in: database) } }
        state.change { state in
            state.held += claimed
            state.unread += claimed
        }
    }

    private func ignoringErrors(_ body: () async throws -> Void) async { try? await body() }

    /// Shorter than a lease, so that a slot comes in most worlds while somebody stands still.
    static let interval: Duration = .seconds(10)

    private func work(_ name: String) async throws {
        let jobs = JobStore(database)
        guard case .begin(let lease) = try await jobs.turn(of: name, JobSchedule(interval: Self.interval, name: name))
        else { return }
        Activity.current?.facts.change { $0.lease = lease }
        await world.server.stage.turn(.other)
        try await lease.renew(milliseconds: JobStore.leaseMilliseconds, in: database)
        await world.server.stage.turn(.other)
        try await jobs.end(name, lease, error: nil)
    }
}
