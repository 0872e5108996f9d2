/// The right to do something alone for a while, across replicas, by the database's clock.
///
/// A holder that was frozen finds its token outdated: `check` within the transaction that writes refuses it.
public struct Lease: Sendable, Hashable {
    public let name: String
    /// Grows with every holder.
    public let token: Int64

    /// Takes the lease where nobody has it.
    /// - Returns: nil where somebody else has it until later.
    public static func acquire(
        _ name: String, milliseconds: Int64, in database: any SQLDatabase
    ) async throws -> Lease? {
        try await database.write { transaction in
            let now = try transaction.now()
            try transaction.run(
                """
                INSERT INTO callboard_leases (name, token, until) VALUES (\(name), 0, 0) ON CONFLICT (name) DO NOTHING
                """)
            let row = try transaction.row(
                """
                UPDATE callboard_leases SET token = token + 1, until = \(now + milliseconds)
                WHERE name = \(name) AND until <= \(now) RETURNING token
                """)
            return try row.map { Lease(name: name, token: try $0.integer(0)) }
        }
    }

    /// Keeps the lease for longer.
    /// - Throws: `DatabaseError` of kind `leaseLost`.
    public func renew(milliseconds: Int64, in database: any SQLDatabase) async throws {
        try await database.write { transaction in
            let until = try transaction.now() + milliseconds
            let changed = try transaction.run(
                "UPDATE callboard_leases SET until = \(until) WHERE name = \(name) AND token = \(token)")
            if changed == 0 { throw lost }
        }
    }

    /// Gives the lease back; nothing happens where somebody else has it by now.
    public func release(in database: any SQLDatabase) async throws {
        try await database.write { transaction in
            try transaction.run(
                "UPDATE callboard_leases SET until = 0 WHERE name = \(name) AND token = \(token)")
        }
    }

    /// Holds the transaction to the lease: nobody can take it over before the transaction ends.
    /// - Throws: `DatabaseError` of kind `leaseLost` where somebody has.
    public func check(in transaction: any Transaction) throws {
        let lock: SQL = transaction.dialect == .postgres ? "FOR UPDATE" : ""
        let row = try transaction.row(
            "SELECT token FROM callboard_leases WHERE name = \(name) \(sql: lock)")
        guard try row?.integer(0) == token else { throw lost }
    }

    private var lost: DatabaseError {
        DatabaseError(.leaseLost, "The lease \(name) went to somebody else.")
    }

    /// The tables that belong to no feature: leases, and the jobs that are done under them.
    public static let migrations = [
        Migration(
            "callboard", 1, "leases", sqlite: [table], postgres: [table],
            back: .statements(
                sqlite: ["DROP TABLE callboard_leases"], postgres: ["DROP TABLE callboard_leases"], loses: nil)),
        Migration(
            "callboard", 2, "scheduled jobs", sqlite: [JobStore.table], postgres: [JobStore.table],
            back: .statements(
                sqlite: ["DROP TABLE callboard_jobs"], postgres: ["DROP TABLE callboard_jobs"],
                loses: "when scheduled jobs were done, and how they went")),
    ]

    private static let table: SQL = """
        CREATE TABLE callboard_leases (name TEXT PRIMARY KEY, token BIGINT NOT NULL, until BIGINT NOT NULL)
        """
}
