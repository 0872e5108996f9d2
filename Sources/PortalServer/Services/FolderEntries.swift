import CLinux
import Foundation

/// What is in a folder, by name.
struct FolderEntries {
    struct Entry {
        let name: String
        let isFolder: Bool
    }

    /// Regular files, links and folders, at most so many; others are left out.
    let entries: [Entry]
    /// Whether there are more.
    let isCut: Bool

    /// - Parameter folder: a descriptor, which is closed.
    init?(closing folder: Int32, most: Int) {
        guard let handle = fdopendir(folder) else {
            close(folder)
            return nil
        }
        defer { closedir(handle) }
        var entries: [Entry] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            guard let isFolder = Self.isFolder(Int32(entry.pointee.d_type), name, in: folder) else { continue }
            guard entries.count < most else {
                self.entries = entries
                isCut = true
                return
            }
            entries.append(Entry(name: name, isFolder: isFolder))
        }
        self.entries = entries
        isCut = false
    }

    /// Nil for what is neither a folder nor possibly a file.
    static func isFolder(_ type: Int32, _ name: String, in folder: Int32) -> Bool? {
        switch type {
        case Int32(DT_DIR): return true
        case Int32(DT_REG), Int32(DT_LNK): return false
        case Int32(DT_UNKNOWN):
            // Some file systems do not say; a link is not followed, as where they do.
            var status = callboard_file_status()
            guard callboard_entry_status(folder, name, 0, &status) == 0 else { return nil }
            return status.is_folder != 0
        default: return nil
        }
    }
}
