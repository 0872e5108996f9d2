/// The only file layer: opens paths beneath a root folder, never through a link that leads out of it.
public protocol Workspace: Sendable {
    /// Reads a file below `root`.
    /// - Throws: `PortalError`: `notFound`, `notAllowed` for what leaves the root or is no regular file, `tooLarge`.
    func read(_ path: String, beneath root: String, maximumBytes: Int) async throws -> [UInt8]

    /// Changes whenever the file does: its identity, size and time of change.
    /// - Throws: `PortalError` as `read`.
    func stamp(of path: String, beneath root: String) async throws -> String

    /// Paths below `root` (relative to it, sorted) that match a glob with `*`, `**`, `?` and `{a,b}`.
    /// - Throws: `PortalError`: `notFound` without the root, `tooLarge` beyond `maximumCount`.
    func list(_ glob: String, beneath root: String, maximumCount: Int) async throws -> [String]

    /// The same without looking into folders of these names.
    func list(
        _ glob: String, beneath root: String, leavingOut folders: Set<String>, maximumCount: Int
    ) async throws -> [String]

    /// Writes a file below `root`, whole or not at all, and makes the folders on the way.
    /// - Throws: `PortalError`: `notFound` without the root, `notAllowed` for what leaves it or may not be written.
    func write(_ bytes: [UInt8], to path: String, beneath root: String) async throws

    /// Watches folders, not their subfolders; tells what changed once it has been quiet for 200 ms. Where the system
    /// cannot watch, it is asked from time to time. Folders that do not exist are left out.
    func changes(in folders: [String]) -> FileChanges
}

extension Workspace {
    /// Looks everywhere, and leaves out what was found in those folders.
    public func list(
        _ glob: String, beneath root: String, leavingOut folders: Set<String>, maximumCount: Int
    ) async throws -> [String] {
        try await list(glob, beneath: root, maximumCount: maximumCount).filter { path in
            !path.split(separator: "/").dropLast().contains { folders.contains(String($0)) }
        }
    }
}
