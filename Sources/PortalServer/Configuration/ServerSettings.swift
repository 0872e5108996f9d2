import Database
import EntityModel
import PortalKit

/// What the server itself reads of app-config.
struct ServerSettings: Sendable {
    /// Where the portal listens.
    struct Address: Sendable, Hashable, CustomStringConvertible {
        var host: String
        var port: Int

        var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    let listen: Address
    let database: DatabaseConfiguration
    let title: String
    let baseURL: String
    /// Hosts of `backend.reading.allow`, which may be private.
    let trustedHosts: [String]

    /// - Throws: `PortalError` of kind `input` that names the key.
    init(_ config: AppConfig) throws {
        listen = try Self.address(config.node("backend.listen"))
        database = try DatabaseSettings.read(config.node("backend.database"), folder: config.folder)
        title = try config.node("app.title").text() ?? "Callboard"
        baseURL = try config.node("app.baseUrl").text() ?? "http://localhost:\(listen.port)"
        trustedHosts = try (config.node("backend.reading.allow").items() ?? []).map {
            try $0["host"].requiredText().lowercased()
        }
    }

    /// `7007`, `:7007`, `127.0.0.1:7007`, `[::1]:7007`, or an object of host and port; without a host, everywhere.
    private static func address(_ node: ConfigNode) throws -> Address {
        if node.value?.object != nil {
            try node.allowOnly(["host", "port"])
            return Address(
                host: try node["host"].text() ?? "0.0.0.0", port: try node["port"].integer(0...65_535) ?? 7007)
        }
        guard let text = try node.text() else { return Address(host: "0.0.0.0", port: 7007) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let port = parts.last.flatMap({ Int($0) }), (0...65_535).contains(port) else {
            throw node.mistake("must be a port or host:port, but is '\(text)'")
        }
        let host = parts.dropLast().joined(separator: ":").filter { $0 != "[" && $0 != "]" }
        return Address(host: host.isEmpty ? "0.0.0.0" : host, port: port)
    }

    static let keys: [ConfigKey] =
        [
            ConfigKey("app.title", .text, default: "Callboard", "The portal's name in titles."),
            ConfigKey(
                "app.baseUrl", .text, "The address in people's browsers; builds links only, `backend.listen` is served."
            ),
            ConfigKey("backend.baseUrl", .text, "The address of the API; builds links only."),
            ConfigKey(
                "backend.listen", .any, default: ":7007",
                "Where the portal listens: a port, host:port, or both as keys."),
            ConfigKey("backend.listen.host", .text, "The address to listen on; without it, every one of this machine."),
            ConfigKey("backend.listen.port", .number, default: 7007, "The port to listen on."),
            ConfigKey(
                "backend.reading.allow[].host", .text, "A host that may be fetched from, `*.example.org` for all below."
            ),
        ] + DatabaseSettings.keys
}

/// `backend.database`, in the forms of upstream.
enum DatabaseSettings {
    static func read(_ node: ConfigNode, folder: String) throws -> DatabaseConfiguration {
        let client = try node["client"].text() ?? "better-sqlite3"
        let connection = node["connection"]
        switch client {
        case "better-sqlite3", "sqlite3": return try sqlite(connection, folder: folder)
        case "pg": return .postgres(try postgres(connection, pool: node["knexConfig"]["pool"]["max"]))
        default: throw node["client"].mistake("is '\(client)'; there are better-sqlite3 and pg")
        }
    }

    /// Upstream's names of libpq's keywords.
    private static let keywords = [
        "host": "host", "port": "port", "user": "user", "password": "password", "database": "dbname",
    ]

    /// A connection string, or an object of host, port, user, password, database and ssl.
    private static func postgres(_ connection: ConfigNode, pool: ConfigNode) throws -> PostgresSettings {
        var settings = PostgresSettings(poolSize: try pool.integer(2...200) ?? 10)
        if let text = connection.value?.string {
            settings.connectionString = text
            return settings
        }
        for (name, keyword) in keywords { settings.parameters[keyword] = try connection[name].text() }
        settings.connectionString = try connection["connectionString"].text()
        try ssl(connection["ssl"], &settings)
        return settings
    }

    /// `ssl: true`, or an object with `ca`, `cert`, `key` as files and `rejectUnauthorized`.
    private static func ssl(_ node: ConfigNode, _ settings: inout PostgresSettings) throws {
        guard node.isPresent else { return }
        guard node.value?.object != nil else {
            settings.parameters["sslmode"] = try node.flag() == true ? "verify-full" : "disable"
            if settings.parameters["sslmode"] == "verify-full" { settings.parameters["sslrootcert"] = systemRoots }
            return
        }
        try node.allowOnly(["ca", "cert", "key", "rejectUnauthorized", "require"])
        settings.parameters["sslmode"] = try node["rejectUnauthorized"].flag() == false ? "require" : "verify-full"
        settings.parameters["sslrootcert"] = try node["ca"].text() ?? systemRoots
        settings.parameters["sslcert"] = try node["cert"].text()
        settings.parameters["sslkey"] = try node["key"].text()
        for key in ["ca", "cert", "key"] where try node[key].text()?.contains("BEGIN ") == true {
            throw node[key].mistake("must be the path of a file; PostgreSQL's library reads no certificates from text")
        }
    }

    private static let systemRoots = "/etc/ssl/certs/ca-certificates.crt"

    private static func sqlite(_ connection: ConfigNode, folder: String) throws -> DatabaseConfiguration {
        func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
        guard connection.isPresent else { return .sqlite(directory: absolute("data")) }
        if let text = connection.value?.string {
            return text == ":memory:" ? .memory : .sqliteFile(absolute(text))
        }
        try connection.allowOnly(["directory", "filename"])
        if let directory = try connection["directory"].text() { return .sqlite(directory: absolute(directory)) }
        guard let file = try connection["filename"].text() else {
            throw connection.mistake("must be ':memory:', or have a directory or a filename")
        }
        return file == ":memory:" ? .memory : .sqliteFile(absolute(file))
    }

    static let keys: [ConfigKey] = [
        ConfigKey(
            "backend.database.client", .text, default: "better-sqlite3", "The engine: better-sqlite3, or pg."),
        ConfigKey(
            "backend.database.connection", .any,
            "`:memory:`, a path or a PostgreSQL URL; or an object, see below."),
        ConfigKey(
            "backend.database.connection.directory", .text, default: "data", "The folder of callboard.sqlite."),
        ConfigKey("backend.database.connection.filename", .text, "The file of SQLite itself."),
        ConfigKey("backend.database.connection.host", .text, "The host of PostgreSQL, or the folder of its socket."),
        ConfigKey("backend.database.connection.port", .number, default: 5432, "The port of PostgreSQL."),
        ConfigKey("backend.database.connection.user", .text, "The user of PostgreSQL."),
        ConfigKey("backend.database.connection.password", .text, isSecret: true, "The password of that user."),
        ConfigKey(
            "backend.database.connection.database", .text, "The database; our tables are in its schema callboard."),
        ConfigKey("backend.database.connection.connectionString", .text, isSecret: true, "All of it as one URL."),
        ConfigKey(
            "backend.database.connection.ssl", .any,
            "true, or an object of ca, cert and key (paths) and rejectUnauthorized."),
        ConfigKey("backend.database.knexConfig.pool.max", .number, default: 10, "Connections of one replica."),
    ]
}
