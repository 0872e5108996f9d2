import Crypto
import Foundation
import PortalTesting
import Synchronization
import Testing

@testable import Access

/// What a replica knows of the keys of others.
@Suite struct SigningKeysTests {
    /// One key of another replica, read as slowly as a test wants.
    private final class OneKey: SigningKeyStore {
        private struct State {
            var isOpen = false
            var waiting: [CheckedContinuation<Void, Never>] = []
        }

        let key: StoredSigningKey
        private let state = Mutex(State())

        init(_ key: StoredSigningKey) { self.key = key }

        var readers: Int { state.withLock { $0.waiting.count } }

        func open() {
            let waiting = state.withLock { state in
                state.isOpen = true
                return state.waiting
            }
            for reader in waiting { reader.resume() }
        }

        func keys(createdAfter time: Date, limit: Int) async throws -> [StoredSigningKey] {
            await withCheckedContinuation { reader in
                let isOpen = state.withLock { state in
                    if !state.isOpen { state.waiting.append(reader) }
                    return state.isOpen
                }
                if isOpen { reader.resume() }
            }
            return [key]
        }

        func insert(_ key: StoredSigningKey) async throws {}
        func delete(createdBefore time: Date) async throws {}
    }

    @Test("whoever comes while the keys are read waits for what is found")
    func together() async throws {
        let clock = TestClock()
        let publicKey = P256.Signing.PrivateKey().publicKey
        let store = OneKey(
            StoredSigningKey(
                id: "of another", createdAt: clock.now, publicKey: Array(publicKey.rawRepresentation),
                sealedPrivateKey: ""))
        let keys = SigningKeys(store: store, clock: clock, lifetimeSeconds: 3_600) { .ephemeral() }
        async let first = keys.publicKey("of another")
        while store.readers == 0 { await Task.yield() }
        async let second = keys.publicKey("of another")
        // Whoever does not wait has answered by then: the actor takes its callers in turn.
        _ = try? await keys.prepare()
        store.open()
        #expect(try await first?.rawRepresentation == publicKey.rawRepresentation)
        #expect(try await second?.rawRepresentation == publicKey.rawRepresentation)
        #expect(store.readers == 1)
    }
}
