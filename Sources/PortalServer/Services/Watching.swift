import Foundation
import Logging
import PortalKit
import Synchronization

/// Follows changes in folders: by inotify, and by looking again where that is not to be had.
final class Watching: Sendable {
    /// How to learn of changes.
    enum Way: Sendable {
        case system
        /// Never by inotify.
        case looking(every: Duration)
    }

    /// How often folders are looked at that the system does not watch.
    private static let pollInterval: Duration = .seconds(2)
    /// Looking takes no more than this part of the time.
    private static let pauseFactor = 20

    private let way: Way
    private let logger: Logger?
    private let hasComplained = Mutex(false)

    init(way: Way, logger: Logger?) {
        self.way = way
        self.logger = logger
    }

    func changes(in folders: [String], quiet: Duration) -> FileChanges {
        let (changes, source) = FileChanges.make()
        var interval = Self.pollInterval
        var watch: FolderWatch?
        if case .looking(let every) = way { interval = every } else { watch = FolderWatch(folders, quiet: quiet) }
        let unwatched = watch.map(\.unwatched) ?? folders
        if let watch { start("callboard-watch") { watch.run(source.tell) } }
        let isStopped = unwatched.isEmpty ? nil : look(at: unwatched, every: interval, source.tell)
        source.onEnd { [watch] in
            watch?.stop()
            isStopped?.set()
        }
        return changes
    }

    private func start(_ name: String, _ work: @escaping @Sendable () -> Void) {
        let thread = Thread(block: work)
        thread.name = name
        thread.start()
    }

    /// - Returns: what ends it.
    private func look(
        at folders: [String], every interval: Duration, _ tell: @escaping @Sendable (FileChange) -> Void
    ) -> StopSign {
        complain(folders.count, interval)
        let sign = StopSign()
        let first = FolderPoll(folders)
        start("callboard-poll") {
            var poll = first
            var pause = interval
            while !sign.isSet {
                Thread.sleep(forTimeInterval: pause / .seconds(1))
                let start = ContinuousClock.now
                for path in poll.changes() { tell(.path(path)) }
                pause = max(interval, start.duration(to: .now) * Self.pauseFactor)
            }
        }
        return sign
    }

    private func complain(_ count: Int, _ interval: Duration) {
        let isFirst = hasComplained.withLock { told in
            defer { told = true }
            return !told
        }
        guard isFirst else { return }
        logger?.warning(
            """
            The system does not watch \(count) folders for changes; they are looked at every \(interval) instead. \
            To learn of changes at once, raise fs.inotify.max_user_watches and fs.inotify.max_user_instances.
            """)
    }
}

/// Tells a thread to end.
private final class StopSign: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
