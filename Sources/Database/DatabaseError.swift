/// What went wrong in the database. Messages hold no password and no value of a parameter.
public struct DatabaseError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// A row with that key exists already.
        case uniqueViolation
        /// Another process holds a lock; trying again may help.
        case busy
        /// The file is no database, or a damaged one. It was left as it is.
        case damaged
        /// A newer Callboard made this database.
        case newerVersion
        /// A migration that was applied has been edited since.
        case editedMigration
        /// The database cannot be reached or opened.
        case connection
        /// The statement is wrong; a mistake of ours.
        case statement
    }

    public let kind: Kind
    public let message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
