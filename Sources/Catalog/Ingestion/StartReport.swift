import EntityModel
import Logging
import Synchronization

/// Says once, when everything that was due at start has been read, what the catalog came to.
final class StartReport: Sendable {
    /// Entities with errors that the line names.
    private static let mostNamed = 10

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
        let index = index.current
        let wrong = index.matches(.exists(key: SearchRows.errorKey))
        var names: [String] = []
        wrong.forEach { slot in
            if names.count < Self.mostNamed { names.append(Entity(index.own(of: slot)).reference.description) }
        }
        let list = names.isEmpty ? "" : ": \(FewNames.text(names, most: Self.mostNamed, total: wrong.count))"
        logger.info(
            "All that was due has been read: \(index.count) entities, \(wrong.count) of them with errors\(list).")
    }
}
