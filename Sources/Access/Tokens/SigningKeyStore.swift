import Foundation

/// A signing key as it is stored: the public half open, the private half sealed.
struct StoredSigningKey: Sendable, Hashable {
    let id: String
    let createdAt: Date
    /// X and Y, 32 bytes each.
    let publicKey: [UInt8]
    let sealedPrivateKey: String
}

/// Where signing keys are kept for all replicas.
protocol SigningKeyStore: Sendable {
    /// Newest first, at most `limit`.
    func keys(createdAfter time: Date, limit: Int) async throws -> [StoredSigningKey]
    func insert(_ key: StoredSigningKey) async throws
    func delete(createdBefore time: Date) async throws
}
