/// What went wrong in the database. Messages hold no password and no value of a parameter.
public struct DatabaseError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// A row with that key exists already.
        case uniqueViolation
        /// Another rule of a table is broken: not null, foreign key, check.
        case constraintViolation
        /// Another process holds a lock, or too many wait; trying again may help.
        case busy
        /// A statement took longer than the configuration allows.
        case timeout
        /// The disk is full.
        case full
        /// The file is no database, or a damaged one. It was left as it is.
        case damaged
        /// A newer Callboard made this database.
        case newerVersion
        /// A migration that was applied has been edited since.
        case editedMigration
        /// Migrations cannot be taken back as wished.
        case noWayBack
        /// The file is no whole backup.
        case unusableBackup
        /// The database cannot be reached or opened.
        case connection
        /// The settings of the database are wrong; the message names the key.
        case configuration
        /// Somebody else has the lease by now.
        case leaseLost
        /// The statement is wrong; a mistake of ours.
        case statement
    }

    /// What a database does with the transaction that failed so.
    enum Retry: Sendable, Hashable {
        case never
        /// Deadlocks and the like: the same again is likely to succeed.
        case transaction
        /// The connection is gone; nothing of the transaction was committed.
        case connection
        /// The server says nothing. To try again would take as long once more.
        case silence
    }

    public let kind: Kind
    public let message: String
    /// The same for anybody who asks whether the portal is well: no path, host or name; nil where nobody wrote it.
    public let publicReason: String?
    let retry: Retry

    public init(_ kind: Kind, _ message: String) { self.init(kind, message, retry: .never, publicReason: nil) }

    init(_ kind: Kind, _ message: String, retry: Retry = .never, publicReason: String? = nil) {
        self.kind = kind
        self.message = message
        self.publicReason = publicReason
        self.retry = retry
    }

    /// Whether the database is away or has no room, so that the same may succeed later.
    public var isOutage: Bool { [.connection, .busy, .timeout, .full].contains(kind) }

    public var description: String { message }
}
