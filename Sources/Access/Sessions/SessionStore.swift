import Foundation
import PortalKit

/// A browser's sign-in as it is stored. The cookie's value itself is not: only its hash.
struct StoredSession: Sendable, Hashable {
    /// SHA-256 of the cookie's 32 random bytes.
    let idHash: [UInt8]
    let userEntityRef: String
    /// Those of the sign-in where it is stored.
    var ownershipEntityRefs: [String]
    let createdAt: Date
    var seenAt: Date

    /// - Parameter isShared: whether many people sign in as this user, so that what they keep is the session's.
    func user(isShared: Bool) -> UserPrincipal {
        UserPrincipal(
            userEntityRef: userEntityRef, ownershipEntityRefs: ownershipEntityRefs,
            settingsOwner: isShared ? .session(Base64URL.encode(idHash)) : nil)
    }
}

/// Where sessions are kept for all replicas.
protocol SessionStore: Sendable {
    func insert(_ session: StoredSession) async throws
    func session(idHash: [UInt8]) async throws -> StoredSession?
    /// Moves `seenAt` forward, never back.
    func touch(_ seen: [[UInt8]: Date]) async throws
    func delete(idHash: [UInt8]) async throws
    /// Wakes whenever a session was deleted, here or by another replica.
    func endings() -> AsyncStream<Void>
    /// Removes what is idle or too old, and the least recently seen beyond `keeping`.
    func sweep(seenBefore: Date, createdBefore: Date, keeping: Int) async throws
}
