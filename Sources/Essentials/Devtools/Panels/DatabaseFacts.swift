import Database
import PortalKit

/// What the database says of itself.
struct DatabaseFacts: Sendable {
    let dialect: Dialect
    let version: String
    let bytes: Int?

    static func read(_ database: any SQLDatabase) async throws -> DatabaseFacts {
        try await database.read { transaction in
            let version: SQL =
                transaction.dialect == .sqlite ? "SELECT sqlite_version()" : "SELECT current_setting('server_version')"
            let size: SQL =
                transaction.dialect == .sqlite
                ? "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
                : "SELECT pg_database_size(current_database())"
            return DatabaseFacts(
                dialect: transaction.dialect, version: try transaction.row(version)?.text(0) ?? "",
                bytes: try transaction.row(size)?.optionalInt(0))
        }
    }

    var engine: String { dialect == .sqlite ? "SQLite" : "PostgreSQL" }
}

/// Who alone does something, and until when.
struct HeldLease: Sendable, Hashable {
    let name: String
    let token: Int64
    /// Milliseconds since 1970.
    let until: Int64
    let isHeld: Bool

    static func all(in database: any SQLDatabase) async throws -> [HeldLease] {
        try await database.read { transaction in
            let now = try transaction.now()
            return try transaction.rows("SELECT name, token, until FROM callboard_leases ORDER BY name").map { row in
                HeldLease(
                    name: try row.text(0), token: try row.integer(1), until: try row.integer(2),
                    isHeld: try row.integer(2) > now)
            }
        }
    }
}
