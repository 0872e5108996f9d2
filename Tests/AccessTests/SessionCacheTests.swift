import Database
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import Access

/// What a replica remembers of sessions, and how it comes to forget.
@Suite struct SessionCacheTests {
    @Test(
        "a sign-out is known to the other replicas at once, not only when they look again",
        arguments: TestDatabase.engines)
    func revocation(_ engine: Dialect) async throws {
        let configuration = TestDatabase.configuration(engine)
        let database = try await ConfiguredDatabase.open(configuration)
        let other = engine == .postgres ? try await ConfiguredDatabase.open(configuration) : database
        let first = try await AccessPortal.make(database: database)
        let second = try await AccessPortal.make(database: other, clock: first.clock)
        // The clock stands still, so that nothing is forgotten for its age.
        try await second.portal.running {
            for _ in 1...4 {
                let cookie = ["Cookie": try await first.signIn()]
                let bystander = ["Cookie": try await first.signIn()]
                #expect(await second.user(cookie) != nil)
                #expect(await first.status(.post, "/sign-out", cookie) == 303)
                #expect(await second.portal.eventually { await second.user(cookie) == nil })
                #expect(await second.user(bystander) != nil)
            }
        }
        await other.close()
        await database.close()
    }

    /// One session, and what happens while it is read.
    private final class OneSession: SessionStore {
        private struct State {
            var session: StoredSession?
            var whileReading: (@Sendable () async throws -> Void)?
            var touched: [[[UInt8]]] = []
            var isDown = false
            var kind = DatabaseError.Kind.connection
            var reads = 0
        }

        private let state = Mutex(State())

        var touched: [[[UInt8]]] { state.withLock { $0.touched } }
        var reads: Int { state.withLock { $0.reads } }

        func during(_ work: @escaping @Sendable () async throws -> Void) { state.withLock { $0.whileReading = work } }
        func setDown(_ isDown: Bool, _ kind: DatabaseError.Kind = .connection) {
            state.withLock { $0.isDown = isDown }
            state.withLock { $0.kind = kind }
        }

        func insert(_ session: StoredSession) async throws { state.withLock { $0.session = session } }

        func session(idHash: [UInt8]) async throws -> StoredSession? {
            let (session, work) = state.withLock { state in
                state.reads += 1
                defer { state.whileReading = nil }
                return (state.session, state.whileReading)
            }
            try state.withLock { if $0.isDown { throw DatabaseError($0.kind, "It is down.") } }
            try await work?()
            return session
        }

        func touch(_ seen: [[UInt8]: Date]) async throws {
            try state.withLock { state in
                if state.isDown { throw DatabaseError(state.kind, "It is down.") }
                state.touched.append(seen.keys.sorted { $0.lexicographicallyPrecedes($1) })
            }
        }

        func delete(idHash: [UInt8]) async throws { state.withLock { $0.session = nil } }
        func endings() -> AsyncStream<Void> { AsyncStream { $0.finish() } }
        func sweep(seenBefore: Date, createdBefore: Date, keeping: Int) async throws {}
    }

    private static let user = UserPrincipal(userEntityRef: "user:default/ann", ownershipEntityRefs: [])

    @Test("a session that ends while it is read is not remembered")
    func endsWhileRead() async throws {
        let store = OneSession()
        let sessions = Sessions(store: store, clock: TestClock())
        let cookie = try await sessions.start(for: Self.user)
        store.during { try await sessions.end(cookie: cookie) }
        _ = try await sessions.user(ofCookie: cookie)
        #expect(try await sessions.user(ofCookie: cookie) == nil)
    }

    @Test("while the database is away who is known goes on, for an hour, and is looked for again once it is back")
    func goesOn() async throws {
        let store = OneSession()
        let clock = TestClock()
        let sessions = Sessions(store: store, clock: clock)
        let cookie = try await sessions.start(for: Self.user)
        let other = try await sessions.start(for: Self.user)
        #expect(try await sessions.user(ofCookie: other) != nil)
        store.setDown(true)
        await #expect(throws: DatabaseError.self) { _ = try await sessions.user(ofCookie: cookie) }
        clock.advance(bySeconds: 60)
        for _ in 1...50 { #expect(try await sessions.user(ofCookie: other) == Self.user) }
        #expect(store.reads == 3, "it is asked once in a second")
        clock.advance(bySeconds: 3_500)
        #expect(try await sessions.user(ofCookie: other) == Self.user)
        clock.advance(bySeconds: 100)
        await #expect(throws: DatabaseError.self) { _ = try await sessions.user(ofCookie: other) }
        store.setDown(false)
        #expect(try await sessions.user(ofCookie: other) == Self.user)
        // Ended by another replica meanwhile.
        store.setDown(true)
        clock.advance(bySeconds: 60)
        #expect(try await sessions.user(ofCookie: other) == Self.user)
        store.setDown(false)
        try await store.delete(idHash: [])
        clock.advance(bySeconds: 2)
        #expect(try await sessions.user(ofCookie: other) == nil)
    }

    @Test("a database that has much to do, or does not take the question, makes nobody believe what may have ended")
    func isBusy() async throws {
        let store = OneSession()
        let clock = TestClock()
        let sessions = Sessions(store: store, clock: clock)
        let cookie = try await sessions.start(for: Self.user)
        #expect(try await sessions.user(ofCookie: cookie) == Self.user)
        for kind in [DatabaseError.Kind.busy, .statement] {
            store.setDown(true, kind)
            clock.advance(bySeconds: 60)
            await #expect(throws: DatabaseError.self) { _ = try await sessions.user(ofCookie: cookie) }
        }
    }

    @Test("being seen again and again is one read and one write")
    func coalesced() async throws {
        let store = OneSession()
        let clock = TestClock()
        let sessions = Sessions(store: store, clock: clock)
        let cookie = try await sessions.start(for: Self.user)
        for _ in 1...100 { #expect(try await sessions.user(ofCookie: cookie) == Self.user) }
        try await sessions.flush()
        #expect(store.reads == 1)
        #expect(store.touched.isEmpty, "it was seen a moment ago")
        clock.advance(bySeconds: 600)
        for _ in 1...100 { #expect(try await sessions.user(ofCookie: cookie) == Self.user) }
        try await sessions.flush()
        try await sessions.flush()
        #expect(store.reads == 2)
        #expect(store.touched.map(\.count) == [1])
    }

    @Test("who was seen while the database was away is written down when it is back")
    func outage() async throws {
        let store = OneSession()
        let clock = TestClock()
        let sessions = Sessions(store: store, clock: clock)
        let cookie = try await sessions.start(for: Self.user)
        clock.advance(bySeconds: 600)
        _ = try await sessions.user(ofCookie: cookie)
        store.setDown(true)
        await #expect(throws: DatabaseError.self) { try await sessions.flush() }
        store.setDown(false)
        try await sessions.flush()
        #expect(store.touched.map(\.count) == [1])
    }
}
