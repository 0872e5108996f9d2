import CLinux
import Foundation
import Synchronization

/// Watches folders on a thread of its own, because inotify blocks.
final class FolderWatch: Sendable {
    private let watcher: Int32
    private let folderOfWatch: [Int32: String]
    private let quiet: Duration
    private let isStopped = Mutex(false)

    /// Nil where the system offers no watching.
    init?(_ folders: [String], quiet: Duration) {
        watcher = callboard_watch_start()
        guard watcher >= 0 else { return nil }
        var folderOfWatch: [Int32: String] = [:]
        for folder in Set(folders).sorted() {
            let watch = callboard_watch_folder(watcher, folder)
            if watch >= 0 { folderOfWatch[watch] = folder }
        }
        self.folderOfWatch = folderOfWatch
        self.quiet = quiet
    }

    deinit { close(watcher) }

    func stop() { isStopped.withLock { $0 = true } }

    /// What has been seen and not yet been told, handed to C as its context.
    private final class Seen {
        let folders: [Int32: String]
        var paths: [String: ContinuousClock.Instant] = [:]

        init(_ folders: [Int32: String]) { self.folders = folders }
    }

    /// Calls `changed` with each path, once it has been quiet for a while; returns after `stop`.
    func run(_ changed: (String) -> Void) {
        let seen = Seen(folderOfWatch)
        let context = Unmanaged.passUnretained(seen).toOpaque()
        while !isStopped.withLock({ $0 }) {
            let result = callboard_watch_read(watcher, seen.paths.isEmpty ? 500 : 50, context) { context, watch, name in
                guard let context, let name else { return }
                let seen = Unmanaged<Seen>.fromOpaque(context).takeUnretainedValue()
                guard let folder = seen.folders[watch] else { return }
                let path = String(cString: name)
                seen.paths[path.isEmpty ? folder : "\(folder)/\(path)"] = .now
            }
            if result < 0 { return }
            let settled = seen.paths.filter { $0.value.duration(to: .now) >= quiet }.keys
            for path in settled.sorted() {
                seen.paths[path] = nil
                changed(path)
            }
        }
    }
}
