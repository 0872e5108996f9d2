import Database
import EntityModel
import Foundation
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct SettingsStoreTests {
    private static let ann = SettingsOwner.user("user:default/ann")
    private static let name = SettingName(bucket: "b", key: "k")

    private func store(_ engine: Dialect, clock: TestClock = TestClock()) async throws -> SettingsStore {
        SettingsStore(database: try await TestDatabase.open(engine, SettingsMigrations.all), clock: clock)
    }

    @Test("values are written, read, replaced and removed", arguments: TestDatabase.engines)
    func roundTrip(_ engine: Dialect) async throws {
        let store = try await store(engine)
        #expect(try await store.value(Self.name, of: Self.ann) == nil)
        let values: [JSONValue] = [
            "a", .null, 1.5, false, [], [:], ["x": [1, .null, "\u{0}\u{1F600}\"\\"]], .string("line\nline"),
        ]
        for value in values {
            try await store.write(value, as: Self.name, of: Self.ann)
            #expect(try await store.value(Self.name, of: Self.ann) == value)
        }
        try await store.remove(Self.name, of: Self.ann)
        try await store.remove(Self.name, of: Self.ann)
        #expect(try await store.value(Self.name, of: Self.ann) == nil)
    }

    @Test("what several owners have under a name is read at once", arguments: TestDatabase.engines)
    func ofMany(_ engine: Dialect) async throws {
        let store = try await store(engine)
        let group = SettingsOwner.group("group:default/team")
        try await store.write(1, as: Self.name, of: Self.ann)
        try await store.write(2, as: Self.name, of: group)
        try await store.write(3, as: SettingName(bucket: "b", key: "other"), of: .user("user:default/bob"))
        let owners = [group, .user("user:default/bob"), Self.ann, .user("group:default/team")]
        #expect(try await store.values(Self.name, of: owners) == [2, nil, 1, nil])
        #expect(try await store.values(Self.name, of: []) == [])
        // No user is called so that they could read it.
        await #expect(throws: PortalError.self) {
            try await store.value(Self.name, of: .user("group/group:default/team"))
        }
    }

    @Test("only who is in a group says where its settings are") func members() throws {
        let ann = UserPrincipal(
            userEntityRef: "user:default/ann",
            ownershipEntityRefs: ["user:default/ann", "group:default/team", "Group:default/Team", "nonsense::"])
        let team = EntityReference(kind: "group", name: "team")
        #expect(ann.settingsGroups == [team])
        #expect(try ann.settingsOwner(of: team) == .group("group:default/team"))
        #expect(ann.settingsOwnersOfGroups == [.group("group:default/team")])
        for foreign in [EntityReference(kind: "group", name: "other"), EntityReference(kind: "user", name: "ann")] {
            #expect(throws: PortalError.self) { try ann.settingsOwner(of: foreign) }
        }
    }

    @Test("names are kept apart to the byte, and owners too", arguments: TestDatabase.engines)
    func apart(_ engine: Dialect) async throws {
        let store = try await store(engine)
        let long = String(repeating: "\u{1F600}", count: 255)
        let names = [
            SettingName(bucket: "b", key: "é"), SettingName(bucket: "b", key: "e\u{301}"),
            SettingName(bucket: "b/é", key: "%2F"), SettingName(bucket: "B", key: "É"),
            SettingName(bucket: long, key: long), SettingName(bucket: " ", key: "'; DROP TABLE user_settings"),
        ]
        let owners = [
            Self.ann, .user("user:default/bob"), .session("ann"), .session("user:default/ann"),
            .user("user:default/" + String(repeating: "a", count: 500)),
        ]
        for (number, owner) in owners.enumerated() {
            for (index, name) in names.enumerated() {
                try await store.write(.number(Double(number * 100 + index)), as: name, of: owner)
            }
        }
        for (number, owner) in owners.enumerated() {
            let wanted = names.indices.map { JSONValue?.some(.number(Double(number * 100 + $0))) }
            #expect(try await store.values(names + [Self.name], of: owner) == wanted + [nil])
            for (index, name) in names.enumerated() {
                #expect(try await store.value(name, of: owner) == wanted[index])
            }
        }
        #expect(try await store.values([], of: Self.ann) == [])
    }

    @Test("what cannot be kept is refused, and changes nothing", arguments: TestDatabase.engines)
    func refused(_ engine: Dialect) async throws {
        let store = try await store(engine)
        try await store.write("kept", as: Self.name, of: Self.ann)
        for text in ["", "a\u{0}b", String(repeating: "k", count: 256), String(repeating: "\u{1F600}", count: 10_000)] {
            for name in [SettingName(bucket: text, key: "k"), SettingName(bucket: "b", key: text)] {
                await expect(.input) { try await store.write(1, as: name, of: Self.ann) }
                await expect(.input) { _ = try await store.value(name, of: Self.ann) }
                await expect(.input) { _ = try await store.values([name], of: Self.ann) }
                await expect(.input) { try await store.remove(name, of: Self.ann) }
                await expect(.input) { _ = try await store.update(name, of: Self.ann) { _ in 1 } }
            }
        }
        await expect(.input) { try await store.write(1, as: Self.name, of: .user(String(repeating: "u", count: 601))) }
        await expect(.input) { try await store.write(1, as: Self.name, of: .user("session/x")) }
        let large = JSONValue.string(String(repeating: "x", count: SettingsLimits.largestValue - 1))
        await expect(.tooLarge) { try await store.write(large, as: Self.name, of: Self.ann) }
        await expect(.tooLarge) { _ = try await store.update(Self.name, of: Self.ann) { _ in large } }
        #expect(try await store.value(Self.name, of: Self.ann) == "kept")
    }

    @Test("nobody keeps too many settings or too much in them", arguments: TestDatabase.engines)
    func most(_ engine: Dialect) async throws {
        let store = try await store(engine)
        for number in 0..<SettingsLimits.mostValues {
            try await store.write(1, as: SettingName(bucket: "b", key: "\(number)"), of: Self.ann)
        }
        await expect(.input) { try await store.write(1, as: Self.name, of: Self.ann) }
        await expect(.input) { _ = try await store.update(Self.name, of: Self.ann) { _ in 1 } }
        #expect(try await store.value(Self.name, of: Self.ann) == nil)
        try await store.write(2, as: SettingName(bucket: "b", key: "0"), of: Self.ann)
        let large = JSONValue.string(String(repeating: "x", count: SettingsLimits.largestValue - 2))
        for (owner, most) in [(SettingsOwner.user("user:default/bob"), 4), (.session("s"), 2)] {
            for number in 0..<most {
                try await store.write(large, as: SettingName(bucket: "b", key: "\(number)"), of: owner)
            }
            await expect(.input) { try await store.write("", as: Self.name, of: owner) }
            try await store.write("smaller", as: SettingName(bucket: "b", key: "0"), of: owner)
            try await store.write("", as: Self.name, of: owner)
        }
    }

    @Test("of changes at the same time none is lost, whether or not there was a value", arguments: TestDatabase.engines)
    func concurrent(_ engine: Dialect) async throws {
        let configuration = TestDatabase.configuration(engine)
        let database = try await ConfiguredDatabase.open(configuration)
        try await Migrator(Lease.migrations + SettingsMigrations.all).migrate(database)
        let other = engine == .postgres ? try await ConfiguredDatabase.open(configuration) : database
        let stores = [database, other].map { SettingsStore(database: $0, clock: TestClock()) }
        let counts = try await withThrowingTaskGroup(of: Void.self, returning: Double?.self) { group in
            for number in 0..<80 {
                group.addTask {
                    try await stores[number % 2].update(Self.name, of: Self.ann) { .number(($0?.number ?? 0) + 1) }
                }
            }
            try await group.waitForAll()
            return try await stores[0].value(Self.name, of: Self.ann)?.number
        }
        #expect(counts == 80)
        // Each takes the value away or brings it back: after so many it is there again, as if they had come in turn.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await stores[number % 2].update(Self.name, of: Self.ann) { $0 == nil ? 1 : nil }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await stores[1].value(Self.name, of: Self.ann) == 1)
        await other.close()
        await database.close()
    }

    @Test("a change that throws leaves everything as it was", arguments: TestDatabase.engines)
    func failing(_ engine: Dialect) async throws {
        let store = try await store(engine)
        for before in [JSONValue?.none, "kept"] {
            if let before { try await store.write(before, as: Self.name, of: Self.ann) }
            await expect(.conflict) {
                _ = try await store.update(Self.name, of: Self.ann) { _ in throw PortalError(.conflict, "no") }
            }
            #expect(try await store.value(Self.name, of: Self.ann) == before)
        }
        #expect(try await store.update(Self.name, of: Self.ann) { _ in nil } == nil)
        #expect(try await store.value(Self.name, of: Self.ann) == nil)
    }

    @Test("what sessions kept goes with them, what people keep stays", arguments: TestDatabase.engines)
    func sweeping(_ engine: Dialect) async throws {
        let clock = TestClock()
        let store = try await store(engine, clock: clock)
        try await store.write("old", as: Self.name, of: .session("old"))
        try await store.write("ann", as: Self.name, of: Self.ann)
        clock.advance(bySeconds: SettingsOwner.longestSessionSeconds - 1)
        try await store.write("new", as: Self.name, of: .session("new"))
        try await store.sweepSessions()
        #expect(try await store.value(Self.name, of: .session("old")) == "old")
        clock.advance(bySeconds: 2)
        try await store.sweepSessions()
        #expect(try await store.value(Self.name, of: .session("old")) == nil)
        #expect(try await store.value(Self.name, of: .session("new")) == "new")
        clock.advance(bySeconds: 2)
        try await store.write("newer", as: Self.name, of: .session("newer"))
        try await store.sweepSessions(keeping: 1)
        #expect(try await store.value(Self.name, of: .session("new")) == nil)
        #expect(try await store.value(Self.name, of: .session("newer")) == "newer")
        #expect(try await store.value(Self.name, of: Self.ann) == "ann")
    }

    private func expect(_ kind: PortalError.Kind, _ work: () async throws -> Void) async {
        do {
            try await work()
            Issue.record("nothing was refused")
        } catch { #expect((error as? PortalError)?.kind == kind, "\(error)") }
    }
}
