/// Which database a portal uses: `backend.database` in our words.
public enum DatabaseConfiguration: Sendable, Hashable {
    /// Everything is lost when the program ends.
    case memory
    /// `callboard.sqlite` in a folder.
    case sqlite(directory: String)
    /// A file by its path.
    case sqliteFile(String)
    /// A server, for any number of replicas.
    case postgres(PostgresSettings)

    /// The one database of all features, in the folder that is configured.
    public static let fileName = "callboard.sqlite"
}

/// What a database is opened for.
public enum DatabaseUse: Sendable, Hashable {
    /// To serve from it.
    case portal
    /// To look at it, also while a portal runs; nothing is made or changed.
    case reading
    /// To change it while no portal runs: SQLite's file is locked, on PostgreSQL each such change looks.
    case alone
}

extension DatabaseConfiguration {
    /// The file of SQLite; nil without one.
    var file: String? {
        switch self {
        case .memory, .postgres: nil
        case .sqlite(let directory): "\(directory)/\(Self.fileName)"
        case .sqliteFile(let path): path
        }
    }

    /// For logs: engine and place, no secret.
    public var summary: String {
        switch self {
        case .memory: "SQLite in memory"
        case .sqlite, .sqliteFile: "SQLite at \(file ?? "")"
        case .postgres(let settings): settings.description
        }
    }

    /// Where the database's file is, and files beside it may be; nil without a file.
    public var folder: String? {
        switch self {
        case .memory, .postgres: return nil
        case .sqlite(let directory): return directory
        case .sqliteFile(let path):
            guard let slash = path.lastIndex(of: "/") else { return "." }
            return slash == path.startIndex ? "/" : String(path[..<slash])
        }
    }
}
