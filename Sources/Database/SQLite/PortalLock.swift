import Foundation

/// Keeps a second portal away from a file of SQLite: two would take one another's work and show one another's past.
///
/// The lock is the operating system's, on a file beside the database, so it ends with the process, however that ends.
/// What that file holds is the number of the process, for whoever is refused; it is left where it is, because removing
/// it would let two processes lock two files of one name.
public final class PortalLock: Sendable {
    private let descriptor: Int32

    /// Takes the database for this process, until the lock is let go.
    /// - Returns: nil where the database is no file: several portals may share a server, and memory is nobody else's.
    /// - Throws: `DatabaseError` of kind `busy` where another portal has it, `connection` where nothing can be locked.
    public static func take(for configuration: DatabaseConfiguration) throws -> PortalLock? {
        try configuration.file.map { try PortalLock(database: $0) }
    }

    /// Takes a file that may be damaged, for those who put another in its place.
    static func hold(_ path: String) throws -> PortalLock {
        try SQLiteFile.makeFolder(of: path)
        return try PortalLock(locking: path)
    }

    private convenience init(database path: String) throws {
        try SQLiteFile.prepare(path)
        try self.init(locking: path)
    }

    private init(locking path: String) throws {
        let lockPath = "\(path).lock"
        descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw DatabaseError(
                .connection, "Cannot make \(lockPath), by which the database is locked: \(Self.reason).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            // A class closes what it holds even when its `init` throws.
            if errno != EWOULDBLOCK {
                throw DatabaseError(.connection, "Cannot lock \(lockPath): \(Self.reason). Use a local disk.")
            }
            throw DatabaseError(.busy, Self.taken(path, by: holder))
        }
        let text = Array("\(getpid())\n".utf8)
        // Only for people; the lock holds without it.
        if ftruncate(descriptor, 0) == 0 { _ = write(descriptor, text, text.count) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        // A child that is just being started has the descriptor too, until it becomes another program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func taken(_ path: String, by holder: String?) -> String {
        let who = holder.map { " (process \($0))" } ?? ""
        return "The database \(path) is in use by another Callboard\(who). Stop that one, or give this one another "
            + "folder in backend.database.connection.directory; to run several on the same data, use PostgreSQL."
    }

    /// The process that wrote its number last, where it did.
    private var holder: String? {
        var buffer = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let digits = buffer.prefix(max(0, count)).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
