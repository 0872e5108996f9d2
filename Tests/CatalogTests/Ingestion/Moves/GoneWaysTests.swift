import Database
import PortalTesting
import Testing

@testable import Catalog

/// What a Location that two files declare says of where they lead.
@Suite struct GoneWaysTests {
    private static func location(_ target: String) -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata: { name: shared }
        spec: { targets: [\(target)] }
        """
    }

    /// Two files that declare a Location, of which the first has it, and another with a mistake.
    private static func bench(_ engine: Dialect, _ first: String, _ second: String) async throws -> ReadingBench {
        let bench = try await ReadingBench(engine)
        bench.files["/wrong.yaml"] = BadPortal.component("wrong", ", tags: [Wrong Tag]")
        bench.files["/right.yaml"] = BadPortal.component("right")
        bench.files["/first.yaml"] = location(first)
        bench.files["/second.yaml"] = location(second)
        try await bench.configure("/first.yaml", "/second.yaml", "/right.yaml", "/wrong.yaml")
        try await bench.readAll()
        #expect(try await bench.status("location:default/shared").contains("Wrong Tag"))
        return bench
    }

    @Test("it says nothing more of where the one led that goes", arguments: TestDatabase.engines)
    func sourceGoes(_ engine: Dialect) async throws {
        let bench = try await Self.bench(engine, "./wrong.yaml", "./right.yaml")
        try await bench.configure("/second.yaml", "/right.yaml", "/wrong.yaml")
        try await bench.readAll()
        #expect(try await !bench.status("location:default/shared").contains("Wrong Tag"))
    }

    @Test("it still says what is wrong where the other leads as well", arguments: TestDatabase.engines)
    func otherStays(_ engine: Dialect) async throws {
        let bench = try await Self.bench(engine, "./wrong.yaml", "./wrong.yaml")
        bench.files["/first.yaml"] = BadPortal.component("other")
        try await bench.request("/first.yaml")
        try await bench.readAll()
        #expect(try await bench.status("location:default/shared").contains("Wrong Tag"))
        bench.files["/second.yaml"] = Self.location("./right.yaml")
        try await bench.request("/second.yaml")
        try await bench.readAll()
        #expect(try await !bench.status("location:default/shared").contains("Wrong Tag"))
    }
}
