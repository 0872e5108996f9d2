import EntityModel
import Logging
import Synchronization

/// Says once, when everything that was due at start has been read, what the catalog came to.
final class StartReport: Sendable {
    private let isDue = Mutex(true)
    private let index: PublishedIndex
    private let follower: FeedFollower
    private let logger: Logger

    init(index: PublishedIndex, follower: FeedFollower, logger: Logger) {
        self.index = index
        self.follower = follower
        self.logger = logger
    }

    /// Called whenever nothing is due to be read.
    func tell() async {
        let isDue = isDue.withLock { due in
            defer { due = false }
            return due
        }
        guard isDue else { return }
        // What was read last may not be in the index yet; without it the numbers are only a little old.
        try? await follower.catchUp()
        let errors = index.current.matches(.exists(key: SearchRows.errorKey)).count
        logger.info(
            "All that was due has been read: \(index.current.count) entities, \(errors) of them with errors.")
    }
}
