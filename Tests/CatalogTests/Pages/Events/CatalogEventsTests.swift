import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Open pages hear that the catalog has changed.
@Suite struct CatalogEventsTests {
    private static func index(at head: Int64) throws -> CatalogIndex {
        var index = CatalogIndex()
        try index.apply(upserts: [], deletes: [], epoch: "e", head: head)
        return index
    }

    private static func first(of heads: AsyncStream<Int64>) async -> Int64? {
        for await head in heads { return head }
        return nil
    }

    @Test("each version is told by its number, to all that listen")
    func told() async throws {
        let published = PublishedIndex()
        let some = published.changes()
        let others = published.changes(after: 0)
        published.publish(try Self.index(at: 3))
        let heard = await Self.first(of: some)
        let heardToo = await Self.first(of: others)
        #expect(heard == 3)
        #expect(heardToo == 3)
    }

    @Test("who comes back, or has an older page, hears at once of what was missed, and only the newest")
    func resume() async throws {
        let published = PublishedIndex()
        published.publish(try Self.index(at: 5))
        let late = await Self.first(of: published.changes(after: 4))
        #expect(late == 5)
        let waiting = published.changes(after: 5)
        for head in Int64(6)...900 { published.publish(try Self.index(at: head)) }
        let newest = await Self.first(of: waiting)
        #expect(newest == 900)
    }

    @Test("the route tells the number alone, to whoever may read the catalog")
    func route() async throws {
        let portal = try await TestPortal.make()
        let refused = await portal.send(.get, "/catalog/events", token: nil)
        #expect(refused.events == nil)
        let answer = await portal.send(.get, "/catalog/events?after=-1")
        #expect(answer.headers[.contentType] == "text/event-stream; charset=utf-8")
        let events = try #require(answer.events)
        var heard: ServerEvent?
        for await event in events() {
            heard = event
            break
        }
        #expect(heard?.name == "changed")
        #expect(heard.flatMap { Int64($0.id) } != nil)
    }
}
