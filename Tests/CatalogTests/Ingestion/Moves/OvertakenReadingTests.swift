import Database
import EntityModel
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Readings during which something else happens to their source: what the simulation of the catalog found.
@Suite struct OvertakenReadingTests {
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
        let bench = try await ReadingBench(engine)
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
        let bench = try await ReadingBench(engine)
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
        let bench = try await ReadingBench(engine)
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
        let bench = try await ReadingBench(engine)
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
        let bench = try await ReadingBench(engine)
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
        "what was taken to have gone, and is as it was when looked at, claims what another has by now",
        arguments: TestDatabase.engines)
    func unchanged(_ engine: Dialect) async throws {
        let bench = try await ReadingBench(engine)
        bench.files["/root.yaml"] = Self.location("root", "./a.yaml")
        bench.files["/a.yaml"] = BadPortal.component("same")
        try await bench.configure("/root.yaml")
        try await bench.readAll()
        bench.files["/root.yaml"] = Self.location("root", "./b.yaml")
        bench.files["/b.yaml"] = BadPortal.component("same")
        try await bench.request("/root.yaml")
        // The root is not looked at again, however long this takes.
        for path in ["/root.yaml", "/b.yaml"] { try await bench.read(path) }
        try await bench.request("/a.yaml")
        for _ in 0..<2 { try await bench.read("/a.yaml") }
        #expect(try await bench.status("component:default/same").contains("also by file:/a.yaml"))
        bench.files["/b.yaml"] = BadPortal.component("other")
        try await bench.request("/b.yaml")
        try await bench.read("/b.yaml")
        #expect(try await bench.entity("component:default/same") != nil)
    }

    @Test(
        "who lost an entity to a file that comes before is asked once nothing else is read, whatever happens until then",
        arguments: TestDatabase.engines)
    func displaced(_ engine: Dialect) async throws {
        let bench = try await ReadingBench(engine)
        bench.files["/a.yaml"] = BadPortal.component("same")
        bench.files["/b.yaml"] = BadPortal.component("same")
        try await bench.configure("/a.yaml", "/b.yaml")
        let claimed = try await bench.store.claim(limit: 2)
        for source in claimed.sorted(by: { $0.location.target > $1.location.target }) {
            try await bench.store(await bench.processor.process(source), of: source)
        }
        // Not by the change itself, which holds the entity while the reader of the other may wait for it.
        #expect(try await bench.store.claim(limit: 2).isEmpty)
        #expect(try await bench.loop.round())
        #expect(try await bench.claim("/b.yaml").etag == nil)
    }

    @Test(
        "a Location says what is wrong where it leads, also where that was known before, and after it was deleted",
        arguments: TestDatabase.engines)
    func laterLocations(_ engine: Dialect) async throws {
        let bench = try await ReadingBench(engine)
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
