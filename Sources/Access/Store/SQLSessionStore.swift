import Database
import EntityModel
import Foundation

/// Sessions in the table `auth_sessions`.
struct SQLSessionStore: SessionStore {
    private static let channel: StaticString = "auth_sessions"

    let database: any SQLDatabase

    func insert(_ session: StoredSession) async throws {
        let ownership = JSONWriter.text(.array(session.ownershipEntityRefs.map(JSONValue.string)))
        try await StoreFailure.told {
            _ = try await database.write { transaction in
                try transaction.run(
                    """
                    INSERT INTO auth_sessions (id_hash, user_ref, ownership_refs, created_at, seen_at)
                    VALUES (\(session.idHash), \(session.userEntityRef), \(ownership),
                    \(session.createdAt.storedMilliseconds), \(session.seenAt.storedMilliseconds))
                    """)
            }
        }
    }

    func session(idHash: [UInt8]) async throws -> StoredSession? {
        try await StoreFailure.told {
            try await database.read { transaction in
                guard
                    let row = try transaction.row(
                        """
                        SELECT user_ref, ownership_refs, created_at, seen_at FROM auth_sessions
                        WHERE id_hash = \(idHash)
                        """)
                else { return nil }
                let ownership = try? JSONParser.parse(Array(try row.text("ownership_refs").utf8)).array
                return StoredSession(
                    idHash: idHash, userEntityRef: try row.text("user_ref"),
                    ownershipEntityRefs: (ownership ?? []).compactMap(\.string),
                    createdAt: Date(storedMilliseconds: try row.integer("created_at")),
                    seenAt: Date(storedMilliseconds: try row.integer("seen_at")))
            }
        }
    }

    func touch(_ seen: [[UInt8]: Date]) async throws {
        try await StoreFailure.told {
            _ = try await database.write { transaction in
                // In one order everywhere, so that two replicas never wait for each other's rows.
                for (idHash, time) in seen.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                    let milliseconds = time.storedMilliseconds
                    try transaction.run(
                        """
                        UPDATE auth_sessions SET seen_at = \(milliseconds)
                        WHERE id_hash = \(idHash) AND seen_at < \(milliseconds)
                        """)
                }
            }
        }
    }

    func delete(idHash: [UInt8]) async throws {
        try await StoreFailure.told {
            _ = try await database.write { transaction in
                let count = try transaction.run("DELETE FROM auth_sessions WHERE id_hash = \(idHash)")
                if count > 0 { try transaction.notify(Self.channel) }
            }
        }
    }

    func endings() -> AsyncStream<Void> { database.notifications(Self.channel) }

    func sweep(seenBefore: Date, createdBefore: Date, keeping: Int) async throws {
        try await StoreFailure.told {
            _ = try await database.write { transaction in
                try transaction.run(
                    """
                    DELETE FROM auth_sessions WHERE seen_at < \(seenBefore.storedMilliseconds)
                    OR created_at < \(createdBefore.storedMilliseconds)
                    """)
                guard
                    let newest = try transaction.row(
                        "SELECT seen_at FROM auth_sessions ORDER BY seen_at DESC LIMIT 1 OFFSET \(keeping)")
                else { return }
                try transaction.run("DELETE FROM auth_sessions WHERE seen_at <= \(try newest.integer("seen_at"))")
            }
        }
    }
}
