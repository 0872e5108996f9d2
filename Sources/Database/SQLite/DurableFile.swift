import Foundation

/// Files that are made beside their place and take it when they are whole and on the disk.
enum DurableFile {
    /// Makes an empty file that only its owner can read: what a database holds is nobody else's.
    /// - Throws: `DatabaseError` of kind `connection` that names the folder.
    static func make(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("make", path) }
        close(descriptor)
    }

    /// Returns once everything of the file is on the disk.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("keep", path) }
    }

    /// Gives a file its name, and makes that last.
    /// - Parameter replaces: whether what has the name goes.
    /// - Throws: `DatabaseError` of kind `connection`, also where something has the name by now.
    static func place(_ path: String, at target: String, replaces: Bool) throws {
        if replaces {
            guard rename(path, target) == 0 else { throw failure("make", target) }
        } else if link(path, target) == 0 {
            remove(path)
        } else {
            // Some file systems know no links.
            if errno == EEXIST || isThere(target) { throw isInTheWay(target) }
            guard rename(path, target) == 0 else { throw failure("make", target) }
        }
        try sync(folder(of: target))
    }

    /// Gives a file a second name; where the file system knows none, the first goes.
    static func keep(_ path: String, as name: String) throws {
        if link(path, name) == 0 { return }
        if errno == EEXIST { throw isInTheWay(name) }
        guard rename(path, name) == 0 else { throw failure("rename", path) }
    }

    static func isInTheWay(_ path: String) -> DatabaseError {
        let mend =
            isFolder(path)
            ? "is a folder. Name a file in it, such as \(path)/portal.sqlite"
            : "exists already. Choose another name, or say --overwrite"
        return DatabaseError(.connection, "\(path) \(mend).")
    }

    static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    static func isThere(_ path: String) -> Bool {
        var facts = stat()
        return lstat(path, &facts) == 0
    }

    /// Whether it is a file, and no folder, device, pipe or link to something else.
    static func isPlain(_ path: String) -> Bool {
        var facts = stat()
        return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    }

    /// Bytes of a file; zero where there is none.
    static func size(_ path: String) -> Int64 {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int64(facts.st_size) : 0
    }

    static func remove(_ path: String) { unlink(path) }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func failure(_ verb: String, _ path: String) -> DatabaseError {
        let reason = errno
        let hint =
            switch reason {
            case ENOENT: "the folder \(folder(of: path)) does not exist"
            case EACCES, EPERM: "no permission in the folder \(folder(of: path))"
            case EROFS: "the file system of \(folder(of: path)) is read-only"
            case ENOSPC, EDQUOT: "the disk is full"
            default: String(cString: strerror(reason))
            }
        return DatabaseError(reason == ENOSPC ? .full : .connection, "Cannot \(verb) \(path): \(hint).")
    }
}
