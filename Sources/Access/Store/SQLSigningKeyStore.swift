import Database
import Foundation

/// Signing keys in the table `auth_signing_keys`.
struct SQLSigningKeyStore: SigningKeyStore {
    let database: any SQLDatabase

    func keys(createdAfter time: Date, limit: Int) async throws -> [StoredSigningKey] {
        try await StoreFailure.told {
            try await database.read { transaction in
                try transaction.rows(
                    """
                    SELECT id, created_at, public_key, sealed_private_key FROM auth_signing_keys
                    WHERE created_at > \(time.storedMilliseconds) ORDER BY created_at DESC, id DESC LIMIT \(limit)
                    """
                ).map { row in
                    StoredSigningKey(
                        id: try row.text("id"), createdAt: Date(storedMilliseconds: try row.integer("created_at")),
                        publicKey: try row.blob("public_key"), sealedPrivateKey: try row.text("sealed_private_key"))
                }
            }
        }
    }

    func insert(_ key: StoredSigningKey) async throws {
        try await StoreFailure.told {
            _ = try await database.write { transaction in
                try transaction.run(
                    """
                    INSERT INTO auth_signing_keys (id, created_at, public_key, sealed_private_key)
                    VALUES (\(key.id), \(key.createdAt.storedMilliseconds), \(key.publicKey), \(key.sealedPrivateKey))
                    """)
            }
        }
    }

    func delete(createdBefore time: Date) async throws {
        try await StoreFailure.told {
            _ = try await database.write { transaction in
                try transaction.run("DELETE FROM auth_signing_keys WHERE created_at < \(time.storedMilliseconds)")
            }
        }
    }
}
