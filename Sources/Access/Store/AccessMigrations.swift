import Database
import EntityModel
import PortalKit

/// The tables of signing keys and sessions.
enum AccessMigrations {
    static let all = [
        Migration(
            "auth", 1, "signing keys and sessions",
            sqlite: [
                """
                CREATE TABLE auth_signing_keys (
                    id TEXT NOT NULL PRIMARY KEY, created_at INTEGER NOT NULL, public_key BLOB NOT NULL,
                    sealed_private_key TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE auth_sessions (
                    id_hash BLOB NOT NULL PRIMARY KEY, user_ref TEXT NOT NULL, ownership_refs TEXT NOT NULL,
                    created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
                )
                """,
                "CREATE INDEX auth_sessions_seen_at ON auth_sessions (seen_at)",
            ],
            postgres: [
                """
                CREATE TABLE auth_signing_keys (
                    id TEXT NOT NULL PRIMARY KEY, created_at BIGINT NOT NULL, public_key BYTEA NOT NULL,
                    sealed_private_key TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE auth_sessions (
                    id_hash BYTEA NOT NULL PRIMARY KEY, user_ref TEXT NOT NULL, ownership_refs TEXT NOT NULL,
                    created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL
                )
                """,
                "CREATE INDEX auth_sessions_seen_at ON auth_sessions (seen_at)",
            ],
            back: .statements(
                sqlite: away, postgres: away, loses: "all sessions and signing keys: everybody signs in again"))
    ]

    /// What always holds in them.
    static let checks = [
        DatabaseCheck(
            "every session says whose groups it has",
            mend: "Run DELETE FROM auth_sessions WHERE user_ref = '…' with the name above: that person signs in again."
        ) { transaction, findings in
            try transaction.forEach("SELECT user_ref, ownership_refs FROM auth_sessions") { row in
                let groups = try? JSONParser.parse(Array(try row.text(1).utf8)).array
                if groups == nil { findings.add((try? row.text(0)) ?? "a session") }
            }
        },
        DatabaseCheck(
            "every signing key has both its halves",
            mend: "Run DELETE FROM auth_signing_keys WHERE id = '…' with the id above, and start the portal again: "
                + "tokens of that key end.",
            finds: "SELECT id FROM auth_signing_keys WHERE LENGTH(public_key) = 0 OR sealed_private_key = ''"),
    ]

    private static let away: [SQL] = ["DROP TABLE auth_sessions", "DROP TABLE auth_signing_keys"]
}
