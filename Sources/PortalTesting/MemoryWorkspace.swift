import EntityModel
import PortalKit
import Synchronization

/// Files of a test, in memory.
public final class MemoryWorkspace: Workspace {
    private struct File {
        var bytes: [UInt8]
        var version: Int
    }

    private struct State {
        var files: [String: File] = [:]
        var version = 0
        var watchers: [(folders: Set<String>, source: FileChanges.Source)] = []
    }

    private let state = Mutex(State())

    /// - Parameter files: by absolute path.
    public init(_ files: [String: String] = [:]) {
        for (path, text) in files { write(path, text) }
    }

    public func write(_ path: String, _ text: String) { write(path, bytes: Array(text.utf8)) }

    public func write(_ path: String, bytes: [UInt8]) {
        state.withLock { state in
            state.version += 1
            state.files[path] = File(bytes: bytes, version: state.version)
        }
    }

    public func remove(_ path: String) { state.withLock { $0.files[path] = nil } }

    public func read(_ path: String, beneath root: String, maximumBytes: Int) async throws -> [UInt8] {
        let full = Self.joined(root, path)
        let bytes = try state.withLock { state in
            guard let file = state.files[full] else { throw PortalError(.notFound, "\(full) does not exist.") }
            return file.bytes
        }
        guard bytes.count <= maximumBytes else { throw PortalError(.tooLarge, "\(full) is too large.") }
        return bytes
    }

    public func stamp(of path: String, beneath root: String) async throws -> String {
        let full = Self.joined(root, path)
        return try state.withLock { state in
            guard let file = state.files[full] else { throw PortalError(.notFound, "\(full) does not exist.") }
            return "\(file.version)"
        }
    }

    public func list(_ glob: String, beneath root: String, maximumCount: Int) async throws -> [String] {
        let pattern = GlobPattern(glob)
        let prefix = root == "/" ? "/" : "\(root)/"
        let below = state.withLock { $0.files.keys.filter { $0.hasPrefix(prefix) } }
        guard !below.isEmpty else { throw PortalError(.notFound, "\(root) does not exist.") }
        let found =
            below
            .map { String($0.dropFirst(prefix.count)) }.filter { pattern.matches($0) }.sorted()
        guard found.count <= maximumCount else { throw PortalError(.tooLarge, "Too many files match \(glob).") }
        return found
    }

    public func write(_ bytes: [UInt8], to path: String, beneath root: String) async throws {
        write(Self.joined(root, path), String(decoding: bytes, as: UTF8.self))
    }

    public func changes(in folders: [String]) -> FileChanges {
        let (changes, source) = FileChanges.make()
        state.withLock { $0.watchers.append((Set(folders), source)) }
        source.onStop { source.finish() }
        return changes
    }

    /// Tells whoever watches the folder of the path; of changes that were missed, everybody.
    public func announce(_ change: FileChange) {
        for (folders, source) in state.withLock({ $0.watchers }) {
            if case .path(let path) = change, !folders.contains(FilePath.folder(of: path)) { continue }
            source.tell(change)
        }
    }

    private static func joined(_ root: String, _ path: String) -> String {
        path.hasPrefix("/") ? path : (root == "/" ? "/\(path)" : "\(root)/\(path)")
    }
}
