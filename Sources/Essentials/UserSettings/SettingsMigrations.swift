import Database

/// The table of what people keep.
enum SettingsMigrations {
    static let all = [
        Migration("user-settings", 1, "settings of people and sessions", sqlite: statements, postgres: statements)
    ]

    /// The index is for sweeping alone and holds nothing of people.
    private static let statements: [SQL] = [
        """
        CREATE TABLE user_settings (
            owner TEXT NOT NULL, bucket TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
            bytes BIGINT NOT NULL, is_session BIGINT NOT NULL, written_at BIGINT NOT NULL,
            PRIMARY KEY (owner, bucket, key)
        )
        """,
        "CREATE INDEX user_settings_sessions ON user_settings (written_at) WHERE is_session = 1",
    ]
}
