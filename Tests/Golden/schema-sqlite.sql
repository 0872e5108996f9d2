CREATE TABLE auth_sessions (
    id_hash BLOB NOT NULL PRIMARY KEY, user_ref TEXT NOT NULL, ownership_refs TEXT NOT NULL,
    created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
);
CREATE INDEX auth_sessions_seen_at ON auth_sessions (seen_at);
CREATE TABLE auth_signing_keys (
    id TEXT NOT NULL PRIMARY KEY, created_at INTEGER NOT NULL, public_key BLOB NOT NULL,
    sealed_private_key TEXT NOT NULL
);
CREATE TABLE callboard_jobs (
    name TEXT PRIMARY KEY, slot BIGINT NOT NULL, is_done BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT,
    runs BIGINT NOT NULL, failures BIGINT NOT NULL, error TEXT
);
CREATE TABLE callboard_leases (name TEXT PRIMARY KEY, token BIGINT NOT NULL, until BIGINT NOT NULL);
CREATE TABLE callboard_migrations (
    feature TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,
    applied_at BIGINT NOT NULL, PRIMARY KEY (feature, number)
);
CREATE TABLE catalog_claims (
    ref TEXT NOT NULL, source_id BIGINT NOT NULL, body BLOB NOT NULL, edges TEXT NOT NULL,
    hash TEXT NOT NULL, claimed_at BIGINT NOT NULL, PRIMARY KEY (ref, source_id)
);
CREATE INDEX catalog_claims_source ON catalog_claims (source_id);
CREATE TABLE catalog_counters (name TEXT PRIMARY KEY, n BIGINT NOT NULL);
CREATE TABLE catalog_entities (
    id BIGINT PRIMARY KEY, ref TEXT NOT NULL UNIQUE, uid TEXT NOT NULL UNIQUE, source_id BIGINT,
    body BLOB NOT NULL, edges TEXT NOT NULL, hash TEXT NOT NULL, notes TEXT,
    feed_n BIGINT NOT NULL, changed_at BIGINT NOT NULL
);
CREATE INDEX catalog_entities_changed ON catalog_entities (source_id, changed_at);
CREATE INDEX catalog_entities_feed ON catalog_entities (feed_n);
CREATE INDEX catalog_entities_noted ON catalog_entities (source_id) WHERE notes IS NOT NULL;
CREATE TABLE catalog_feed (
    n BIGINT PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL,
    entity_id BIGINT NOT NULL, uid TEXT NOT NULL, body_before BLOB
, cause TEXT);
CREATE INDEX catalog_feed_at ON catalog_feed (at);
CREATE INDEX catalog_feed_cause ON catalog_feed (substr(cause, 1, 200), n);
CREATE INDEX catalog_feed_deleted ON catalog_feed (n) WHERE kind = 'deleted';
CREATE INDEX catalog_feed_people ON catalog_feed (n) WHERE substr(cause, 1, 9) <> 'location ';
CREATE INDEX catalog_feed_ref ON catalog_feed (ref, n);
CREATE TABLE catalog_locations (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (type, target)
);
CREATE TABLE catalog_refresh_keys (key TEXT NOT NULL, source_id BIGINT NOT NULL, PRIMARY KEY (key, source_id));
CREATE INDEX catalog_refresh_keys_source ON catalog_refresh_keys (source_id);
CREATE TABLE catalog_source_edges (
    parent_id BIGINT NOT NULL, child_id BIGINT NOT NULL, location_ref TEXT NOT NULL,
    PRIMARY KEY (parent_id, child_id, location_ref)
);
CREATE INDEX catalog_source_edges_child ON catalog_source_edges (child_id);
CREATE INDEX catalog_source_edges_location ON catalog_source_edges (location_ref);
CREATE TABLE catalog_sources (
    id BIGINT PRIMARY KEY, type TEXT NOT NULL, target TEXT NOT NULL, is_optional BIGINT NOT NULL,
    origin_type TEXT NOT NULL, origin_target TEXT NOT NULL,
    configured BIGINT NOT NULL, registered BIGINT NOT NULL,
    etag TEXT, input_hash TEXT, next_at BIGINT NOT NULL, requests BIGINT NOT NULL, failures BIGINT NOT NULL,
    lease_token BIGINT NOT NULL, lease_until BIGINT NOT NULL,
    error TEXT, failing_since BIGINT, succeeded_at BIGINT, held_since BIGINT, missing_since BIGINT, documents BIGINT, refused BIGINT, refusals TEXT,
    UNIQUE (type, target)
);
CREATE INDEX catalog_sources_failing ON catalog_sources (type, target)
WHERE (error IS NOT NULL OR refused IS NOT NULL);
CREATE INDEX catalog_sources_leased ON catalog_sources (lease_until) WHERE lease_until > 0;
CREATE INDEX catalog_sources_next ON catalog_sources (next_at, id);
CREATE TABLE catalog_state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE user_settings (
    owner TEXT NOT NULL, bucket TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    bytes BIGINT NOT NULL, is_session BIGINT NOT NULL, written_at BIGINT NOT NULL,
    PRIMARY KEY (owner, bucket, key)
);
CREATE INDEX user_settings_sessions ON user_settings (written_at) WHERE is_session = 1;
