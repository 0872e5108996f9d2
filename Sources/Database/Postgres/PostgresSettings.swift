import CPostgres

/// How a PostgreSQL server is reached.
public struct PostgresSettings: Sendable, Hashable, CustomStringConvertible {
    /// libpq's keywords and values: `host`, `port`, `user`, `password`, `dbname`, `sslmode`, …
    public var parameters: [String: String]
    /// A whole connection string, which the parameters complete: `postgresql://…`.
    public var connectionString: String?
    /// Certificates and keys as PEM text, by the keyword that takes the path of a file: `sslrootcert`, `sslkey`.
    public var certificates: [String: String] = [:]
    /// Connections for reads and writes; one more listens for notifications.
    public var poolSize: Int
    /// All of Callboard's tables live in it.
    public var schema: String
    /// How long people wait at most, from the question to its answer, with the wait for a connection: a request must end
    /// within ten seconds.
    public var patience: Duration = .seconds(7)
    /// How long the server lets a transaction rest between two statements, in milliseconds. The bodies of portals never
    /// wait there: whoever does is frozen, and may not keep its locks from the others.
    var longestRest = 10_000

    public init(
        parameters: [String: String] = [:], connectionString: String? = nil, poolSize: Int = 10,
        schema: String = "callboard"
    ) {
        self.parameters = parameters
        self.connectionString = connectionString
        self.poolSize = poolSize
        self.schema = schema
    }

    /// Without user and password.
    public var description: String {
        guard let host = parameters["host"] else {
            return "PostgreSQL at \(connectionString == nil ? "its default host" : "the address of its URL")"
        }
        return "PostgreSQL at \(host)\(parameters["port"].map { ":\($0)" } ?? "")"
    }

    /// Whether libpq understands the connection string, if there is one.
    public var hasReadableConnectionString: Bool {
        guard let connectionString else { return true }
        guard connectionString.contains("=") || connectionString.contains("://") else { return false }
        let options = PQconninfoParse(connectionString, nil)
        PQconninfoFree(options)
        return options != nil
    }

    /// What must not be in messages.
    var secrets: [String] {
        var all = [connectionString, parameters["password"]]
        if let connectionString, let options = PQconninfoParse(connectionString, nil) {
            defer { PQconninfoFree(options) }
            var option = options
            while let keyword = option.pointee.keyword {
                if String(cString: keyword) == "password" { all.append(option.pointee.val.map { String(cString: $0) }) }
                option += 1
            }
        }
        return all.compactMap { $0 }.filter { !$0.isEmpty }
    }

    /// Longest a statement may take, in milliseconds.
    static let statementTimeout = 60_000

    /// The keywords with which every connection is made; later ones win.
    func keywords(secondsToConnect: Int) -> [(String, String)] {
        // Another end that is gone without a word is noticed within half a minute where nothing is sent, and within
        // ten seconds where something is; what takes it and says nothing is told by `PostgresPatience`.
        var all = [
            ("application_name", "callboard"), ("connect_timeout", String(secondsToConnect)),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "10000"),
        ]
        if let connectionString { all.append(("dbname", connectionString)) }
        all += parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let options =
            "-c statement_timeout=\(Self.statementTimeout) -c lock_timeout=15000 "
            + "-c idle_in_transaction_session_timeout=\(longestRest) -c client_min_messages=warning"
        return all + [("options", options)]
    }
}
