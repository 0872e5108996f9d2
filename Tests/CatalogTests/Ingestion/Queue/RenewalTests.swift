import Database
import EntityModel
import Foundation
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Claims last as long as somebody reads, and not longer.
@Suite struct RenewalTests {
    private static func store(_ engine: Dialect) async throws -> SourceStore {
        let database = try await TestDatabase.open(engine, CatalogMigrations.all)
        try await SQLCatalogFeed.prepare(database)
        let places = ["/a.yaml", "/b.yaml"].map { LocationReference(type: "file", target: $0) }
        try await RootStore(database: database).synchronize(places, fingerprint: "")
        return SourceStore(database: database, queue: RefreshQueue(intervalMilliseconds: nil))
    }

    /// Milliseconds until each source's lease ends, by its place.
    private static func left(_ store: SourceStore) async throws -> [String: Int64] {
        try await store.database.read { transaction in
            let now = try transaction.now()
            let rows = try transaction.rows("SELECT target, lease_until FROM catalog_sources")
            return Dictionary(try rows.map { (try $0.text(0), try $0.integer(1) - now) }) { first, _ in first }
        }
    }

    @Test(
        "who still reads keeps a claim; what was given back or went to another is left", arguments: TestDatabase.engines
    )
    func renew(_ engine: Dialect) async throws {
        let store = try await Self.store(engine)
        let claimed = try await store.claim(limit: 2)
        try #require(claimed.count == 2)
        // As if most of the time had passed.
        try await store.database.write { transaction in
            let soon = try transaction.now() + 500
            try transaction.run("UPDATE catalog_sources SET lease_until = \(soon)")
        }
        let b = try #require(claimed.first { $0.location.target == "/b.yaml" })
        try await store.giveBack(b)
        try await store.renew(claimed)
        let left = try await Self.left(store)
        #expect(left["/a.yaml", default: 0] > RefreshQueue.leaseMilliseconds - 5_000)
        #expect(left["/b.yaml", default: 0] < 0)
        // Another takes it over; the first one's renewal is no longer heard.
        try await store.database.write {
            try $0.run("UPDATE catalog_sources SET lease_until = 1 WHERE target = '/a.yaml'")
        }
        let heirs = try await store.claim(limit: 2)
        try #require(heirs.count == 2)
        try await store.database.write { transaction in
            let soon = try transaction.now() + 500
            try transaction.run("UPDATE catalog_sources SET lease_until = \(soon)")
        }
        try await store.renew(claimed)
        #expect(try await Self.left(store).values.allSatisfy { $0 <= 500 })
    }

    @Test("what is being written holds up nobody's renewal")
    func writing() async throws {
        guard TestDatabase.engines.contains(.postgres) else { return }
        let store = try await Self.store(.postgres)
        let claimed = try await store.claim(limit: 2)
        try #require(claimed.count == 2)
        let isHeld = Shared(false)
        let isRenewed = Shared(false)
        let writer = Task {
            try await store.database.write { transaction in
                let soon = try transaction.now() + 500
                try transaction.run("UPDATE catalog_sources SET lease_until = \(soon) WHERE target = '/a.yaml'")
                isHeld.value = true
                // Others' writers take as long for a large file.
                for _ in 0..<1_000 where !isRenewed.value { Thread.sleep(forTimeInterval: 0.01) }
                return isRenewed.value
            }
        }
        try await eventually { isHeld.value }
        try await store.renew(claimed)
        isRenewed.value = true
        #expect(try await writer.value)
        let left = try await Self.left(store)
        #expect(left["/b.yaml", default: 0] > RefreshQueue.leaseMilliseconds - 15_000)
        #expect(left["/a.yaml", default: 0] <= 500)
    }

    /// A host that does not answer before it may.
    private actor Door {
        private var waiting: [CheckedContinuation<Void, Never>] = []
        private var isOpen = false

        func pass() async {
            if !isOpen { await withCheckedContinuation { waiting.append($0) } }
        }

        func open() {
            isOpen = true
            for one in waiting { one.resume() }
            waiting = []
        }
    }

    /// Reads nothing, once the door is open.
    private static func loop(_ store: SourceStore, behind door: Door) -> IngestionLoop {
        let slow = LocationReader("slow", handles: { _ in true }) { _ in
            await door.pass()
            throw PortalError(.notFound, "There is no such file.")
        }
        let reading = LocationReading(readers: [slow])
        let pipeline = EntityPipeline(
            kinds: EntityKind.builtIn, processors: [], placeholders: Placeholders([], reading: reading),
            rules: CatalogRules(nil), reading: reading)
        return IngestionLoop(
            store: store, processor: SourceProcessor(reading: reading, pipeline: pipeline), strategy: .keep,
            logger: LogLines().logger, renewal: .milliseconds(20))
    }

    @Test(
        "what was read by settings that are no longer in force, or was cut short, is given back at once and due",
        arguments: TestDatabase.engines, [true, false])
    func givenBack(_ engine: Dialect, isCutShort: Bool) async throws {
        let store = try await Self.store(engine)
        let door = Door()
        let isInForce = Shared(true)
        var loop = Self.loop(store, behind: door)
        loop.isInForce = { isInForce.value }
        let round = Task { [loop] in try await loop.round() }
        try await eventually { try await Self.left(store).values.allSatisfy { $0 > 0 } }
        if isCutShort { round.cancel() } else { isInForce.value = false }
        await door.open()
        _ = await round.result
        let again = try await store.claim(limit: 2)
        #expect(again.count == 2)
        let errors = try await store.database.read {
            try $0.row("SELECT COUNT(*) FROM catalog_sources WHERE error IS NOT NULL OR failures > 0")?.int(0)
        }
        #expect(errors == 0)
    }

    @Test("a reading that takes long is not taken for that of a dead replica")
    func longReading() async throws {
        let store = try await Self.store(.sqlite)
        let door = Door()
        let loop = Self.loop(store, behind: door)
        let round = Task { try await loop.round() }
        try await eventually { try await Self.left(store).values.allSatisfy { $0 > 0 } }
        try await store.database.write { transaction in
            let soon = try transaction.now() + 300
            try transaction.run("UPDATE catalog_sources SET lease_until = \(soon)")
        }
        try await eventually {
            try await Self.left(store).values.allSatisfy { $0 > RefreshQueue.leaseMilliseconds - 5_000 }
        }
        #expect(try await store.claim(limit: 2).isEmpty)
        await door.open()
        #expect(try await round.value)
        #expect(try await Self.left(store).values.allSatisfy { $0 < 0 })
    }

    private func eventually(_ condition: () async throws -> Bool) async throws {
        for _ in 0..<500 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("It did not come to that in five seconds.")
    }
}
