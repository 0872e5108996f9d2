import Database
import EntityModel
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct VisitsTests {
    private static let user = PeoplePlugin.user("ann")

    private static func visit(_ path: String, at time: Int64, hits: Int = 1, name: String = "n") -> Visit {
        Visit(id: "id-\(path)-\(time)", name: name, pathname: path, hits: hits, timestamp: time)
    }

    @Test("visits are kept where upstream's pages look for them, in their shape") func shape() async throws {
        let database = try await TestDatabase.open(.sqlite, SettingsMigrations.all)
        let store = SettingsStore(database: database, clock: TestClock())
        let visits = Visits(store, of: Self.user)
        let page = Visit(
            id: "1", name: "Playback", pathname: "/catalog/default/component/playback", timestamp: 1_000,
            entityRef: "component:default/playback")
        try await visits.record([page, Self.visit("/catalog", at: 2_000)])
        try await visits.record([
            Visit(id: "2", name: "Play", pathname: page.pathname, hits: 2, timestamp: 3_000, entityRef: page.entityRef)
        ])
        let name = SettingName(bucket: "default", key: "@backstage/plugin-home:visits:user:default/ann")
        #expect(
            try await store.value(name, of: Self.user.settingsOwner)
                == [
                    [
                        "name": "Play", "pathname": "/catalog/default/component/playback", "id": "1", "hits": 3,
                        "timestamp": 3_000, "entityRef": "component:default/playback",
                    ],
                    ["name": "n", "pathname": "/catalog", "id": "id-/catalog-2000", "hits": 1, "timestamp": 2_000],
                ])
    }

    @Test("a hundred pages are kept, those visited last") func most() {
        let many = (0..<150).map { Self.visit("/\($0)", at: Int64($0)) }
        let kept = Visits.merged([], many)
        #expect(kept.map(\.pathname) == (50..<150).reversed().map { "/\($0)" })
        let again = Visits.merged(kept, [Self.visit("/50", at: 500)])
        #expect(again.count == 100)
        #expect(again.first?.hits == 2)
        #expect(Visits.byHits(again).first?.pathname == "/50")
        #expect(Visits.byHits(again).dropFirst().first?.pathname == "/149")
    }

    @Test("what is no visit is passed over") func foreign() {
        let value: JSONValue = [
            7, ["name": "x"], ["pathname": "/a"], ["pathname": "/b", "hits": -1, "timestamp": 1e300],
            ["pathname": "/c", "hits": "many", "timestamp": 5, "name": 3],
        ]
        let visits = Visits.visits(value)
        #expect(visits.map(\.pathname) == ["/c", "/a", "/b"])
        #expect(visits.allSatisfy { $0.hits == 1 && !$0.id.isEmpty && $0.name == $0.pathname })
        #expect(Visits.visits("text").isEmpty)
        #expect(Visits.visits(nil).isEmpty)
    }
}
