import CLinux
import Foundation

/// Finds what changed in folders by looking at them again: for where the system cannot watch.
struct FolderPoll {
    /// Entries of one folder beyond this are not looked at.
    private static let mostEntries = 20_000

    private let folders: [String]
    var folderCount: Int { folders.count }
    /// What each entry of each folder was at the last look.
    private var known: [String: String]

    init(_ folders: [String]) {
        self.folders = Set(folders).sorted()
        known = Self.look(self.folders)
    }

    /// Paths of entries that came, went or became others since the last look, sorted.
    mutating func changes() -> [String] {
        let now = Self.look(folders)
        defer { known = now }
        let gone = known.keys.filter { now[$0] == nil }
        return (gone + now.keys.filter { now[$0] != known[$0] }).sorted()
    }

    /// A folder that does not exist or may not be read has no entries.
    private static func look(_ folders: [String]) -> [String: String] {
        var found: [String: String] = [:]
        for folder in folders {
            let handle = callboard_open_root(folder)
            if handle < 0 { continue }
            defer { close(handle) }
            let readable = callboard_open_beneath(handle, ".", callboard_read_folder)
            guard readable >= 0, let entries = FolderEntries(closing: readable, most: mostEntries) else { continue }
            for entry in entries.entries {
                var status = callboard_file_status()
                guard callboard_entry_status(handle, entry.name, 1, &status) == 0 else { continue }
                found["\(folder)/\(entry.name)"] =
                    "\(status.inode)-\(status.size)-\(status.seconds).\(status.nanoseconds)"
            }
        }
        return found
    }
}
