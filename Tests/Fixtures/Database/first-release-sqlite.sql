-- A database as the first state of Callboard that was given away left it: the catalog had three migrations.

CREATE TABLE callboard_migrations (
    feature TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,
    applied_at BIGINT NOT NULL, PRIMARY KEY (feature, number)
);
CREATE TABLE callboard_leases (name TEXT PRIMARY KEY, token BIGINT NOT NULL, until BIGINT NOT NULL);
CREATE TABLE auth_signing_keys (
    id TEXT NOT NULL PRIMARY KEY, created_at INTEGER NOT NULL, public_key BLOB NOT NULL,
    sealed_private_key TEXT NOT NULL
);
CREATE TABLE auth_sessions (
    id_hash BLOB NOT NULL PRIMARY KEY, user_ref TEXT NOT NULL, ownership_refs TEXT NOT NULL,
    created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
);
CREATE INDEX auth_sessions_seen_at ON auth_sessions (seen_at);
CREATE TABLE catalog_counters (name TEXT PRIMARY KEY, n BIGINT NOT NULL);
CREATE TABLE catalog_state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE catalog_sources (
    id BIGINT PRIMARY KEY, type TEXT NOT NULL, target TEXT NOT NULL, is_optional BIGINT NOT NULL,
    origin_type TEXT NOT NULL, origin_target TEXT NOT NULL,
    configured BIGINT NOT NULL, registered BIGINT NOT NULL,
    etag TEXT, input_hash TEXT, next_at BIGINT NOT NULL, requests BIGINT NOT NULL, failures BIGINT NOT NULL,
    lease_token BIGINT NOT NULL, lease_until BIGINT NOT NULL,
    error TEXT, failing_since BIGINT, succeeded_at BIGINT, held_since BIGINT,
    UNIQUE (type, target)
);
CREATE INDEX catalog_sources_next ON catalog_sources (next_at);
CREATE TABLE catalog_source_edges (
    parent_id BIGINT NOT NULL, child_id BIGINT NOT NULL, location_ref TEXT NOT NULL,
    PRIMARY KEY (parent_id, child_id, location_ref)
);
CREATE INDEX catalog_source_edges_child ON catalog_source_edges (child_id);
CREATE INDEX catalog_source_edges_location ON catalog_source_edges (location_ref);
CREATE TABLE catalog_refresh_keys (key TEXT NOT NULL, source_id BIGINT NOT NULL, PRIMARY KEY (key, source_id));
CREATE INDEX catalog_refresh_keys_source ON catalog_refresh_keys (source_id);
CREATE TABLE catalog_locations (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (type, target)
);
CREATE TABLE catalog_entities (
    id BIGINT PRIMARY KEY, ref TEXT NOT NULL UNIQUE, uid TEXT NOT NULL UNIQUE, source_id BIGINT,
    body BLOB NOT NULL, edges TEXT NOT NULL, hash TEXT NOT NULL, notes TEXT,
    feed_n BIGINT NOT NULL, changed_at BIGINT NOT NULL
);
CREATE INDEX catalog_entities_source ON catalog_entities (source_id);
CREATE INDEX catalog_entities_feed ON catalog_entities (feed_n);
CREATE TABLE catalog_claims (
    ref TEXT NOT NULL, source_id BIGINT NOT NULL, body BLOB NOT NULL, edges TEXT NOT NULL,
    hash TEXT NOT NULL, claimed_at BIGINT NOT NULL, PRIMARY KEY (ref, source_id)
);
CREATE INDEX catalog_claims_source ON catalog_claims (source_id);
CREATE TABLE catalog_feed (
    n BIGINT PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL,
    entity_id BIGINT NOT NULL, uid TEXT NOT NULL, body_before BLOB
);
CREATE INDEX catalog_feed_ref ON catalog_feed (ref);
ALTER TABLE catalog_feed ADD COLUMN cause TEXT;
ALTER TABLE catalog_sources ADD COLUMN missing_since BIGINT;

INSERT INTO callboard_migrations VALUES ('auth', 1, 'signing keys and sessions', 'd59dadb953a8b03c', 1764000000001);
INSERT INTO callboard_migrations VALUES ('callboard', 1, 'leases', '7201a7d5d24fd621', 1764000000001);
INSERT INTO callboard_migrations VALUES ('catalog', 1, 'entities, sources and the change feed', '83cbab86d7a4e2fe', 1764000000001);
INSERT INTO callboard_migrations VALUES ('catalog', 2, 'who or what caused each change', '60b7999b9eb2a8e3', 1764000000002);
INSERT INTO callboard_migrations VALUES ('catalog', 3, 'sources whose files have gone', '9f4ad62e4c339205', 1764000000003);
INSERT INTO callboard_leases VALUES ('sweep', 3, 2764000000000);
INSERT INTO auth_signing_keys VALUES ('key-1', 1764000000000, X'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f40', 'sealed:AAECAw==');
INSERT INTO auth_sessions VALUES (X'00ff102700ff102700ff102700ff102700ff102700ff102700ff102700ff1027', 'user:default/guest', '["user:default/guest","group:default/a-team"]', 1764000000000, 1764000000005);
INSERT INTO auth_sessions VALUES (X'0102030401020304010203040102030401020304010203040102030401020304', 'user:default/jürgen', '[]', 1764000000000, 1764000000009);
INSERT INTO catalog_counters VALUES ('source', 5);
INSERT INTO catalog_counters VALUES ('lease', 7);
INSERT INTO catalog_counters VALUES ('entity', 6);
INSERT INTO catalog_counters VALUES ('feed', 12);
INSERT INTO catalog_state VALUES ('epoch', '5f0c1c3e-8f5b-4c3e-9a52-3d1f5b1a0001');
INSERT INTO catalog_state VALUES ('fingerprint', 'f1');
INSERT INTO catalog_sources VALUES (1, 'file', '/portal/all.yaml', 0, 'file', '/portal/all.yaml', 1, 0, '"e1"', 'f1:aa', 1764000000009, 3, 0, 6, 0, NULL, NULL, 1764000000001, NULL, NULL);
INSERT INTO catalog_sources VALUES (2, 'file', '/portal/a.yaml', 0, 'file', '/portal/all.yaml', 0, 0, NULL, 'f1:bb', 1764000000009, 1, 0, 7, 1765000000000, NULL, NULL, 1764000000002, NULL, NULL);
INSERT INTO catalog_sources VALUES (3, 'file', '/portal/b b.yaml', 0, 'file', '/portal/all.yaml', 0, 0, '', 'f1:cc', 1764000000009, 1, 0, 5, 0, NULL, NULL, 1764000000003, NULL, 1764000000008);
INSERT INTO catalog_sources VALUES (5, 'url', 'https://git.example/x?y=1#z', 0, 'url', 'https://git.example/x?y=1#z', 0, 1, NULL, NULL, 1764000000099, 0, 4, 5, 0, 'answered 500; it''s down', 1764000000004, NULL, NULL, NULL);
INSERT INTO catalog_source_edges VALUES (1, 2, 'location:default/all');
INSERT INTO catalog_source_edges VALUES (1, 3, 'location:default/all');
INSERT INTO catalog_refresh_keys VALUES ('file:/portal/readme.md', 2);
INSERT INTO catalog_refresh_keys VALUES ('url:https://git.example/ü', 3);
INSERT INTO catalog_locations VALUES ('0c7e5c52-0000-4000-8000-000000000001', 'url', 'https://git.example/x?y=1#z');
INSERT INTO catalog_entities VALUES (1, 'location:default/all', '00000000-0000-4000-8000-000000000001', 1, X'7b2261706956657273696f6e223a226261636b73746167652e696f2f7631616c70686131222c226b696e64223a224c6f636174696f6e222c226d65746164617461223a7b226e616d65223a22616c6c222c226e616d657370616365223a2264656661756c74227d2c2273706563223a7b2274797065223a2273657276696365227d7d', '', 'h1', NULL, 1, 1764000000001);
INSERT INTO catalog_entities VALUES (2, 'component:default/a', '00000000-0000-4000-8000-000000000002', 2, X'7b2261706956657273696f6e223a226261636b73746167652e696f2f7631616c70686131222c226b696e64223a22436f6d706f6e656e74222c226d65746164617461223a7b226e616d65223a2261222c226e616d657370616365223a2264656661756c74222c227469746c65223a22c38420e2809320e69db1e4baac20f09f9a80227d2c2273706563223a7b2274797065223a2273657276696365227d7d', '>ownedBy group:default/a-team
<partOf system:default/s', 'h2', '{"rivals":["file:/portal/b b.yaml"]}', 7, 1764000000007);
INSERT INTO catalog_entities VALUES (3, 'component:default/b', '00000000-0000-4000-8000-000000000003', 3, X'7b2261706956657273696f6e223a226261636b73746167652e696f2f7631616c70686131222c226b696e64223a22436f6d706f6e656e74222c226d65746164617461223a7b226e616d65223a2262222c226e616d657370616365223a2264656661756c74227d2c2273706563223a7b2274797065223a2273657276696365227d7d', '', 'h3', NULL, 3, 1764000000003);
INSERT INTO catalog_entities VALUES (4, 'component:default/lost', '00000000-0000-4000-8000-000000000004', NULL, X'7b2261706956657273696f6e223a226261636b73746167652e696f2f7631616c70686131222c226b696e64223a22436f6d706f6e656e74222c226d65746164617461223a7b226e616d65223a226c6f7374222c226e616d657370616365223a2264656661756c74227d2c2273706563223a7b2274797065223a2273657276696365227d7d', '', 'h4', '{"orphan":true}', 9, 1764000000004);
INSERT INTO catalog_entities VALUES (6, 'component:default/quote', '00000000-0000-4000-8000-000000000006', 3, X'7b2261706956657273696f6e223a226261636b73746167652e696f2f7631616c70686131222c226b696e64223a22436f6d706f6e656e74222c226d65746164617461223a7b226e616d65223a2271756f7465222c226e616d657370616365223a2264656661756c74222c226465736372697074696f6e223a22697427733b2061205c22746573745c22227d2c2273706563223a7b2274797065223a2273657276696365227d7d', '', 'h6', NULL, 12, 1764000000012);
INSERT INTO catalog_claims VALUES ('component:default/a', 3, X'7b2261706956657273696f6e223a226261636b73746167652e696f2f7631616c70686131222c226b696e64223a22436f6d706f6e656e74222c226d65746164617461223a7b226e616d65223a2261222c226e616d657370616365223a2264656661756c74222c227469746c65223a226f74686572227d2c2273706563223a7b2274797065223a2273657276696365227d7d', '', 'h9', 1764000000006);
INSERT INTO catalog_feed VALUES (1, 1764000000001, 'created', 'location:default/all', 1, '00000000-0000-4000-8000-000000000001', NULL, NULL);
INSERT INTO catalog_feed VALUES (2, 1764000000002, 'created', 'component:default/a', 2, '00000000-0000-4000-8000-000000000002', NULL, NULL);
INSERT INTO catalog_feed VALUES (3, 1764000000003, 'created', 'component:default/b', 3, '00000000-0000-4000-8000-000000000003', NULL, '{"location":"file:/portal/b b.yaml"}');
INSERT INTO catalog_feed VALUES (4, 1764000000004, 'created', 'component:default/lost', 4, '00000000-0000-4000-8000-000000000004', NULL, NULL);
INSERT INTO catalog_feed VALUES (5, 1764000000005, 'created', 'component:default/gone', 5, '00000000-0000-4000-8000-000000000005', NULL, NULL);
INSERT INTO catalog_feed VALUES (7, 1764000000007, 'updated', 'component:default/a', 2, '00000000-0000-4000-8000-000000000002', X'7b2261706956657273696f6e223a226261636b73746167652e696f2f7631616c70686131222c226b696e64223a22436f6d706f6e656e74222c226d65746164617461223a7b226e616d65223a2261222c226e616d657370616365223a2264656661756c74227d2c2273706563223a7b2274797065223a2273657276696365227d7d', '{"who":"user:default/guest"}');
INSERT INTO catalog_feed VALUES (8, 1764000000008, 'deleted', 'component:default/gone', 5, '00000000-0000-4000-8000-000000000005', X'7b2261706956657273696f6e223a226261636b73746167652e696f2f7631616c70686131222c226b696e64223a22436f6d706f6e656e74222c226d65746164617461223a7b226e616d65223a22676f6e65222c226e616d657370616365223a2264656661756c74227d2c2273706563223a7b2274797065223a2273657276696365227d7d', NULL);
INSERT INTO catalog_feed VALUES (12, 1764000000012, 'created', 'component:default/quote', 6, '00000000-0000-4000-8000-000000000006', X'', NULL);
