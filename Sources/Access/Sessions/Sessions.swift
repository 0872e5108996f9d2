import Crypto
import Database
import Foundation
import PortalKit

/// Server-side sessions: made at sign-in, found by cookie, ended by sign-out, idleness or age.
///
/// A replica believes what it read until it hears that a session was ended somewhere, and for 30 s at most: should
/// the news be lost, a sign-out holds everywhere after that. So it is with the groups that a person is in. While the
/// database is away nobody can be signed out, and what was read before is believed for an hour.
actor Sessions {
    static let idleSeconds = 7.0 * 86_400
    static let absoluteSeconds = SettingsOwner.longestSessionSeconds
    static let cacheSeconds = 30.0
    static let outageSeconds = 3_600.0
    /// While the database is away it is asked this often.
    private static let retrySeconds = 1.0
    /// Being seen again is written down only when the last time is older than this.
    static let touchIntervalSeconds = 300.0
    /// Half of it are the newest entries, the other half those before.
    static let mostCached = 20_000
    /// More sessions than this are not kept: signing in over and over must not fill the disk.
    static let mostStored = 200_000

    private struct Cached {
        var session: StoredSession
        let loadedAt: Date
    }

    private let store: any SessionStore
    private let clock: any PortalClock
    private let sharedUser: String?
    private let membership: @Sendable (UserPrincipal) async -> UserPrincipal
    private var newer: [[UInt8]: Cached] = [:]
    private var older: [[UInt8]: Cached] = [:]
    private var touches: [[UInt8]: Date] = [:]
    private var failedAt = Date.distantPast
    /// Counts what was forgotten: what was read before is not believed after.
    private var revision = 0

    /// - Parameters:
    ///   - sharedUser: the user that is many people at once: the guest.
    ///   - membership: who somebody is now, given who they were at sign-in.
    init(
        store: any SessionStore, clock: any PortalClock, sharedUser: String? = nil,
        membership: @escaping @Sendable (UserPrincipal) async -> UserPrincipal = { $0 }
    ) {
        self.store = store
        self.clock = clock
        self.sharedUser = sharedUser
        self.membership = membership
    }

    /// Starts a session.
    /// - Returns: the cookie's value: 32 random bytes in base64url.
    func start(for user: UserPrincipal) async throws -> String {
        let secret = RandomBytes.make(32)
        let now = clock.now
        let session = StoredSession(
            idHash: Self.hash(secret), userEntityRef: user.userEntityRef,
            ownershipEntityRefs: user.ownershipEntityRefs, createdAt: now, seenAt: now)
        try await store.insert(session)
        return Base64URL.encode(secret)
    }

    /// Whose session it is; nil for one that is unknown, ended or malformed.
    func user(ofCookie value: String) async throws -> UserPrincipal? {
        guard let id = Self.idHash(ofCookie: value), let session = try await current(id), isAlive(session) else {
            return nil
        }
        noteSeen(session)
        return user(of: session)
    }

    func end(cookie value: String) async throws {
        guard let id = Self.idHash(ofCookie: value) else { return }
        try await store.delete(idHash: id)
        revision += 1
        newer[id] = nil
        older[id] = nil
        touches[id] = nil
    }

    /// Looks at every session anew whenever one was ended, here or by another replica; ends when cancelled.
    func followEndings() async {
        for await _ in store.endings() { forget() }
    }

    private func forget() {
        revision += 1
        newer = [:]
        older = [:]
    }

    /// Writes down in one go who was seen. What could not be written waits for the next time.
    func flush() async throws {
        if touches.isEmpty { return }
        let taken = touches
        touches = [:]
        do { try await store.touch(taken) } catch {
            touches.merge(taken) { max($0, $1) }
            throw error
        }
    }

    func sweep() async throws {
        let now = clock.now
        try await store.sweep(
            seenBefore: now.addingTimeInterval(-Self.idleSeconds),
            createdBefore: now.addingTimeInterval(-Self.absoluteSeconds), keeping: Self.mostStored)
    }

    private func current(_ id: [UInt8]) async throws -> StoredSession? {
        let now = clock.now
        let cached = newer[id] ?? older[id]
        let age = cached.map { abs(now.timeIntervalSince($0.loadedAt)) } ?? .infinity
        if let cached, age < Self.cacheSeconds { return cached.session }
        let believed = age < Self.outageSeconds ? cached?.session : nil
        if let believed, abs(now.timeIntervalSince(failedAt)) < Self.retrySeconds { return believed }
        let before = revision
        let found: StoredSession?
        do { found = try await store.session(idHash: id) } catch {
            guard Self.isOutage(error) else { throw error }
            failedAt = now
            // Unless it was ended while it was asked for.
            guard let believed, revision == before else { throw error }
            return believed
        }
        // It answers: what is old is asked for again.
        failedAt = .distantPast
        guard var session = found else {
            newer[id] = nil
            older[id] = nil
            return nil
        }
        session.ownershipEntityRefs = await membership(user(of: session)).ownershipEntityRefs
        // It may have been ended while it was read: good for the request that came before, and for no other.
        guard revision == before else { return session }
        if newer.count >= Self.mostCached / 2 {
            older = newer
            newer = [:]
        }
        newer[id] = Cached(session: session, loadedAt: now)
        return session
    }

    /// Whether the database is away. That it has much to do, or does not take a statement, is no reason to believe what
    /// may have ended.
    private static func isOutage(_ error: any Error) -> Bool {
        let cause = (error as? PortalError)?.underlying ?? error
        guard let kind = (cause as? DatabaseError)?.kind else { return false }
        return kind == .connection || kind == .timeout
    }

    private func user(of session: StoredSession) -> UserPrincipal {
        session.user(isShared: session.userEntityRef == sharedUser)
    }

    private func isAlive(_ session: StoredSession) -> Bool {
        let now = clock.now
        let seen = max(session.seenAt, touches[session.idHash] ?? .distantPast)
        return now.timeIntervalSince(seen) < Self.idleSeconds
            && now.timeIntervalSince(session.createdAt) < Self.absoluteSeconds
    }

    private func noteSeen(_ session: StoredSession) {
        let now = clock.now
        guard now.timeIntervalSince(session.seenAt) >= Self.touchIntervalSeconds,
            touches.count < Self.mostCached || touches[session.idHash] != nil
        else { return }
        touches[session.idHash] = now
    }

    private static func idHash(ofCookie value: String) -> [UInt8]? {
        guard value.utf8.count == 43, let secret = Base64URL.decode(value) else { return nil }
        return hash(secret)
    }

    private static func hash(_ secret: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: secret)) }
}
