import Database
import PortalKit
import Testing

@testable import PortalServer

/// `backend.database` as upstream's users write it.
@Suite struct DatabaseSettingsTests {
    private func read(_ yaml: String) throws -> DatabaseConfiguration {
        let text = "backend:\n  database:\n" + yaml.split(separator: "\n").map { "    \($0)\n" }.joined()
        let files = ["/portal/app-config.yaml": text, "/portal/ca.pem": "-----BEGIN CERTIFICATE-----\nAA\n"]
        let loader = AppConfigLoader(environment: ["PG_PASSWORD": "s3cret"]) { path in
            guard let text = files[path] else { throw PortalError(.notFound, "\(path) does not exist.") }
            return Array(text.utf8)
        }
        return try ServerSettings(loader.load(["/portal/app-config.yaml"]).config).database
    }

    private func postgres(_ yaml: String) throws -> PostgresSettings {
        guard case .postgres(let settings) = try read("client: pg\n" + yaml) else {
            throw PortalError(.internal, "This is no PostgreSQL.")
        }
        return settings
    }

    @Test("the mend for a port that is taken keeps the host")
    func takenPort() {
        let loopback = ServerSettings.Address(host: "127.0.0.1", port: 7007)
        #expect(loopback.isTaken.hasSuffix("APP_CONFIG_backend_listen=127.0.0.1:7008."))
        let last = ServerSettings.Address(host: "::1", port: 65_535)
        #expect(last.isTaken.hasSuffix("APP_CONFIG_backend_listen=[::1]:65534."))
    }

    @Test(
        "the forms of SQLite",
        arguments: [
            ("{}", .sqlite(directory: "/portal/data")),
            ("client: better-sqlite3", .sqlite(directory: "/portal/data")),
            ("client: better-sqlite3\nconnection: ':memory:'", .memory),
            ("client: sqlite3\nconnection: { filename: ':memory:' }", .memory),
            ("connection: { directory: /var/lib/callboard }", .sqlite(directory: "/var/lib/callboard")),
            ("connection: { directory: ../db }", .sqlite(directory: "/portal/../db")),
            ("connection: { directory: ./data//x/. }", .sqlite(directory: "/portal/data/x")),
            ("connection: { filename: ././my.sqlite }", .sqliteFile("/portal/my.sqlite")),
            ("connection: { filename: my.sqlite }", .sqliteFile("/portal/my.sqlite")),
            ("connection: my.sqlite", .sqliteFile("/portal/my.sqlite")),
        ] as [(String, DatabaseConfiguration)])
    func sqlite(_ yaml: String, _ expected: DatabaseConfiguration) throws {
        #expect(try read(yaml) == expected)
    }

    @Test("PostgreSQL by a URL, whole or within the object")
    func url() throws {
        let url = "postgresql://u:p@db.example:5433/portal?sslmode=require"
        #expect(try postgres("connection: \(url)").connectionString == url)
        let settings = try postgres("connection: { connectionString: '\(url)', password: other }")
        #expect(settings.connectionString == url)
        #expect(settings.parameters == ["password": "other"])
    }

    @Test("PostgreSQL by its parts, numbers as text too, and the size of the pool")
    func parts() throws {
        let settings = try postgres(
            """
            connection:
              host: db.example
              port: '5433'
              user: backstage
              password: ${PG_PASSWORD}
              database: portal
            knexConfig: { pool: { min: 3, max: 12 } }
            """)
        #expect(
            settings.parameters == [
                "host": "db.example", "port": "5433", "user": "backstage", "password": "s3cret", "dbname": "portal",
            ])
        #expect(settings.poolSize == 12)
        #expect("\(settings)" == "PostgreSQL at db.example:5433")
    }

    @Test("TLS: on, off, without verification, and with certificates by path or as text")
    func ssl() throws {
        #expect(try postgres("connection: { host: h, ssl: true }").parameters["sslmode"] == "verify-full")
        #expect(try postgres("connection: { host: h, ssl: false }").parameters["sslmode"] == "disable")
        let lax = try postgres("connection: { host: h, ssl: { rejectUnauthorized: false } }")
        #expect(lax.parameters["sslmode"] == "require")
        let byPath = try postgres(
            "connection: { host: h, ssl: { ca: /etc/ca.pem, cert: /etc/c.pem, key: /etc/k.pem } }")
        #expect(byPath.parameters["sslmode"] == "verify-full")
        #expect(byPath.parameters["sslrootcert"] == "/etc/ca.pem")
        #expect(byPath.parameters["sslcert"] == "/etc/c.pem")
        #expect(byPath.parameters["sslkey"] == "/etc/k.pem")
        let byText = try postgres("connection: { host: h, ssl: { ca: { $file: ca.pem } } }")
        #expect(byText.certificates["sslrootcert"]?.hasPrefix("-----BEGIN CERTIFICATE-----") == true)
        #expect(byText.parameters["sslrootcert"] == nil)
    }

    @Test(
        "what is wrong is named with its file and line, and no secret",
        arguments: [
            ("client: mysql", "backend.database.client is 'mysql'"),
            ("connection: { path: x }", "backend.database.connection.path is not known here"),
            ("connection: { directory: a, filename: b }", "backend.database.connection.filename cannot stand beside"),
            ("connection: ''", "backend.database.connection must be text that is not empty"),
            ("connection: { directory: [] }", "backend.database.connection.directory must be text"),
            ("connection: 5", "backend.database.connection must be an object"),
            ("connection: postgresql://u:s3cret@h/db", "set backend.database.client to pg"),
            ("client: pg\nconnection: ':memory:'", "backend.database.connection is no address of PostgreSQL"),
            ("client: pg\nconnection: postgres//u:s3cret@h/db?a=b", "is no address of PostgreSQL"),
            ("client: pg\nconnection: postgresql://u:s3cret@h/db?nonsense=1", "is no address of PostgreSQL"),
            ("client: pg\nconnection: { connectionString: h }", "connection.connectionString is no address"),
            ("client: pg\nconnection: [a]", "backend.database.connection must be an object"),
            ("client: pg\nconnection: { host: h, port: many }", "backend.database.connection.port must be a number"),
            ("client: pg\nconnection: { host: h, port: 70000 }", "must be a whole number from 1 to 65535"),
            ("client: pg\nconnection: { hots: h }", "backend.database.connection.hots is not known here"),
            (
                "client: pg\nconnection: { host: h, ssl: { caa: x } }",
                "backend.database.connection.ssl.caa is not known"
            ),
            (
                "client: pg\nconnection: { host: h, ssl: maybe }",
                "backend.database.connection.ssl must be true or false"
            ),
            ("client: pg\nknexConfig: { pool: { max: 1 } }", "must be a whole number from 2 to 200"),
        ])
    func mistakes(_ yaml: String, _ message: String) throws {
        #expect {
            try read(yaml)
        } throws: { error in
            guard let error = error as? PortalError, error.kind == .input else { return false }
            return error.message.contains(message) && error.message.contains("app-config.yaml:")
                && !error.message.contains("s3cret")
        }
    }
}
