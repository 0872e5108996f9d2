import Database
import EntityModel
import Foundation
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// What is kept of the work for one page, for the next that needs the same.
@Suite struct KeptWorkTests {
    private static func index(_ entities: [StoredEntity]) throws -> CatalogIndex {
        var index = CatalogIndex()
        try index.apply(upserts: entities, deletes: [], epoch: "e", head: 1)
        return index
    }

    @Test("each set of entities has counts of its own, which are counted once")
    func counts() throws {
        let version = IndexVersion(
            try Self.index((1...200).map { Sample.entity(id: $0, name: "n\($0)", tags: $0 > 50 ? ["go"] : ["java"]) }))
        let all = version.index.matches(.everything)
        let java = version.index.matches(.oneOf(key: "metadata.tags", values: ["java"]))
        for _ in 0..<2 {
            let counts = version.topValues(of: "metadata.tags", within: all, most: 9)
            #expect(counts.map(\.value) == ["go", "java"])
            #expect(counts.map(\.count) == [150, 50])
            #expect(version.topValues(of: "metadata.tags", within: java, most: 9).map(\.count) == [50])
            #expect(version.topValues(of: "metadata.tags", within: all, most: 1).map(\.value) == ["go"])
            #expect(version.topValues(of: "metadata.tags", within: all, most: 9, prefix: "ja").map(\.count) == [50])
        }
        let kept = KeptCounts()
        var times = 0
        for _ in 0..<3 {
            _ = kept.counts(.init(key: "k", prefix: nil, most: 1, scope: all)) {
                times += 1
                return [("a", 1)]
            }
        }
        #expect(times == 1)
    }

    @Test("of as many questions as anybody asks, each has its own answer")
    func manyCounts() {
        let kept = KeptCounts()
        for round in 0..<2 {
            for number in 0..<1_000 {
                let scope = Bitmap([UInt32(number)], capacity: 1_000)
                let counts = kept.counts(.init(key: "k", prefix: nil, most: 1, scope: scope)) { [("v", number)] }
                #expect(counts.map(\.count) == [number], "\(round)")
            }
        }
    }

    @Test("what status an entity has is counted for what each may see")
    func statuses() throws {
        let version = IndexVersion(
            try Self.index([
                Sample.entity(id: 1, name: "shop", owner: "team"), Sample.entity(id: 2, kind: "Group", name: "team"),
            ]))
        let all = AuthorizedCatalog(version, decision: .allow)
        let part = AuthorizedCatalog(
            version, decision: .conditional(.not(.oneOf(key: "kind", values: ["group"]))))
        let shop = version.index.matches(.oneOf(key: "kind", values: ["component"]))
        for _ in 0..<2 {
            #expect(all.statusCounts(within: shop)[.dangling] == 0)
            #expect(part.statusCounts(within: shop)[.dangling] == 1)
            #expect(all.statusCounts(within: shop)[.ownerless] == 0)
        }
    }

    @Test("what leads to nothing is found for whoever sees all, much or little", arguments: 1...4)
    func dangling(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        let version = IndexVersion(
            try Self.index(
                (Int64(1)...300).map { id in
                    let isGroup = id % 3 == 0
                    return Sample.entity(
                        id: id, kind: isGroup ? "Group" : "Component", name: "n\(id)",
                        owner: isGroup ? nil : "n\(Int.random(in: 1...320, using: &generator))",
                        tags: id % 20 == 0 ? ["few"] : ["many"])
                }))
        func seeing(_ tag: String) -> AuthorizationDecision {
            .conditional(.oneOf(key: "metadata.tags", values: [tag]))
        }
        for decision: AuthorizationDecision in [.allow, seeing("many"), seeing("few"), .deny] {
            let catalog = AuthorizedCatalog(version, decision: decision)
            var expected = Bitmap()
            catalog.matches(.everything).forEach { slot in
                let edges = catalog.index.graph.edges(of: catalog.index.reference(of: slot) ?? "")
                if edges.contains(where: { catalog.slot(reference: $0.target) == nil }) { expected.insert(slot) }
            }
            for _ in 0..<2 { #expect(catalog.dangling == expected) }
        }
    }

    @Test("each set has what was made of it, which is made once") func sets() {
        let kept = KeptSets()
        var times = 0
        for _ in 0..<2 {
            for number in UInt32(0)..<6 {
                let made = kept.set(of: Bitmap([number])) {
                    times += 1
                    return Bitmap([number + 100])
                }
                #expect(made == Bitmap([number + 100]))
            }
        }
        #expect(times == 6)
        for number in UInt32(0)..<100 {
            #expect(kept.set(of: Bitmap([number])) { Bitmap([number + 100]) } == Bitmap([number + 100]))
        }
    }

    @Test("the first by reference are those of the whole order", arguments: 1...6)
    func first(seed: UInt64) throws {
        var generator = SeededNumbers(seed)
        let index = try Self.index(
            (1...300).map { Sample.entity(id: $0, name: "n\(Int.random(in: 0..<1_000_000, using: &generator))-\($0)") })
        for wanted in [1, 2, 5, 40, 250] {
            let matches = Bitmap(
                (0..<UInt32(index.capacity)).filter { _ in Int.random(in: 0..<wanted, using: &generator) == 0 })
            let sorted = ListOrder.sort(matches, by: [], in: index)
            for limit in [0, 1, 3, 50, 1_000] {
                #expect(ListOrder.first(limit, of: matches, in: index) == Array(sorted.prefix(limit)))
            }
        }
    }

    @Test("of a long text pages see the beginning as it is now, and programs see the whole")
    func longTexts() throws {
        let long = String(repeating: "{\"a\":\"ä\\n\"}", count: 40_000)
        func entity(_ start: String) -> StoredEntity {
            Sample.entity(id: 1, kind: "API", name: "seats", type: .string(start + long), title: "Seats")
        }
        var index = try Self.index([entity("first ")])
        let slot = try #require(index.slot(reference: "api:default/seats"))
        for _ in 0..<2 {
            let shown = try #require(index.shown(slot).spec["type"]?.string)
            #expect(shown.hasPrefix("first {\"a\":"))
            #expect(shown.hasSuffix("…"))
            #expect(shown.utf8.count <= CatalogIndex.longestShown + 8)
            #expect(Entity(index.own(of: slot)).spec["type"]?.string == "first " + long)
            #expect(Entity(index.outline(of: slot)).metadata["title"] == "Seats")
        }
        try index.apply(upserts: [entity("second ")], deletes: [], epoch: "e", head: 2)
        #expect(index.shown(slot).spec["type"]?.string?.hasPrefix("second ") == true)
    }

    @Test("sources that fail come first, over the ends of pages", arguments: [Dialect.sqlite, .postgres])
    func sources(engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine, CatalogMigrations.all)
        try await database.write { transaction in
            for number in 1...25 {
                let error: String? = number % 4 == 0 ? "cannot be read" : nil
                try transaction.run(
                    """
                    INSERT INTO catalog_sources (id, type, target, is_optional, origin_type, origin_target, configured,
                    registered, next_at, requests, failures, lease_token, lease_until, error)
                    VALUES (\(number), 'file', \("/data/\(100 + number).yaml"), 0, 'file', 'x', 1, 0, 0, 0, 0, 0,
                    \(number == 5 ? Int64.max : 0), \(error))
                    """)
            }
        }
        var seen: [Int64] = []
        for page in 0..<4 {
            let overview = try await SourceOverview.read(.init(offset: page * 7, limit: 7), in: database)
            #expect(overview.count == 25)
            #expect(overview.totals == .init(sources: 25, failing: 6, due: 24, reading: 1))
            seen += overview.lines.map(\.id)
        }
        let failing = (1...25).filter { $0 % 4 == 0 }.map(Int64.init)
        #expect(seen == failing + (1...25).filter { $0 % 4 != 0 }.map(Int64.init))
        let found = try await SourceOverview.read(.init(find: "/data/12"), in: database)
        #expect(found.count == 6)
        #expect(found.lines.map(\.id) == [20, 24, 21, 22, 23, 25])
        #expect(
            try await SourceOverview.read(.init(isFailingOnly: true, offset: 4), in: database).lines.map(\.id) == [
                20, 24,
            ])
        await database.close()
    }
}
