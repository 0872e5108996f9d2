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
        let sign = StopSign()
        var interval = Self.pollInterval
        var watch: FolderWatch?
        if case .looking(let every) = way { interval = every } else { watch = FolderWatch(folders, quiet: quiet) }
        let unwatched = watch.map(\.unwatched) ?? folders
        var work: [(name: String, body: @Sendable () -> Void)] = []
        if let watch {
            work.append(
                (
                    "callboard-watch",
                    { [self, interval] in
                        // Where the system ends the watch, looking goes on.
                        if !watch.run(source.tell) { look(FolderPoll(folders), every: interval, sign, source.tell) }
                    }
                ))
        }
        if !unwatched.isEmpty {
            let poll = FolderPoll(unwatched)
            work.append(("callboard-poll", { [self, interval] in look(poll, every: interval, sign, source.tell) }))
        }
        source.onStop { [watch] in
            watch?.stop()
            sign.set()
        }
        run(work) { source.finish() }
        return changes
    }

    /// Does each on a thread of its own, because they block; `ended` is called after the last.
    private func run(_ work: [(name: String, body: @Sendable () -> Void)], ended: @escaping @Sendable () -> Void) {
        let group = DispatchGroup()
        for (name, body) in work {
            group.enter()
            let thread = Thread {
                body()
                group.leave()
            }
            thread.name = name
            thread.start()
        }
        group.notify(queue: .global(), execute: ended)
    }

    /// Looks again and again, and once more after the sign.
    private func look(
        _ first: FolderPoll, every interval: Duration, _ sign: StopSign, _ tell: (FileChange) -> Void
    ) {
        complain(first.folderCount, interval)
        var poll = first
        var pause = interval
        while true {
            let isLast = sign.wait(atMost: pause / .seconds(1))
            let start = ContinuousClock.now
            for path in poll.changes() { tell(.path(path)) }
            if isLast { return }
            pause = max(interval, start.duration(to: .now) * Self.pauseFactor)
        }
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

/// Tells threads to end.
private final class StopSign: Sendable {
    private let condition = NSCondition()
    private let isSet = Mutex(false)

    func set() {
        isSet.withLock { $0 = true }
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    /// - Returns: whether the sign is set, by the end of the time.
    func wait(atMost seconds: Double) -> Bool {
        let end = Date(timeIntervalSinceNow: seconds)
        condition.lock()
        defer { condition.unlock() }
        while !isSet.withLock({ $0 }) { if !condition.wait(until: end) { break } }
        return isSet.withLock { $0 }
    }
}
