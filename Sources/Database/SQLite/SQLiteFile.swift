import Foundation

/// Looks at a database's file before SQLite may touch it.
enum SQLiteFile {
    /// Makes the folder, and refuses a file that is something else.
    static func prepare(_ path: String) throws {
        try makeFolder(of: path)
        if FileManager.default.fileExists(atPath: path) { try check(path) }
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
            "\(path ?? "The database") is no SQLite database, or it is damaged (\(reason)). It was left as it is: "
                + "restore a backup, or move it away to begin anew.")
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
