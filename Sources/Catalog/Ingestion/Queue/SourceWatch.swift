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
    /// What the old watch has seen is told within this time, while the new one sees what comes.
    private static let overlap: Duration = .milliseconds(500)
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

    /// An address that was taken for a path is none.
    private func localTargets() async throws -> [(id: Int64, target: String)] {
        try await sources.targets(type: "file").filter { FilePath.isAbsolute($0.target) }
    }

    // MARK: Folders

    private struct Watch: Sendable {
        let folders: Set<String>
        let changes: FileChanges
        /// What the sources looked like before the folders were taken from them.
        let shape: [Int64]
    }

    private func followFolders() async throws {
        var watch = try await self.watch(shape: sources.shape())
        while true {
            let current = watch
            watch = try await withThrowingTaskGroup(of: Watch?.self) { group in
                group.addTask {
                    try await follow(current.changes)
                    return nil
                }
                group.addTask { try await next(after: current) }
                defer { group.cancelAll() }
                while let done = try await group.next() { if let done { return done } }
                throw CancellationError()
            }
        }
    }

    /// From here on, changes in the folders of all local sources are kept until they are taken.
    private func watch(shape: [Int64]) async throws -> Watch {
        let all = Set(try await localTargets().map { FilePath.fixedFolder(of: $0.target) })
        let folders = all.count <= Self.mostWatched ? all : Set(all.sorted().prefix(Self.mostWatched))
        return Watch(folders: folders, changes: files.changes(in: folders.sorted()), shape: shape)
    }

    /// Waits until there are other folders and watches these. What lies in a new one may have changed since it was read.
    private func next(after last: Watch) async throws -> Watch {
        var shape = last.shape
        while true {
            try await Task.sleep(for: Self.look)
            let now = try await sources.shape()
            if now == shape { continue }
            shape = now
            let targets = try await localTargets()
            let folders = Set(targets.map { FilePath.fixedFolder(of: $0.target) })
            if folders == last.folders || folders.count > Self.mostWatched && last.folders.count == Self.mostWatched {
                continue
            }
            let next = try await watch(shape: now)
            let new = next.folders.subtracting(last.folders)
            try await sources.request(targets.filter { new.contains(FilePath.fixedFolder(of: $0.target)) }.map(\.id))
            try await Task.sleep(for: Self.overlap)
            return next
        }
    }

    private func follow(_ changes: FileChanges) async throws {
        for await some in changes {
            if some.contains(.anything) {
                try await sources.request(localTargets().map(\.id))
            } else {
                try await request(some.compactMap { if case .path(let path) = $0 { path } else { nil } })
            }
        }
        // The workspace offers no watching: listings, intervals and requests remain.
        try await Task.sleep(for: .seconds(1 << 30))
    }

    /// Asks for what reads some paths, and for the patterns that they are below.
    private func request(_ paths: [String]) async throws {
        let locations = paths.map { LocationReference(type: "file", target: $0) }
        let known = try await sources.sources(reading: locations)
        var ids = known.values.flatMap(\.self)
        // What came or went: a pattern may find others now.
        var changed: [String] = []
        for location in locations {
            let isKnown = known[location]?.isEmpty == false
            let isGone = isKnown ? await isGone(location.target) : false
            if !isKnown || isGone { changed.append(location.target) }
        }
        if !changed.isEmpty {
            for (id, target) in try await sources.patterns() {
                let folder = FilePath.fixedFolder(of: target)
                if changed.contains(where: { $0.hasPrefix(folder) }) { ids.append(id) }
            }
        }
        try await sources.request(ids)
    }

    private func isGone(_ path: String) async -> Bool {
        let folder = FilePath.folder(of: path)
        guard let name = FilePath.relative(path, to: folder) else { return false }
        return (try? await files.stamp(of: name, beneath: folder)) == nil
    }

    // MARK: Patterns

    private func listPatterns() async throws {
        // By pattern: the hash of what it found, for the paths of a large tree take room.
        var last: [String: Int] = [:]
        var shape: [Int64] = []
        var patterns: [(id: Int64, target: String)] = []
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
            for (id, target) in patterns {
                guard let found = await list(target)?.hashValue else { continue }
                now[target] = found
                let before = if let seen = last[target] { seen } else { try await sources.children(of: id).hashValue }
                if before != found { try await sources.request([id]) }
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
