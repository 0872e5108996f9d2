import CLinux
import Foundation
import PortalKit
import Synchronization

/// Watches folders on a thread of its own, because inotify blocks.
final class FolderWatch: Sendable {
    /// Paths that wait for quiet.
    private static let mostPaths = 10_000
    /// Reads of what the system has seen until the watch is stopped; each holds some hundred paths.
    private static let mostLastReads = 1_000

    private let watcher: Int32
    private let folderOfWatch: [Int32: String]
    private let quiet: Duration
    private let isStopped = Mutex(false)
    /// Folders that the system's limits leave without a watch.
    let unwatched: [String]

    /// Nil where the system offers no watching.
    init?(_ folders: [String], quiet: Duration) {
        watcher = callboard_watch_start()
        guard watcher >= 0 else { return nil }
        var folderOfWatch: [Int32: String] = [:]
        var unwatched: [String] = []
        for folder in Set(folders).sorted() {
            let watch = callboard_watch_folder(watcher, folder)
            if watch >= 0 { folderOfWatch[watch] = folder }
            if [ENOSPC, ENOMEM].contains(-watch) { unwatched.append(folder) }
        }
        self.folderOfWatch = folderOfWatch
        self.unwatched = unwatched
        self.quiet = quiet
    }

    deinit { close(watcher) }

    func stop() { isStopped.withLock { $0 = true } }

    /// What has been seen and not yet been told, handed to C as its context.
    private final class Seen {
        let folders: [Int32: String]
        var paths: [String: ContinuousClock.Instant] = [:]
        /// When the system last dropped something.
        var missedAt: ContinuousClock.Instant?

        init(_ folders: [Int32: String]) { self.folders = folders }

        func add(_ watch: Int32, _ name: UnsafePointer<CChar>) {
            // The system's queue was full, and it dropped what came then; or there is more than is worth telling apart.
            if watch < 0 || paths.count > FolderWatch.mostPaths {
                missedAt = .now
                paths = [:]
            }
            guard let folder = folders[watch] else { return }
            let path = String(cString: name)
            paths[path.isEmpty ? folder : "\(folder)/\(path)"] = .now
        }
    }

    /// Calls `changed` with each path, once it has been quiet for a while; after `stop` with what has been seen by then.
    /// - Returns: false where the system ended the watch.
    func run(_ changed: (FileChange) -> Void) -> Bool {
        let seen = Seen(folderOfWatch)
        while !isStopped.withLock({ $0 }) {
            let isIdle = seen.paths.isEmpty && seen.missedAt == nil
            if read(into: seen, atMost: isIdle ? 500 : 50) < 0 {
                changed(.anything)
                return false
            }
            tell(seen, quietFor: quiet, changed)
        }
        for _ in 0..<Self.mostLastReads { if read(into: seen, atMost: 0) <= 0 { break } }
        tell(seen, quietFor: .zero, changed)
        return true
    }

    /// - Returns: as `callboard_watch_read`: zero where there was nothing, negative where there is no watch any more.
    private func read(into seen: Seen, atMost milliseconds: Int32) -> Int32 {
        callboard_watch_read(watcher, milliseconds, Unmanaged.passUnretained(seen).toOpaque()) { context, watch, name in
            guard let context, let name else { return }
            Unmanaged<Seen>.fromOpaque(context).takeUnretainedValue().add(watch, name)
        }
    }

    private func tell(_ seen: Seen, quietFor quiet: Duration, _ changed: (FileChange) -> Void) {
        if let missedAt = seen.missedAt, missedAt.duration(to: .now) >= quiet {
            seen.missedAt = nil
            changed(.anything)
        }
        for path in seen.paths.filter({ $0.value.duration(to: .now) >= quiet }).keys.sorted() {
            seen.paths[path] = nil
            changed(.path(path))
        }
    }
}
