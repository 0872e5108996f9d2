import Database
import EntityModel
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import Catalog

/// Readings during which something else happens to their source: what the simulation of the catalog found.
@Suite struct OvertakenReadingTests {
    /// A catalog whose files, claims and readings are the test's to order.
    private struct Bench {
        let database: any SQLDatabase
        let files = Files()
        let store: SourceStore
        let roots: RootStore
        let processor: SourceProcessor
        let loop: IngestionLoop

        final class Files: Sendable {
            private let texts = Mutex<[String: String]>([:])

            subscript(path: String) -> String? {
                get { texts.withLock { $0[path] } }
                set { texts.withLock { $0[path] = newValue } }
            }

            func content(_ request: LocationReadRequest) throws -> LocationContent {
                let path = request.location.target
                if GlobPattern.isPattern(path) {
                    return .targets(texts.withLock { $0.keys.filter { GlobPattern(path).matches($0) }.sorted() })
                }
                guard let text = self[path] else { throw PortalError(.notFound, "\(path) does not exist.") }
                return request.etag == text ? .notModified : .file(Array(text.utf8), etag: text)
            }
        }

        init(_ engine: Dialect) async throws {
            database = try await TestDatabase.open(engine, CatalogMigrations.all)
            try await SQLCatalogFeed.prepare(database)
            store = SourceStore(database: database, queue: RefreshQueue(intervalMilliseconds: nil))
            roots = RootStore(database: database)
            let reader = LocationReader(
                "test", handles: { _ in true }, resolve: { FilePath.joined(FilePath.folder(of: $1), $0) },
                read: { [files] in try files.content($0) })
            let reading = LocationReading(readers: [reader])
            processor = SourceProcessor(
                reading: reading,
                pipeline: EntityPipeline(
                    kinds: EntityKind.builtIn, processors: [], placeholders: Placeholders([], reading: reading),
                    rules: CatalogRules(nil), reading: reading))
            loop = IngestionLoop(store: store, processor: processor, strategy: .delete, logger: LogLines().logger)
        }

        func configure(_ paths: String...) async throws {
            try await roots.synchronize(
                paths.map { LocationReference(type: "file", target: $0) },
                fingerprint: processor.pipeline.fingerprint)
        }

        /// Reads what is due until nothing is.
        func readAll() async throws {
            for _ in 0..<30 where try await !loop.round() { return }
            Issue.record("It does not come to rest.")
        }

        func claim(_ path: String) async throws -> ClaimedSource {
            let claimed = try await store.claim(limit: 64)
            for other in claimed where other.location.target != path { try await store.giveBack(other) }
            return try #require(claimed.first { $0.location.target == path })
        }

        func store(_ outcome: SourceOutcome, of source: ClaimedSource) async throws {
            try await database.write { [queue = store.queue] transaction in
                var writer = try SourceWriter(transaction, source, strategy: .delete)
                _ = try writer.write(outcome, queue: queue, jitter: 0)
            }
        }

        func request(_ path: String) async throws {
            try await store.request(store.localPaths().filter { $0.path == path }.map(\.id))
        }

        /// What is stored of an entity, with what the catalog says of it.
        func entity(_ reference: String) async throws -> Entity? {
            try await database.read { transaction in
                let row = try transaction.row("SELECT body, notes FROM catalog_entities WHERE ref = \(reference)")
                return try row.map { row in
                    let notes = EntityNotes(column: try row.optionalText(1))
                    return Entity(try JSONParser.parse(notes.applied(to: try row.blob(0))).object ?? [:])
                }
            }
        }

        func origin(_ reference: String) async throws -> String? {
            try await entity(reference)?.annotation("backstage.io/managed-by-origin-location")
        }

        func status(_ reference: String) async throws -> String {
            let items = try await entity(reference)?.object["status"]?["items"]?.array ?? []
            return items.compactMap { $0["message"]?.string }.joined(separator: "\n")
        }
    }

    private static func location(_ name: String, _ targets: String) -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata: { name: \(name) }
        spec: { targets: [\(targets)] }
        """
    }

    private static func generated(_ path: String) -> String {
        GeneratedLocation.reference(of: LocationReference(type: "file", target: path))
    }

    @Test("who registers a location while it is read gets what belongs to it", arguments: TestDatabase.engines)
    func registered(_ engine: Dialect) async throws {
        let bench = try await Bench(engine)
        bench.files["/root.yaml"] = Self.location("root", "./a.yaml")
        bench.files["/a.yaml"] = BadPortal.component("a")
        try await bench.configure("/root.yaml")
        #expect(try await bench.loop.round())
        let source = try await bench.claim("/a.yaml")
        let outcome = await bench.processor.process(source)
        _ = try await bench.roots.register(LocationReference(type: "file", target: "/a.yaml"), by: .anonymous)
        try await bench.store(outcome, of: source)
        try await bench.readAll()
        #expect(try await bench.entity(Self.generated("/a.yaml")) != nil)
        #expect(try await bench.origin("component:default/a") == "file:/a.yaml")
    }

    @Test(
        "what something else led to and is configured then has its own origin and entity",
        arguments: TestDatabase.engines)
    func configured(_ engine: Dialect) async throws {
        let bench = try await Bench(engine)
        bench.files["/root.yaml"] = Self.location("root", "./a.yaml")
        bench.files["/a.yaml"] = BadPortal.component("a")
        try await bench.configure("/root.yaml")
        try await bench.readAll()
        #expect(try await bench.origin("component:default/a") == "file:/root.yaml")
        try await bench.configure("/root.yaml", "/a.yaml")
        try await bench.readAll()
        #expect(try await bench.entity(Self.generated("/a.yaml")) != nil)
        #expect(try await bench.origin("component:default/a") == "file:/a.yaml")
        try await bench.configure("/root.yaml")
        try await bench.readAll()
        #expect(try await bench.entity(Self.generated("/a.yaml")) == nil)
        #expect(try await bench.origin("component:default/a") == "file:/root.yaml")
    }

    @Test("a file that went before it was ever read holds up no pattern", arguments: TestDatabase.engines)
    func neverRead(_ engine: Dialect) async throws {
        let bench = try await Bench(engine)
        bench.files["/p/a.yaml"] = BadPortal.component("a")
        bench.files["/p/b.yaml"] = BadPortal.component("b")
        try await bench.configure("/p/*.yaml")
        #expect(try await bench.loop.round())
        bench.files["/p/b.yaml"] = nil
        try await bench.readAll()
        #expect(try await bench.store.localPaths().map(\.path).sorted() == ["/p/*.yaml", "/p/a.yaml"])
        #expect(try await bench.store.delayToNext() == nil)
    }

    @Test("a file that goes after its pattern looked and before that is stored goes", arguments: TestDatabase.engines)
    func betweenLooks(_ engine: Dialect) async throws {
        let bench = try await Bench(engine)
        bench.files["/p/a.yaml"] = BadPortal.component("a")
        try await bench.configure("/p/*.yaml")
        try await bench.readAll()
        try await bench.request("/p/*.yaml")
        let pattern = try await bench.claim("/p/*.yaml")
        let listed = await bench.processor.process(pattern)
        bench.files["/p/a.yaml"] = nil
        try await bench.request("/p/a.yaml")
        #expect(try await bench.loop.round())
        try await bench.store(listed, of: pattern)
        try await bench.readAll()
        #expect(try await bench.entity("component:default/a") == nil)
        #expect(try await bench.store.localPaths().map(\.path) == ["/p/*.yaml"])
    }

    @Test(
        "what was taken to have gone and is led to again claims what another has by now",
        arguments: TestDatabase.engines)
    func comesBack(_ engine: Dialect) async throws {
        let bench = try await Bench(engine)
        bench.files["/root.yaml"] = Self.location("root", "./a.yaml")
        bench.files["/a.yaml"] = BadPortal.component("same")
        try await bench.configure("/root.yaml")
        try await bench.readAll()
        // The loss of a.yaml is not believed while b.yaml was never read; that takes the entity over.
        bench.files["/root.yaml"] = Self.location("root", "./b.yaml")
        bench.files["/b.yaml"] = BadPortal.component("same")
        try await bench.request("/root.yaml")
        try await bench.readAll()
        bench.files["/root.yaml"] = Self.location("root", "./a.yaml, ./b.yaml")
        try await bench.request("/root.yaml")
        try await bench.readAll()
        #expect(try await bench.status("component:default/same").contains("also by file:/a.yaml"))
        #expect(try await bench.status("location:default/root").contains("same in file:/a.yaml"))
    }

    @Test(
        "who lost an entity to a file that comes before is asked by the same change, whatever happens after it",
        arguments: TestDatabase.engines)
    func displaced(_ engine: Dialect) async throws {
        let bench = try await Bench(engine)
        bench.files["/a.yaml"] = BadPortal.component("same")
        bench.files["/b.yaml"] = BadPortal.component("same")
        try await bench.configure("/a.yaml", "/b.yaml")
        let claimed = try await bench.store.claim(limit: 2)
        for source in claimed.sorted(by: { $0.location.target > $1.location.target }) {
            try await bench.store(await bench.processor.process(source), of: source)
        }
        #expect(try await bench.claim("/b.yaml").etag == nil)
    }

    @Test(
        "a Location says what is wrong where it leads, also where that was known before, and after it was deleted",
        arguments: TestDatabase.engines)
    func laterLocations(_ engine: Dialect) async throws {
        let bench = try await Bench(engine)
        let wrong = BadPortal.component("wrong", ", tags: [Wrong Tag]")
        bench.files["/first.yaml"] = Self.location("first", "./p/*.yaml")
        bench.files["/p/a.yaml"] = "\(BadPortal.component("a"))\n---\n\(wrong)"
        try await bench.configure("/first.yaml")
        try await bench.readAll()
        #expect(try await bench.status("location:default/first").contains("Wrong Tag"))
        bench.files["/second.yaml"] = Self.location("second", "./p/*.yaml")
        try await bench.configure("/first.yaml", "/second.yaml")
        try await bench.readAll()
        #expect(try await bench.status("location:default/second").contains("Wrong Tag"))
        let uid = try await bench.database.read {
            try $0.row("SELECT uid FROM catalog_entities WHERE ref = 'location:default/second'")?.text(0)
        }
        try await EntityStore(database: bench.database).delete(uid: try #require(uid), by: .anonymous)
        try await bench.readAll()
        #expect(try await bench.status("location:default/second").contains("Wrong Tag"))
        bench.files["/second.yaml"] = Self.location("second", "")
        try await bench.request("/second.yaml")
        try await bench.readAll()
        #expect(try await bench.status("location:default/second") == "")
    }
}
