import Database
import EntityModel
import Logging
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import Essentials

@Suite struct VisitRecorderTests {
    private static let ann = Principal.user(PeoplePlugin.user("ann"))

    /// A store that counts transactions and can be away.
    private final class CountingStore: UserSettingsService {
        private let store: SettingsStore
        private let state = Mutex((updates: 0, isAway: false))

        init() async throws {
            store = SettingsStore(
                database: try await TestDatabase.open(.sqlite, SettingsMigrations.all), clock: TestClock())
        }

        var updates: Int { state.withLock { $0.updates } }
        func setAway(_ isAway: Bool) { state.withLock { $0.isAway = isAway } }

        func value(_ name: SettingName, of owner: SettingsOwner) async throws -> JSONValue? {
            try await store.value(name, of: owner)
        }

        func values(_ names: [SettingName], of owner: SettingsOwner) async throws -> [JSONValue?] {
            try await store.values(names, of: owner)
        }

        func write(_ value: JSONValue, as name: SettingName, of owner: SettingsOwner) async throws {
            try await store.write(value, as: name, of: owner)
        }

        func remove(_ name: SettingName, of owner: SettingsOwner) async throws {
            try await store.remove(name, of: owner)
        }

        func all(of owner: SettingsOwner) async throws -> [(name: SettingName, value: JSONValue)] {
            try await store.all(of: owner)
        }

        func removeAll(of owner: SettingsOwner) async throws { try await store.removeAll(of: owner) }

        func update(
            _ name: SettingName, of owner: SettingsOwner,
            _ change: @escaping @Sendable (JSONValue?) throws -> JSONValue?
        ) async throws -> JSONValue? {
            try state.withLock { state in
                if state.isAway { throw DatabaseError(.connection, "away") }
                state.updates += 1
            }
            return try await store.update(name, of: owner, change)
        }
    }

    private func recorder(
        _ store: any UserSettingsService, _ clock: TestClock = TestClock(), _ lines: LogLines = LogLines()
    ) -> VisitRecorder { VisitRecorder(settings: store, clock: clock, logger: lines.logger) }

    @Test("many visits of one person are one transaction, and are seen before it") func buffered() async throws {
        let store = try await CountingStore()
        let clock = TestClock()
        let recorder = recorder(store, clock)
        for number in 0..<500 {
            recorder.record("/page/\(number % 3)?q=\(number)#x", title: "Page \(number)", entity: nil, by: Self.ann)
        }
        clock.advance(bySeconds: 1)
        let playback = EntityReference(kind: "Component", name: "playback")
        recorder.record("/catalog/default/component/playback", title: "Playback", entity: playback, by: Self.ann)
        for isWritten in [false, true] {
            let recent = try await recorder.recent(of: Self.ann, limit: 2)
            #expect(recent.first?.entityRef == "component:default/playback")
            #expect(recent.count == 2)
            let most = try await recorder.most(of: Self.ann, limit: 8)
            #expect(most.map(\.hits) == [167, 167, 166, 1])
            #expect(most.first?.pathname.hasPrefix("/page/") == true)
            #expect(store.updates == (isWritten ? 1 : 0))
            await recorder.flush()
        }
        await recorder.flush()
        #expect(store.updates == 1)
        let bob = Principal.user(PeoplePlugin.user("bob"))
        #expect(try await recorder.recent(of: bob, limit: 8).isEmpty)
        #expect(try await recorder.recent(of: Self.ann, limit: -1).isEmpty)
    }

    @Test("nobody and programs visit nothing, and no address is noted that is too long or none of ours")
    func notNoted() async throws {
        let store = try await CountingStore()
        let recorder = recorder(store)
        let program = Principal.service(ServicePrincipal(subject: "program"))
        for principal in [Principal.none, program] {
            recorder.record("/catalog", title: "Catalog", entity: nil, by: principal)
            #expect(try await recorder.recent(of: principal, limit: 8).isEmpty)
            #expect(try await recorder.most(of: principal, limit: 8).isEmpty)
        }
        for path in ["", "catalog", "https://evil.example", "?", "/" + String(repeating: "x", count: 1_024)] {
            recorder.record(path, title: "t", entity: nil, by: Self.ann)
        }
        await recorder.flush()
        #expect(store.updates == 0)
    }

    @Test("a hundred pages with the longest titles and addresses fit into a setting") func largest() async throws {
        let store = try await CountingStore()
        let lines = LogLines()
        let recorder = recorder(store, TestClock(), lines)
        let long = String(repeating: "x", count: 63)
        for number in 1_000..<1_300 {
            recorder.record(
                "/\(number)" + String(repeating: "y", count: 1_019), title: String(repeating: "\u{1F600}", count: 300),
                entity: EntityReference(kind: long, namespace: long, name: long), by: Self.ann)
        }
        await recorder.flush()
        #expect(lines.all == [])
        #expect(try await recorder.recent(of: Self.ann, limit: 200).count == 100)
    }

    @Test("visits of more people than are noted at once are dropped, those of others are kept") func people() {
        var buffer = VisitBuffer()
        let visit = Visit(name: "n", pathname: "/", timestamp: 1)
        for number in 0...VisitBuffer.mostPeople { buffer.add(visit, of: PeoplePlugin.user("u\(number)")) }
        #expect(buffer.visits(of: PeoplePlugin.user("u0")).count == 1)
        #expect(buffer.visits(of: PeoplePlugin.user("u\(VisitBuffer.mostPeople)")).isEmpty)
        #expect(buffer.take().count == VisitBuffer.mostPeople)
        #expect(buffer.isEmpty)
    }

    @Test("while the database is away visits wait, and none counts twice") func outage() async throws {
        let store = try await CountingStore()
        let lines = LogLines()
        let recorder = recorder(store, TestClock(), lines)
        recorder.record("/a", title: "A", entity: nil, by: Self.ann)
        store.setAway(true)
        await recorder.flush()
        recorder.record("/a", title: "A", entity: nil, by: Self.ann)
        await recorder.flush()
        #expect(lines.all.count == 2)
        store.setAway(false)
        await recorder.flush()
        await recorder.flush()
        #expect(store.updates == 1)
        #expect(try await recorder.most(of: Self.ann, limit: 1).first?.hits == 2)
    }

    @Test("the service writes every few seconds, and once more when it is stopped") func service() async throws {
        let store = try await CountingStore()
        let clock = TestClock()
        let recorder = recorder(store, clock)
        recorder.record("/a", title: "A", entity: nil, by: Self.ann)
        let running = Task { try await recorder.run() }
        while store.updates == 0 {
            clock.advance(bySeconds: 6)
            try await Task.sleep(for: .milliseconds(1))
        }
        recorder.record("/b", title: "B", entity: nil, by: Self.ann)
        running.cancel()
        _ = await running.result
        #expect(store.updates == 2)
        let fresh = self.recorder(store)
        #expect(try await fresh.recent(of: Self.ann, limit: 8).count == 2)
    }

    @Test("whoever is forgotten while visits are written down keeps none of them", .timeLimit(.minutes(1)))
    func forgottenMeanwhile() async throws {
        let store = try await CountingStore()
        let recorder = recorder(store)
        let gate = SlowStore(store)
        let slow = VisitRecorder(settings: gate, clock: TestClock(), logger: LogLines().logger)
        slow.record("/a/b", title: "A", entity: nil, by: Self.ann)
        async let flushed: Void = slow.flush()
        await gate.untilUpdating()
        async let forgotten: Void = slow.forget(Self.ann)
        // Time enough for a forgetting that does not wait.
        for _ in 0..<100 { await Task.yield() }
        await gate.goOn()
        await forgotten
        try await store.removeAll(of: PeoplePlugin.user("ann").settingsOwner)
        await flushed
        #expect(try await recorder.recent(of: Self.ann, limit: 5) == [])
    }
}

/// A store whose updates wait until they are let go.
private actor SlowStore: UserSettingsService {
    private let store: any UserSettingsService
    private var isUpdating = false
    private var isOpen = false

    init(_ store: any UserSettingsService) { self.store = store }

    func untilUpdating() async { while !isUpdating { await Task.yield() } }
    func goOn() { isOpen = true }

    func value(_ name: SettingName, of owner: SettingsOwner) async throws -> JSONValue? {
        try await store.value(name, of: owner)
    }
    func values(_ names: [SettingName], of owner: SettingsOwner) async throws -> [JSONValue?] {
        try await store.values(names, of: owner)
    }
    func write(_ value: JSONValue, as name: SettingName, of owner: SettingsOwner) async throws {}
    func remove(_ name: SettingName, of owner: SettingsOwner) async throws {}
    func all(of owner: SettingsOwner) async throws -> [(name: SettingName, value: JSONValue)] { [] }
    func removeAll(of owner: SettingsOwner) async throws {}
    func update(
        _ name: SettingName, of owner: SettingsOwner, _ change: @escaping @Sendable (JSONValue?) throws -> JSONValue?
    ) async throws -> JSONValue? {
        isUpdating = true
        while !isOpen { await Task.yield() }
        return try await store.update(name, of: owner, change)
    }
}
