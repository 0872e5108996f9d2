import Database
import EntityModel
import PortalKit

/// `backend.database`, in the forms of upstream.
enum DatabaseSettings {
    static func read(_ node: ConfigNode, folder: String) throws -> DatabaseConfiguration {
        let client = try node["client"].text() ?? "better-sqlite3"
        let connection = node["connection"]
        switch client {
        case "better-sqlite3", "sqlite3": return try sqlite(connection, folder: folder)
        case "pg": return .postgres(try postgres(connection, pool: node["knexConfig"]["pool"]["max"]))
        default:
            throw node["client"].mistake(
                "is '\(client)'; there are better-sqlite3 and pg", near: client, among: ["better-sqlite3", "pg"])
        }
    }

    /// The keys of either engine: a file that is laid over another may change the engine and leave the rest.
    private static let known = Set(keywords.keys).union([
        "port", "connectionString", "ssl", "directory", "filename", "application_name", "instance", "ipAddressType",
        "type",
    ])

    /// Upstream's names of libpq's keywords.
    private static let keywords = [
        "host": "host", "user": "user", "password": "password", "database": "dbname",
        "application_name": "application_name",
    ]

    /// A connection string, or an object of host, port, user, password, database and ssl.
    private static func postgres(_ connection: ConfigNode, pool: ConfigNode) throws -> PostgresSettings {
        var settings = PostgresSettings(poolSize: try pool.integer(2...200) ?? 10)
        if connection.value?.string != nil {
            settings.connectionString = try connectionString(connection)
            return settings
        }
        guard connection.isPresent else { return settings }
        try connection.allowOnly(known)
        for (name, keyword) in keywords { settings.parameters[keyword] = try connection[name].text() }
        settings.parameters["port"] = try connection["port"].integer(1...65_535).map(String.init)
        settings.connectionString = try connectionString(connection["connectionString"])
        try ssl(connection["ssl"], &settings)
        return settings
    }

    private static func connectionString(_ node: ConfigNode) throws -> String? {
        guard let text = try node.text() else { return nil }
        // The text is not shown: it may hold a password.
        guard PostgresSettings(connectionString: text).hasReadableConnectionString else {
            throw node.mistake(
                "is no address of PostgreSQL; write it as postgresql://user:password@host:5432/database")
        }
        return text
    }

    /// `ssl: true`, or an object with `ca`, `cert` and `key`, each a path or the text of a PEM file, as `$file` gives it,
    /// and `rejectUnauthorized`.
    private static func ssl(_ node: ConfigNode, _ settings: inout PostgresSettings) throws {
        guard node.isPresent else { return }
        guard node.value?.object != nil else {
            settings.parameters["sslmode"] = try node.flag() == true ? "verify-full" : "disable"
            if settings.parameters["sslmode"] == "verify-full" { settings.parameters["sslrootcert"] = systemRoots }
            return
        }
        try node.allowOnly(["ca", "cert", "key", "rejectUnauthorized", "require"])
        settings.parameters["sslmode"] = try node["rejectUnauthorized"].flag() == false ? "require" : "verify-full"
        for (key, keyword) in ["ca": "sslrootcert", "cert": "sslcert", "key": "sslkey"] {
            guard let text = try node[key].text() else { continue }
            if text.contains("-----BEGIN ") {
                settings.certificates[keyword] = text
            } else if text.contains("\n") {
                throw node[key].mistake("must be the path of a PEM file, or its text")
            } else {
                settings.parameters[keyword] = text
            }
        }
        if !node["ca"].isPresent { settings.parameters["sslrootcert"] = systemRoots }
    }

    private static let systemRoots = "/etc/ssl/certs/ca-certificates.crt"

    private static func sqlite(_ connection: ConfigNode, folder: String) throws -> DatabaseConfiguration {
        func absolute(_ path: String) -> String { FilePath.tidied(path.hasPrefix("/") ? path : "\(folder)/\(path)") }
        guard connection.isPresent else { return .sqlite(directory: absolute("data")) }
        if let text = try connection.value?.string.map({ _ in try connection.requiredText() }) {
            if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
                throw connection.mistake("is an address of PostgreSQL; set backend.database.client to pg")
            }
            return text == ":memory:" ? .memory : .sqliteFile(absolute(text))
        }
        try connection.allowOnly(known)
        if connection["directory"].isPresent, connection["filename"].isPresent {
            throw connection["filename"].mistake("cannot stand beside directory; keep one of them")
        }
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
            "true, or an object of ca, cert and key (paths, or `$file`) and rejectUnauthorized."),
        ConfigKey(
            "backend.database.connection.application_name", .text, default: "callboard",
            "The name that PostgreSQL shows of this program."),
        ConfigKey("backend.database.knexConfig.pool.max", .number, default: 10, "Connections of one replica."),
    ]
}
