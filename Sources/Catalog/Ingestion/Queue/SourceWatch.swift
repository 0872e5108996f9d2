import EntityModel
import PortalKit

/// Follows local files and asks for the sources of what changed, so that it is read at once.
///
/// The folders of known files and of patterns are watched. A pattern also finds files in folders that nobody watches
/// yet; those are listed again and again, which takes a small part of the time.
struct SourceWatch: Sendable {
    private static let mostWatched = 8_000
    /// How soon a folder is watched that has become a source's.
    private static let look: Duration = .seconds(1)
    private static let listing: Duration = .seconds(2)
    private static let pauseFactor = 30
    /// A machine that is busy with other things makes a listing slow, but no change may wait for long.
    private static let longestPause: Duration = .seconds(15)

    let files: any Workspace
    let sources: SourceStore

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await followFolders() }
            group.addTask { try await listPatterns() }
            try await group.next()
            group.cancelAll()
        }
    }

    // MARK: Folders

    private struct Watch: Sendable {
        let folders: Set<String>
        let changes: FileChanges
        /// What the sources looked like before the folders were taken from them.
        let shape: [Int64]
        /// Folders that are not there, or were moved: whatever comes at their place is to be watched anew.
        let lost = LostFolders()
    }

    private func followFolders() async throws {
        var (watch, paths) = try await self.watch()
        // What changed while nobody watched is told by nobody.
        try await sources.request(paths.map(\.id))
        // The watch runs on for long; of a large catalog these are many.
        paths = []
        while true {
            let current = watch
            watch = try await withThrowingTaskGroup(of: Watch?.self) { group in
                group.addTask {
                    try await follow(current)
                    return nil
                }
                group.addTask {
                    let next = try await self.next(after: current)
                    // What the old watch has seen is told yet, while the new one sees what comes.
                    current.changes.stop()
                    return next
                }
                var following: Watch?
                while let done = try await group.next() { if let done { following = done } }
                guard let following else { throw CancellationError() }
                return following
            }
        }
    }

    /// From here on, changes in the folders of all that is read are kept until they are taken.
    private func watch() async throws -> (Watch, paths: [SourceStore.LocalPath]) {
        let shape = try await sources.shape()
        let paths = try await sources.localPaths()
        let all = Set(paths.map { FilePath.fixedFolder(of: $0.path) })
        let folders = all.count <= Self.mostWatched ? all : Set(all.sorted().prefix(Self.mostWatched))
        let watch = Watch(folders: folders, changes: files.changes(in: folders.sorted()), shape: shape)
        for folder in folders where await !exists(folder) { watch.lost.add([folder]) }
        return (watch, paths)
    }

    /// Waits until there are other folders and watches these. What lies in a new one may have changed since it was read.
    private func next(after last: Watch) async throws -> Watch {
        var shape = last.shape
        while true {
            try await Task.sleep(for: Self.look)
            let now = try await sources.shape()
            var renewed: Set<String> = []
            for folder in last.lost.all where await exists(folder) { renewed.insert(folder) }
            if now == shape, renewed.isEmpty { continue }
            shape = now
            let folders = Set(try await sources.localPaths().map { FilePath.fixedFolder(of: $0.path) })
            let isFull = folders.count > Self.mostWatched && last.folders.count == Self.mostWatched
            if renewed.isEmpty, folders == last.folders || isFull { continue }
            let (next, paths) = try await watch()
            let new = next.folders.subtracting(last.folders).union(renewed)
            try await sources.request(paths.filter { new.contains(FilePath.fixedFolder(of: $0.path)) }.map(\.id))
            return next
        }
    }

    private func follow(_ watch: Watch) async throws {
        for await some in watch.changes {
            if some.contains(.anything) {
                try await sources.request(sources.localPaths().map(\.id))
            } else {
                try await request(some.compactMap { if case .path(let path) = $0 { path } else { nil } }, watch)
            }
        }
    }

    /// Asks for what reads some paths, and for the patterns that may find others now.
    private func request(_ paths: [String], _ watch: Watch) async throws {
        let readers = try await sources.readers(of: paths)
        var moved: [MovedPath] = []
        for path in paths {
            let isFile = await isFile(path)
            if readers[path] == nil || !isFile { moved.append(MovedPath(path: path, isFile: isFile)) }
        }
        watch.lost.add(MovedPath.lost(watch.folders, by: moved))
        let affected = MovedPath.affected(try await sources.patterns(), by: moved, paths)
        try await sources.request(readers.values.flatMap(\.self) + affected)
    }

    /// Whether there is a file at a path.
    private func isFile(_ path: String) async -> Bool {
        let folder = FilePath.folder(of: path)
        guard let name = FilePath.relative(path, to: folder) else { return false }
        return (try? await files.stamp(of: name, beneath: folder)) != nil
    }

    private func exists(_ folder: String) async -> Bool {
        do { _ = try await files.stamp(of: ".", beneath: folder) } catch let error as PortalError {
            return error.kind != .notFound
        } catch { return false }
        return true
    }

    // MARK: Patterns

    private func listPatterns() async throws {
        // By pattern: the hash of what it found, for the paths of a large tree take room.
        var last: [String: Int] = [:]
        var shape: [Int64] = []
        var patterns: [SourceStore.Pattern] = []
        // A start has better to do.
        try await Task.sleep(for: Self.listing)
        while true {
            let present = try await sources.shape()
            if present != shape {
                shape = present
                patterns = try await sources.patterns()
            }
            let start = ContinuousClock.now
            var now: [String: Int] = [:]
            for pattern in patterns {
                guard let found = await list(pattern.target)?.hashValue else { continue }
                now[pattern.target] = found
                let seen = last[pattern.target]
                let before = if let seen { seen } else { try await sources.children(of: pattern.id).hashValue }
                if before != found { try await sources.request([pattern.id]) }
            }
            last = now
            let pause = max(Self.listing, start.duration(to: .now) * Self.pauseFactor)
            try await Task.sleep(for: min(pause, Self.longestPause))
        }
    }

    /// What a pattern finds; nil where it cannot be listed, which its source tells itself.
    private func list(_ target: String) async -> Set<String>? {
        let folder = FilePath.fixedFolder(of: target)
        guard let pattern = FilePath.relative(FilePath.normalized(target), to: folder) else { return nil }
        let found = try? await files.list(pattern, beneath: folder, maximumCount: FileLocationReader.mostFiles)
        return found.map { Set($0.map { FilePath.joined(folder, $0) }) }
    }
}
