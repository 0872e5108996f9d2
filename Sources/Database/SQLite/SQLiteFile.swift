import Foundation

/// Looks at a database's file before SQLite may touch it.
enum SQLiteFile {
    /// Makes the folder, refuses a file that is something else, and makes one that nobody but its owner may read, as
    /// SQLite then makes those beside it.
    static func prepare(_ path: String) throws {
        try makeFolder(of: path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if FileManager.default.fileExists(atPath: path) {
            try check(path)
            keepToOurselves(path)
        }
        // What cannot be made is told by SQLite.
    }

    /// Earlier versions left the file to be read by everybody. A group that somebody gave it to keeps it.
    private static func keepToOurselves(_ path: String) {
        for file in [path, "\(path)-wal", "\(path)-shm"] {
            var status = stat()
            guard stat(file, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o007 != 0 else { continue }
            // It is used as it is where that is not to be had.
            _ = chmod(file, status.st_mode & 0o7770)
        }
    }

    static func makeFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw DatabaseError(
                .connection, "Cannot make the folder \(folder.path) of the database: \(reason(error)).")
        }
    }

    /// Refuses what is not there, for those who do not make it.
    static func requireThere(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw DatabaseError(.connection, "There is no database at \(path).")
        }
    }

    /// What to do about the database of a portal.
    private static let advice = "It was left as it is: restore a backup, or move it away to begin anew."

    /// Looks at what is said to be a backup, before SQLite does: what is no such file at all is told as what it is.
    /// - Throws: `DatabaseError` of kind `unusableBackup`, `damaged` or `connection`.
    static func checkBackup(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw DatabaseError(.connection, "There is no backup at \(path).")
        }
        if isFolder.boolValue {
            throw DatabaseError(
                .unusableBackup, "\(path) is a folder, no backup. Name the file that `callboard backup` wrote.")
        }
        if DurableFile.size(path) == 0 {
            throw DatabaseError(
                .unusableBackup, "\(path) is empty, and no backup of Callboard. \(backupAdvice)")
        }
        do { try check(path) } catch { throw asBackup(error, path) }
    }

    private static let backupAdvice = "Nothing was changed. Restore another file that `callboard backup` wrote."

    /// A damage in words for a backup, which nobody moves away to begin anew.
    static func asBackup(_ error: any Error, _ path: String) -> any Error {
        guard let error = error as? DatabaseError, error.message.contains(advice) else { return error }
        let message = error.message.replacing(advice, with: "As a backup it is no good. \(backupAdvice)")
        let nameless = "The database is no"
        return DatabaseError(
            error.kind,
            message.hasPrefix(nameless) ? "\(path) is no" + message.dropFirst(nameless.count) : message)
    }

    /// Refuses a file that is something else.
    static func check(_ path: String) throws {
        let start: [UInt8]
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            start = Array(try file.read(upToCount: 16) ?? Data())
        } catch {
            throw DatabaseError(.connection, "Cannot read the database \(path): \(reason(error)).")
        }
        // An empty file is what SQLite itself makes first.
        if start.isEmpty || start == Array("SQLite format 3\0".utf8) { return }
        throw damaged(path, "it does not begin as one")
    }

    static func damaged(_ path: String?, _ reason: String) -> DatabaseError {
        DatabaseError(
            .damaged,
            "\(path ?? "The database") is no SQLite database, or it is damaged (\(reason)). \(advice)")
    }

    private static func reason(_ error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoPermission?, .fileWriteNoPermission?: "no permission"
        case .fileWriteOutOfSpace?: "the disk is full"
        case .fileWriteFileExists?: "a file of that name is in the way"
        default: (error as NSError).localizedDescription.trimmingSuffix(".")
        }
    }
}

extension String {
    /// Without a full stop, which Foundation's texts have and a reason within a sentence must not.
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        var text = self
        while text.last == suffix { text.removeLast() }
        return text
    }
}
