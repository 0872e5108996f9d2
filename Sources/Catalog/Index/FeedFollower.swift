import Logging
import PortalKit

/// Keeps the published index at the head of the change feed.
package actor FeedFollower {
    private let feed: any CatalogFeed
    private let index: PublishedIndex
    private let logger: Logger
    private var running: Task<Void, any Error>?

    package init(_ feed: any CatalogFeed, index: PublishedIndex, logger: Logger) {
        self.feed = feed
        self.index = index
        self.logger = logger
    }

    /// Reads the whole catalog from one snapshot and publishes it.
    package func load() async throws {
        let load = IndexLoad()
        let (epoch, head) = try await feed.load { try load.add($0) }
        index.publish(try load.finished(epoch: epoch, head: head))
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

    private func step() async throws {
        let current = index.current
        guard let delta = try await feed.delta(after: current.head, epoch: current.epoch) else {
            return try await load()
        }
        if delta.head == current.head { return }
        var next = current
        try next.apply(upserts: delta.upserts, deletes: delta.deletes, epoch: delta.epoch, head: delta.head)
        index.publish(next)
    }

    private static let longestPause: Duration = .milliseconds(400)

    /// Follows until cancelled; a failure is logged and tried again at the next wake.
    ///
    /// It rests in proportion to its work, so that during a large ingest readers have the processor too.
    package func run() async throws {
        for await _ in feed.wakes() {
            let start = ContinuousClock.now
            do {
                try await catchUp()
            } catch is CancellationError {
                return
            } catch {
                logger.error("The read index could not follow the change feed: \(error)")
            }
            let work = start.duration(to: .now)
            if work > .milliseconds(5) { try await Task.sleep(for: min(work * 4, Self.longestPause)) }
        }
    }
}
