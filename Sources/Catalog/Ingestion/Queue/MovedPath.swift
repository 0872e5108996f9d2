import PortalKit
import Synchronization

/// A path that came or went, or that nobody reads: what is below it, and what patterns find, may be another.
struct MovedPath: Sendable, Hashable {
    let path: String
    /// There is a file now.
    let isFile: Bool

    /// The link by which Kubernetes swaps all files of a mounted folder at once.
    private static let mountedData = "/..data"

    /// The watched folders of which the watch may be of something else now: those moved, and all within them.
    static func lost(_ folders: Set<String>, by moved: [MovedPath]) -> Set<String> {
        var places = Set(moved.lazy.filter { !$0.isFile }.map(\.path))
        if places.isEmpty { return [] }
        for path in places where path.hasSuffix(mountedData) { places.insert(FilePath.folder(of: path)) }
        return folders.filter { folder in
            places.contains(folder) || ancestors(of: folder).contains { places.contains($0) }
        }
    }

    /// The sources of the patterns that may find others now. A pattern that is being read may have looked before the last
    /// of these changes, so it is asked again whatever they were.
    /// - Parameter paths: everything that changed.
    static func affected(_ patterns: [SourceStore.Pattern], by moved: [MovedPath], _ paths: [String]) -> [Int64] {
        let touched = Set(paths.flatMap(ancestors))
        var below: [String: [MovedPath]] = [:]
        for one in moved { for folder in ancestors(of: one.path) { below[folder, default: []].append(one) } }
        return patterns.filter { pattern in
            let folder = FilePath.fixedFolder(of: pattern.target)
            if pattern.isUnderWay { return touched.contains(folder) }
            guard let candidates = below[folder] else { return false }
            // A file that it does not match is none of its concern; a folder may hold some, or have held some.
            let glob = GlobPattern(FilePath.normalized(pattern.target))
            return candidates.contains { !$0.isFile || glob.matches($0.path) }
        }.map(\.id)
    }

    /// The folders that a path is in, from the innermost to the root.
    private static func ancestors(of path: String) -> [String] {
        var found: [String] = []
        var path = path
        while path != "/" {
            path = FilePath.folder(of: path)
            found.append(path)
        }
        return found
    }
}

/// Folders whose watch was lost, until they are watched anew.
final class LostFolders: Sendable {
    private let folders = Mutex<Set<String>>([])

    var all: [String] { folders.withLock { $0.sorted() } }

    func add(_ more: Set<String>) { folders.withLock { $0.formUnion(more) } }
}
