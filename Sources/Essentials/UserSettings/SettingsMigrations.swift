import Database
import EntityModel
import PortalKit

/// The table of what people keep.
enum SettingsMigrations {
    static let all = [
        Migration(
            "user-settings", 1, "settings of people and sessions", sqlite: statements, postgres: statements,
            back: .statements(
                sqlite: ["DROP TABLE user_settings"], postgres: ["DROP TABLE user_settings"],
                loses: "what people keep: settings, stars, saved views, visits"))
    ]

    /// What always holds in it.
    static let checks = [
        DatabaseCheck(
            "every setting can be read",
            mend:
                "Run DELETE FROM user_settings WHERE bucket = '…' AND key = '…' AND written_at = … with what is above: "
                + "that one setting begins anew."
        ) { transaction, findings in
            // Whose they are is nobody's business here.
            try transaction.forEach("SELECT value, bucket, key, written_at FROM user_settings") { row in
                let value = try? JSONParser.parse(Array(try row.text(0).utf8))
                if value == nil {
                    let name = "\((try? row.text(1)) ?? "") \((try? row.text(2)) ?? "")"
                    findings.add("\(name) written_at \((try? row.integer(3)) ?? 0)")
                }
            }
        }
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
