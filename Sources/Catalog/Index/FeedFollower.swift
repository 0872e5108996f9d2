import EntityModel
import Logging
import PortalKit

/// Keeps the published index at the head of the change feed.
package actor FeedFollower {
    private let feed: any CatalogFeed
    private let index: PublishedIndex
    private let logger: Logger
    private let tracer: Tracer
    private var running: Task<Void, any Error>?

    package init(_ feed: any CatalogFeed, index: PublishedIndex, logger: Logger, tracer: Tracer = .off) {
        self.feed = feed
        self.index = index
        self.logger = logger
        self.tracer = tracer
    }

    /// Reads the whole catalog from one snapshot and publishes it.
    package func load() async throws {
        do { try await load(skipsDamaged: false) } catch is JSONParseError { try await load(skipsDamaged: true) }
    }

    private func load(skipsDamaged: Bool) async throws {
        let (load, epoch, head) = try await feed.load(into: { IndexLoad() }) { [logger] load, chunk in
            try load.add(skipsDamaged ? Self.readable(chunk, logger) : chunk)
        }
        index.publish(try load.finished(epoch: epoch, head: head))
    }

    /// Those whose stored body can be parsed; one that is damaged must not take the rest along.
    private static func readable(_ entities: [StoredEntity], _ logger: Logger) -> [StoredEntity] {
        entities.filter { entity in
            do {
                _ = try JSONParser.parse(entity.body)
                return true
            } catch {
                logger.error(
                    """
                    The stored body of \(entity.reference) (catalog_entities, id \(entity.id)) is damaged and left \
                    out: \(error). Delete the entity, so that its source stores it anew.
                    """)
                return false
            }
        }
    }

    /// Takes over everything that was committed before the call; reloads where the database was replaced by another.
    package func catchUp() async throws {
        // One at a time and in turn, so that an older state never replaces a newer one.
        let last = running
        let task = Task {
            _ = await last?.result
            try await self.step()
        }
        running = task
        try await task.value
    }

    /// Whether somebody looks, and whether somebody came after that look began.
    private var isHurrying = false
    private var isWanted = false

    /// Waits until the index has a number, or for a time; one that nothing leads to is not looked for again.
    nonisolated func reach(_ number: Int64, atMost duration: Duration) async {
        let known = index.current.head
        if known >= number { return }
        // Not a part of the group, which would wait for the database whatever the time is.
        Task { await self.hurry() }
        let changes = index.changes(after: known)
        try? await Deadline.run(duration) { for await head in changes where head >= number { return } }
    }

    /// However many ask, one looks: a look that begins after somebody asked finds every number that was handed out by then.
    /// More than one look does nobody get, whatever number they name, so that nobody keeps this from its rest.
    private func hurry() async {
        isWanted = true
        if isHurrying { return }
        isHurrying = true
        defer { isHurrying = false }
        while isWanted {
            isWanted = false
            try? await catchUp()
        }
    }

    private func step() async throws {
        // What is damaged is looked for only where there is something: parsing twice would cost everybody.
        do { try await follow(skipsDamaged: false) } catch is JSONParseError {
            // Where it is still damage, that is in what the index itself has: it is made anew.
            do { try await follow(skipsDamaged: true) } catch is JSONParseError { try await load() }
        }
    }

    /// Who is further behind than this loads everything anew, which is quicker.
    private static let mostPages = 100

    private func follow(skipsDamaged: Bool) async throws {
        let current = index.current
        var next = current
        for _ in 0..<Self.mostPages {
            guard let delta = try await feed.delta(after: next.head, epoch: next.epoch) else { break }
            if delta.head != next.head {
                let upserts = skipsDamaged ? Self.readable(delta.upserts, logger) : delta.upserts
                // For a request that waits for it, it is a part of that; by itself, it is a trace of its own.
                let parent: Tracer.Parent = WorkContext.current?.trace == nil ? .none : .current
                try await tracer.span("follow catalog feed", .internal, parent) { span in
                    span?.set("callboard.feed.from", .integer(Int(next.head)))
                    span?.set("callboard.feed.head", .integer(Int(delta.head)))
                    try next.apply(upserts: upserts, deletes: delta.deletes, epoch: delta.epoch, head: delta.head)
                }
            }
            // A page may end within somebody's transaction; nobody sees a part of it.
            guard delta.isComplete else { continue }
            if next.head != current.head { index.publish(next) }
            return
        }
        try await load()
    }

    private static let longestPause: Duration = .milliseconds(400)
    /// So many changes at once are somebody's ingest, which nobody waits for by the second.
    private static let ingestChanges = 500
    private static let shortPause: Duration = .milliseconds(50)
    private static let pauseAfterFailure: Duration = .seconds(1)

    /// Follows until cancelled. What failed is tried again soon: the wake that led to it may have been the last.
    ///
    /// It rests in proportion to its work, so that during a large ingest readers have the processor too.
    package func run() async throws {
        for await _ in feed.wakes() {
            let start = ContinuousClock.now
            let head = index.current.head
            var isTold = false
            while true {
                do {
                    try await catchUp()
                    break
                } catch is CancellationError {
                    return
                } catch {
                    if !isTold { logger.error("The read index could not follow the change feed: \(error)") }
                    isTold = true
                }
                try await Task.sleep(for: Self.pauseAfterFailure)
            }
            let work = start.duration(to: .now)
            let isIngest = index.current.head - head > Self.ingestChanges
            if work > .milliseconds(5) {
                try await Task.sleep(for: min(work * 4, isIngest ? Self.longestPause : Self.shortPause))
            }
        }
    }
}
