/// The only file layer: opens paths beneath a root folder, never through a link that leads out of it.
public protocol Workspace: Sendable {
    /// Reads a file below `root`.
    /// - Throws: `PortalError`: `notFound`, `notAllowed` for what leaves the root or is no regular file, `tooLarge`.
    func read(_ path: String, beneath root: String, maximumBytes: Int) async throws -> [UInt8]

    /// Paths below `root` (relative to it, sorted) that match a glob with `*`, `**`, `?` and `{a,b}`.
    func list(_ glob: String, beneath root: String, maximumCount: Int) async throws -> [String]

    /// Watches folders (not their subfolders); yields the path of a file or folder that changed, debounced by 200 ms.
    func changes(in folders: [String]) -> AsyncStream<String>
}
