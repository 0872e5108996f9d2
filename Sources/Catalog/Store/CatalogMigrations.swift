import Database

/// The tables of the catalog.
package enum CatalogMigrations {
    package static let all = [
        Migration(
            "catalog", 1, "entities, sources and the change feed", sqlite: tables(bytes: "BLOB"),
            postgres: tables(bytes: "BYTEA"),
            back: back(
                names.map { "DROP TABLE \(sql: $0)" },
                loses: "the whole catalog: registered locations, the history and the uids of all entities")),
        Migration(
            "catalog", 2, "who or what caused each change", sqlite: causes, postgres: causes,
            back: back(
                ["ALTER TABLE catalog_feed DROP COLUMN cause"], loses: "who or what caused the changes of the history")),
        Migration(
            "catalog", 3, "sources whose files have gone", sqlite: missing, postgres: missing,
            back: back(["ALTER TABLE catalog_sources DROP COLUMN missing_since"], loses: nil)),
        Migration(
            "catalog", 4, "sources and entities with something wrong", sqlite: wrong, postgres: wrong,
            back: back(notWrong, loses: nil)),
        Migration(
            "catalog", 5, "documents that sources had refused", sqlite: refused, postgres: refused,
            back: back(
                notRefused, loses: "which documents of sources are refused, until the sources are read again")),
        Migration(
            "catalog", 6, "changes of the whole catalog by what is asked of them", sqlite: asked, postgres: asked,
            back: back(notAsked, loses: nil)),
        Migration(
            "catalog", 7, "sources in the order in which they are read", sqlite: inOrder, postgres: inOrder,
            back: back(notInOrder, loses: nil)),
    ]

    /// The same on both engines.
    private static func back(_ statements: [SQL], loses: String?) -> Migration.WayBack {
        .statements(sqlite: statements, postgres: statements, loses: loses)
    }

    private static let names: [SQL] = [
        "catalog_feed", "catalog_claims", "catalog_entities", "catalog_locations", "catalog_refresh_keys",
        "catalog_source_edges", "catalog_sources", "catalog_state", "catalog_counters",
    ]

    private static let causes: [SQL] = ["ALTER TABLE catalog_feed ADD COLUMN cause TEXT"]

    private static let missing: [SQL] = ["ALTER TABLE catalog_sources ADD COLUMN missing_since BIGINT"]

    /// What operators look for, which is little of much.
    private static let wrong: [SQL] = [
        "CREATE INDEX catalog_sources_failing ON catalog_sources (type, target) WHERE error IS NOT NULL",
        "CREATE INDEX catalog_sources_leased ON catalog_sources (lease_until) WHERE lease_until > 0",
        "CREATE INDEX catalog_entities_noted ON catalog_entities (source_id) WHERE notes IS NOT NULL",
        // When a source last changed is told without a look at its entities, whose bodies lie before the time.
        "CREATE INDEX catalog_entities_changed ON catalog_entities (source_id, changed_at)",
        "DROP INDEX catalog_entities_source",
    ]

    private static let notWrong: [SQL] = [
        "CREATE INDEX catalog_entities_source ON catalog_entities (source_id)",
        "DROP INDEX catalog_entities_changed",
        "DROP INDEX catalog_entities_noted",
        "DROP INDEX catalog_sources_leased",
        "DROP INDEX catalog_sources_failing",
    ]

    private static let refused: [SQL] = [
        "ALTER TABLE catalog_sources ADD COLUMN documents BIGINT",
        // Null where there is none.
        "ALTER TABLE catalog_sources ADD COLUMN refused BIGINT",
        "ALTER TABLE catalog_sources ADD COLUMN refusals TEXT",
        "DROP INDEX catalog_sources_failing",
        """
        CREATE INDEX catalog_sources_failing ON catalog_sources (type, target)
        WHERE (error IS NOT NULL OR refused IS NOT NULL)
        """,
    ]

    private static let notRefused: [SQL] = [
        "DROP INDEX catalog_sources_failing",
        "CREATE INDEX catalog_sources_failing ON catalog_sources (type, target) WHERE error IS NOT NULL",
        "ALTER TABLE catalog_sources DROP COLUMN refusals",
        "ALTER TABLE catalog_sources DROP COLUMN refused",
        "ALTER TABLE catalog_sources DROP COLUMN documents",
    ]

    /// What an index has room for of a cause, which may name an address of any length.
    static let causeLength = 200

    /// The feed from its end, by what narrows it much. People and programs change little beside what is read from
    /// locations; deletions are few, and whoever follows the feed asks for them alone.
    private static let asked: [SQL] = [
        "DROP INDEX catalog_feed_ref",
        "CREATE INDEX catalog_feed_ref ON catalog_feed (ref, n)",
        "CREATE INDEX catalog_feed_at ON catalog_feed (at)",
        "CREATE INDEX catalog_feed_cause ON catalog_feed (substr(cause, 1, 200), n)",
        "CREATE INDEX catalog_feed_people ON catalog_feed (n) WHERE substr(cause, 1, 9) <> 'location '",
        "CREATE INDEX catalog_feed_deleted ON catalog_feed (n) WHERE kind = 'deleted'",
    ]

    private static let notAsked: [SQL] = [
        "DROP INDEX catalog_feed_deleted", "DROP INDEX catalog_feed_people", "DROP INDEX catalog_feed_cause",
        "DROP INDEX catalog_feed_at", "DROP INDEX catalog_feed_ref",
        "CREATE INDEX catalog_feed_ref ON catalog_feed (ref)",
    ]

    /// After a start all files are due at once: a claim of a few must not sort the rest.
    private static let inOrder: [SQL] = [
        "DROP INDEX catalog_sources_next", "CREATE INDEX catalog_sources_next ON catalog_sources (next_at, id)",
    ]

    private static let notInOrder: [SQL] = [
        "DROP INDEX catalog_sources_next", "CREATE INDEX catalog_sources_next ON catalog_sources (next_at)",
    ]

    /// The engines differ in the name of the type for bytes alone.
    private static func tables(bytes: SQL) -> [SQL] {
        [
            "CREATE TABLE catalog_counters (name TEXT PRIMARY KEY, n BIGINT NOT NULL)",
            "INSERT INTO catalog_counters (name, n) VALUES ('source', 0), ('lease', 0), ('entity', 0), ('feed', 0)",
            "CREATE TABLE catalog_state (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        ] + sources + entities(bytes)
    }

    private static let sources: [SQL] = [
        """
        CREATE TABLE catalog_sources (
            id BIGINT PRIMARY KEY, type TEXT NOT NULL, target TEXT NOT NULL, is_optional BIGINT NOT NULL,
            origin_type TEXT NOT NULL, origin_target TEXT NOT NULL,
            configured BIGINT NOT NULL, registered BIGINT NOT NULL,
            etag TEXT, input_hash TEXT, next_at BIGINT NOT NULL, requests BIGINT NOT NULL, failures BIGINT NOT NULL,
            lease_token BIGINT NOT NULL, lease_until BIGINT NOT NULL,
            error TEXT, failing_since BIGINT, succeeded_at BIGINT, held_since BIGINT,
            UNIQUE (type, target)
        )
        """,
        "CREATE INDEX catalog_sources_next ON catalog_sources (next_at)",
        """
        CREATE TABLE catalog_source_edges (
            parent_id BIGINT NOT NULL, child_id BIGINT NOT NULL, location_ref TEXT NOT NULL,
            PRIMARY KEY (parent_id, child_id, location_ref)
        )
        """,
        "CREATE INDEX catalog_source_edges_child ON catalog_source_edges (child_id)",
        "CREATE INDEX catalog_source_edges_location ON catalog_source_edges (location_ref)",
        "CREATE TABLE catalog_refresh_keys (key TEXT NOT NULL, source_id BIGINT NOT NULL, PRIMARY KEY (key, source_id))",
        "CREATE INDEX catalog_refresh_keys_source ON catalog_refresh_keys (source_id)",
        """
        CREATE TABLE catalog_locations (
            id TEXT PRIMARY KEY, type TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (type, target)
        )
        """,
    ]

    private static func entities(_ bytes: SQL) -> [SQL] {
        [
            """
            CREATE TABLE catalog_entities (
                id BIGINT PRIMARY KEY, ref TEXT NOT NULL UNIQUE, uid TEXT NOT NULL UNIQUE, source_id BIGINT,
                body \(sql: bytes) NOT NULL, edges TEXT NOT NULL, hash TEXT NOT NULL, notes TEXT,
                feed_n BIGINT NOT NULL, changed_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX catalog_entities_source ON catalog_entities (source_id)",
            "CREATE INDEX catalog_entities_feed ON catalog_entities (feed_n)",
            """
            CREATE TABLE catalog_claims (
                ref TEXT NOT NULL, source_id BIGINT NOT NULL, body \(sql: bytes) NOT NULL, edges TEXT NOT NULL,
                hash TEXT NOT NULL, claimed_at BIGINT NOT NULL, PRIMARY KEY (ref, source_id)
            )
            """,
            "CREATE INDEX catalog_claims_source ON catalog_claims (source_id)",
            """
            CREATE TABLE catalog_feed (
                n BIGINT PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL,
                entity_id BIGINT NOT NULL, uid TEXT NOT NULL, body_before \(sql: bytes)
            )
            """,
            "CREATE INDEX catalog_feed_ref ON catalog_feed (ref)",
        ]
    }
}
