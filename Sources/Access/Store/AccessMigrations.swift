import Database

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
            ])
    ]
}
