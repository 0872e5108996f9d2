import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct StarsTests {
    private static let user = PeoplePlugin.user("ann")

    private func store() async throws -> SettingsStore {
        SettingsStore(database: try await TestDatabase.open(.sqlite, SettingsMigrations.all), clock: TestClock())
    }

    private static func reference(_ name: String) -> EntityReference {
        EntityReference(kind: "Component", name: name)
    }

    @Test("stars are kept where upstream's pages look for them") func shape() async throws {
        let store = try await store()
        let stars = Stars(store, of: Self.user)
        try await stars.set(Self.reference("B"), isStarred: true)
        try await stars.set([Self.reference("a"), Self.reference("b")], isStarred: true)
        let name = SettingName(bucket: "default.starredEntities", key: "entityRefs")
        let value = try await store.value(name, of: .user("user:default/ann"))
        #expect(value == ["component:default/b", "component:default/a"])
        #expect(try await stars.all().map(\.name) == ["b", "a"])
        try await stars.set([Self.reference("b"), Self.reference("c")], isStarred: false)
        #expect(try await stars.all().map(\.name) == ["a"])
    }

    @Test("what other programs wrote is read as far as it makes sense, and kept") func foreign() async throws {
        let store = try await store()
        let stars = Stars(store, of: Self.user)
        try await store.write(
            ["Component:default/A", "nonsense", 7, "component:b"], as: Stars.name, of: Self.user.settingsOwner)
        #expect(try await stars.all().map(\.description) == ["component:default/a", "component:default/b"])
        try await stars.set(Self.reference("a"), isStarred: true)
        try await stars.set(Self.reference("c"), isStarred: true)
        #expect(
            try await store.value(Stars.name, of: Self.user.settingsOwner)
                == ["Component:default/A", "nonsense", "component:b", "component:default/c"])
        try await stars.set(Self.reference("a"), isStarred: false)
        #expect(try await stars.all().map(\.name) == ["b", "c"])
        for value in [["a": 1], "text", .null] as [JSONValue] {
            try await store.write(value, as: Stars.name, of: Self.user.settingsOwner)
            #expect(try await stars.all().isEmpty)
            try await stars.set(Self.reference("a"), isStarred: true)
            #expect(try await stars.all().map(\.name) == ["a"])
        }
    }

    @Test("nobody has more than a thousand stars, and those at their longest fit") func most() async throws {
        let store = try await store()
        let stars = Stars(store, of: Self.user)
        let long = String(repeating: "x", count: 63)
        let many = (0..<1_000).map { EntityReference(kind: long, namespace: long, name: long.dropLast(4) + "\($0)") }
        try await stars.set(many, isStarred: true)
        #expect(try await stars.all().count == 1_000)
        let refusal = await #expect(throws: PortalError.self) {
            try await stars.set(Self.reference("one"), isStarred: true)
        }
        #expect(refusal?.kind == .input)
        #expect(refusal?.message.contains("1000") == true)
        #expect(try await stars.all().count == 1_000)
        try await stars.set(many[0], isStarred: true)
        try await stars.set(many[0], isStarred: false)
        try await stars.set(Self.reference("one"), isStarred: true)
    }

    @Test("stars set at the same time are all there", arguments: TestDatabase.engines)
    func concurrent(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine, SettingsMigrations.all)
        let stars = Stars(SettingsStore(database: database, clock: TestClock()), of: Self.user)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask { try await stars.set(Self.reference("c\(number)"), isStarred: true) }
            }
            try await group.waitForAll()
        }
        #expect(Set(try await stars.all()).count == 100)
        await database.close()
    }
}
