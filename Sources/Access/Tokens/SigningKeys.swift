import Crypto
import Foundation
import PortalKit

/// The ES256 keys that user tokens are signed with: made when first needed, replaced after each token lifetime,
/// their public halves kept for three (upstream's TokenFactory and KeyStores).
actor SigningKeys {
    struct Signer: Sendable {
        let id: String
        let createdAt: Date
        let privateKey: P256.Signing.PrivateKey
    }

    struct Published: Sendable {
        let id: String
        let createdAt: Date
        let publicKey: P256.Signing.PublicKey
    }

    /// More keys than this are never loaded, whatever made them.
    static let mostKeys = 200
    /// Tokens that name unknown keys make the database be asked at most this often.
    static let reloadIntervalSeconds = 1.0
    private static let refreshIntervalSeconds = 10.0
    /// A key that was taken out of the database is believed no longer than this.
    static let beliefSeconds = 30.0

    private let store: any SigningKeyStore
    private let clock: any PortalClock
    private let lifetimeSeconds: Double
    private let makeSealing: @Sendable () throws -> KeySealing
    private var sealing: KeySealing?
    private var signing: Signer?
    private var making: Task<Signer, any Error>?
    private var loading: Task<Void, any Error>?
    private var known: [String: Published] = [:]
    /// Counts the keys that were made or taken over: what was read before does not tell of them.
    private var signers = 0
    private var loadedAt = Date.distantPast
    private var failedAt = Date.distantPast

    init(
        store: any SigningKeyStore, clock: any PortalClock, lifetimeSeconds: Int,
        sealing: @escaping @Sendable () throws -> KeySealing
    ) {
        self.store = store
        self.clock = clock
        self.lifetimeSeconds = Double(lifetimeSeconds)
        makeSealing = sealing
    }

    /// Gets the key of keys, so that what is wrong with it is told at boot.
    func prepare() throws { _ = try openSealing() }

    /// The key to sign with now; concurrent callers wait for one and the same.
    func signer() async throws -> Signer {
        await refresh()
        if let signing, isYoung(signing.createdAt) { return signing }
        if let making { return try await making.value }
        let task = Task { try await self.sharedOrNewSigner() }
        making = task
        defer { making = nil }
        return try await task.value
    }

    /// The public key of that id, while tokens that it signed may live.
    func publicKey(_ id: String) async throws -> P256.Signing.PublicKey? {
        await refresh()
        if let key = known[id] { return isKept(key.createdAt) ? key.publicKey : nil }
        try await load(ifOlderThan: Self.reloadIntervalSeconds)
        return known[id].flatMap { isKept($0.createdAt) ? $0.publicKey : nil }
    }

    /// The keys that tokens may be verified with, newest first.
    func published() async throws -> [Published] {
        try await load(ifOlderThan: Self.refreshIntervalSeconds)
        return known.values.filter { isKept($0.createdAt) }
            .sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
    }

    /// Forgets keys whose tokens have all expired; the replacement itself happens when a token is signed.
    func removeExpired() async throws {
        try await store.delete(createdBefore: oldestKept)
        known = known.filter { isKept($0.value.createdAt) }
    }

    private var oldestKept: Date { clock.now.addingTimeInterval(-3 * lifetimeSeconds) }
    private func isKept(_ time: Date) -> Bool { time > oldestKept }
    private func isYoung(_ time: Date) -> Bool { clock.now < time.addingTimeInterval(lifetimeSeconds) }

    private func openSealing() throws -> KeySealing {
        if let sealing { return sealing }
        let made = try makeSealing()
        sealing = made
        return made
    }

    /// A young key of another replica that this one can open, else a new one.
    private func sharedOrNewSigner() async throws -> Signer {
        let sealing = try openSealing()
        let youngest = clock.now.addingTimeInterval(-lifetimeSeconds)
        for stored in try await store.keys(createdAfter: youngest, limit: Self.mostKeys) {
            guard let privateKey = sealing.open(stored.sealedPrivateKey, name: stored.id) else { continue }
            return remember(Signer(id: stored.id, createdAt: stored.createdAt, privateKey: privateKey))
        }
        let made = Signer(id: Self.newID(), createdAt: clock.now, privateKey: P256.Signing.PrivateKey())
        try await store.insert(
            StoredSigningKey(
                id: made.id, createdAt: made.createdAt, publicKey: Array(made.privateKey.publicKey.rawRepresentation),
                sealedPrivateKey: try sealing.seal(made.privateKey, name: made.id)))
        return remember(made)
    }

    private func remember(_ signer: Signer) -> Signer {
        signing = signer
        signers += 1
        known[signer.id] = Published(
            id: signer.id, createdAt: signer.createdAt, publicKey: signer.privateKey.publicKey)
        return signer
    }

    /// While the database is away, what is known goes on to be believed; one caller waits for what is newer.
    private func refresh() async {
        let now = clock.now
        guard loading == nil, !known.isEmpty, abs(now.timeIntervalSince(failedAt)) >= Self.reloadIntervalSeconds else {
            return
        }
        do { try await load(ifOlderThan: Self.beliefSeconds) } catch { failedAt = now }
    }

    /// Concurrent callers wait for one and the same reading: it may find the key that they look for.
    private func load(ifOlderThan seconds: Double) async throws {
        if let loading { return try await loading.value }
        guard abs(clock.now.timeIntervalSince(loadedAt)) >= seconds else { return }
        let task = Task { try await self.load() }
        loading = task
        defer { loading = nil }
        try await task.value
    }

    private func load() async throws {
        let before = loadedAt
        loadedAt = clock.now
        do {
            let signersBefore = signers
            var found: [String: Published] = [:]
            for stored in try await store.keys(createdAfter: oldestKept, limit: Self.mostKeys) {
                guard let key = try? P256.Signing.PublicKey(rawRepresentation: stored.publicKey) else { continue }
                found[stored.id] = Published(id: stored.id, createdAt: stored.createdAt, publicKey: key)
            }
            guard signers == signersBefore else { return known.merge(found) { $1 } }
            known = found
            // Nobody else would take what it signs.
            if let id = signing?.id, found[id] == nil { signing = nil }
        } catch {
            loadedAt = before
            throw error
        }
    }

    private static func newID() -> String { Base64URL.encode(RandomBytes.make(16)) }
}
