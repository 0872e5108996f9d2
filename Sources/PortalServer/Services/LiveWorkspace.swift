import CLinux
import Foundation
import Logging
import PortalKit

/// Files as the kernel guards them: `openat2` refuses every way out of the root, whatever links are made meanwhile.
struct LiveWorkspace: Workspace {
    private static let quiet: Duration = .milliseconds(200)
    /// Folders deeper than this below the root are not looked into.
    private static let deepest = 32
    /// Entries of all folders that one pattern may have looked at.
    private static let mostEntries = 2_000_000

    /// Folders that one pattern may look into.
    private let mostFolders: Int
    private let watching: Watching

    /// - Parameter logger: hears it once when the system does not watch.
    init(logger: Logger? = nil, mostFolders: Int = 100_000, watching: Watching.Way = .system) {
        self.mostFolders = mostFolders
        self.watching = Watching(way: watching, logger: logger)
    }

    func read(_ path: String, beneath root: String, maximumBytes: Int) async throws -> [UInt8] {
        let file = try open(path, beneath: root, callboard_read_file)
        defer { close(file) }
        let size = try regularFile(file, path).size
        guard size <= maximumBytes else { throw tooLarge(path, maximumBytes) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(size))
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0 { throw failure(path, errno) }
            if count == 0 { return bytes }
            // A file may grow while it is read.
            guard bytes.count + count <= maximumBytes else { throw tooLarge(path, maximumBytes) }
            bytes += buffer[..<count]
        }
    }

    func stamp(of path: String, beneath root: String) async throws -> String {
        let file = try open(path, beneath: root, callboard_read_file)
        defer { close(file) }
        let status = try regularFile(file, path)
        return "\(status.device)-\(status.inode)-\(status.size)-\(status.seconds).\(status.nanoseconds)"
    }

    func list(_ glob: String, beneath root: String, maximumCount: Int) async throws -> [String] {
        try await list(glob, beneath: root, leavingOut: [], maximumCount: maximumCount)
    }

    func list(
        _ glob: String, beneath root: String, leavingOut names: Set<String>, maximumCount: Int
    ) async throws -> [String] {
        let pattern = GlobPattern(glob)
        // Without `**`, nothing deeper than the pattern itself can match.
        let depth = glob.contains("**") ? Self.deepest : glob.split(separator: "/").count - 1
        var found: [String] = []
        var waiting = [(path: "", depth: 0)]
        var folders = 0
        var left = Self.mostEntries
        while let (path, level) = waiting.popLast() {
            folders += 1
            try Task.checkCancellation()
            guard folders <= mostFolders else {
                throw PortalError(
                    .tooLarge,
                    "The pattern \(glob) looks into more than \(mostFolders) folders below \(root); name the folders "
                        + "more closely.")
            }
            let entries = try entries(of: path, beneath: root, most: left)
            left -= entries.count
            for entry in entries {
                let full = path.isEmpty ? entry.name : "\(path)/\(entry.name)"
                if entry.isFolder, level < depth, !names.contains(entry.name) { waiting.append((full, level + 1)) }
                guard !entry.isFolder, pattern.matches(full) else { continue }
                found.append(full)
                guard found.count <= maximumCount else {
                    throw PortalError(
                        .tooLarge, "The pattern \(glob) matches more than \(maximumCount) files below \(root).")
                }
            }
        }
        return found.sorted()
    }

    func changes(in folders: [String]) -> FileChanges {
        watching.changes(in: folders, quiet: Self.quiet)
    }

    func open(_ path: String, beneath root: String, _ flags: UInt64) throws -> Int32 {
        guard !path.utf8.contains(0), !root.utf8.contains(0) else {
            throw PortalError(.input, "A path holds a NUL character.")
        }
        let folder = callboard_open_root(root)
        switch -folder {
        case ENOTDIR: throw PortalError(.notFound, "\(root) is no folder.")
        case ELOOP: throw PortalError(.notAllowed, "\(root) is a symbolic link that leads in a circle.")
        case 1...: throw failure(root, -folder)
        default: break
        }
        defer { close(folder) }
        let relative = path.hasPrefix("/") ? String(path.drop { $0 == "/" }) : path
        let file = callboard_open_beneath(folder, relative.isEmpty ? "." : relative, flags)
        if file < 0 { throw failure(path, -file) }
        return file
    }

    private func regularFile(_ file: Int32, _ path: String) throws -> callboard_file_status {
        var status = callboard_file_status()
        let result = callboard_read_status(file, &status)
        guard result == 0 else { throw failure(path, -result) }
        guard status.is_regular != 0 else { throw PortalError(.notAllowed, "\(path) is no regular file.") }
        return status
    }

    /// What vanishes or may not be read meanwhile is left out.
    private func entries(of path: String, beneath root: String, most: Int) throws -> [FolderEntries.Entry] {
        let folder: Int32
        do { folder = try open(path, beneath: root, callboard_read_folder) } catch {
            if path.isEmpty { throw error }
            return []
        }
        guard let found = FolderEntries(closing: folder, most: most) else { return [] }
        guard !found.isCut else {
            throw PortalError(
                .tooLarge,
                "There are more than \(Self.mostEntries) files and folders below \(root); name the folders more closely."
            )
        }
        return found.entries
    }

    private func tooLarge(_ path: String, _ limit: Int) -> PortalError {
        PortalError(.tooLarge, "\(path) is larger than \(ByteCount.text(limit)).")
    }

    func failure(_ path: String, _ number: Int32) -> PortalError {
        switch number {
        case ENOENT, ENOTDIR: PortalError(.notFound, "\(path) does not exist.")
        case EXDEV, ELOOP: PortalError(.notAllowed, "\(path) leads out of its folder.")
        case EACCES, EPERM: PortalError(.notAllowed, "\(path): no permission.")
        default: PortalError(.unavailable, "\(path): \(String(cString: strerror(number))).")
        }
    }
}
