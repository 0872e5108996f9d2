/// How a PostgreSQL server is reached.
public struct PostgresSettings: Sendable, Hashable, CustomStringConvertible {
    /// libpq's keywords and values: `host`, `port`, `user`, `password`, `dbname`, `sslmode`, …
    public var parameters: [String: String]
    /// A whole connection string, which the parameters complete: `postgresql://…`.
    public var connectionString: String?
    /// Connections for reads and writes; one more listens for notifications.
    public var poolSize: Int
    /// All of Callboard's tables live in it.
    public var schema: String

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
        let host = parameters["host"] ?? "its default host"
        return "PostgreSQL at \(host)\(parameters["port"].map { ":\($0)" } ?? "")"
    }

    /// Longest a statement may take, in milliseconds.
    static let statementTimeout = 60_000

    /// The keywords with which every connection is made.
    var keywords: [(String, String)] {
        var all: [(String, String)] = connectionString.map { [("dbname", $0)] } ?? []
        all += parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let options =
            "-c statement_timeout=\(Self.statementTimeout) -c lock_timeout=15000 "
            + "-c idle_in_transaction_session_timeout=60000 -c client_min_messages=warning"
        return all + [("application_name", "callboard"), ("connect_timeout", "10"), ("options", options)]
    }
}
