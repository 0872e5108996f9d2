import Database
import EntityModel
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import Catalog

/// Which of two files that declare the same entity has it, however fast each is read, and over restarts.
@Suite struct PrecedenceTests {
    /// A catalog that is started again and again on one database, with one file that is read last.
    private struct Starts {
        let files: MemoryWorkspace
        let database: any SQLDatabase

        init(_ names: [String], engine: Dialect) async throws {
            database = try await TestDatabase.open(engine, CatalogMigrations.all)
            try await SQLCatalogFeed.prepare(database)
            files = MemoryWorkspace([:])
            for name in names { write(name) }
        }

        func write(_ name: String) {
            files.write("/data/\(name).yaml", BadPortal.component("same", ", title: \(name)"))
        }

        /// - Returns: whose version is shown, and by whom else it is declared.
        func run(_ names: [String], last: String) async throws -> [String] {
            let locations = names.map { LocationReference(type: "file", target: "/data/\($0).yaml") }
            try await RootStore(database: database).synchronize(locations, fingerprint: "")
            while try await loop(last: last).round() {}
            return try await owners()
        }

        private func loop(last: String) -> IngestionLoop {
            let file = FileLocationReader.make(files)
            let slow = LocationReader("slow", handles: file.handles, resolve: file.resolve) { request in
                if request.location.target.hasSuffix("/\(last).yaml") {
                    while try await database.read({ try Self.readingCount($0) }) > 1 {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                }
                return try await file.read(request)
            }
            let reading = LocationReading(readers: [slow])
            let pipeline = EntityPipeline(
                kinds: EntityKind.builtIn, processors: [], placeholders: Placeholders([], reading: reading),
                rules: CatalogRules(nil), reading: reading)
            return IngestionLoop(
                store: SourceStore(database: database, queue: RefreshQueue(intervalMilliseconds: nil)),
                processor: SourceProcessor(reading: reading, pipeline: pipeline), strategy: .delete,
                logger: LogLines().logger)
        }

        private static func readingCount(_ transaction: any Transaction) throws -> Int {
            try transaction.row("SELECT COUNT(*) FROM catalog_sources WHERE lease_until > 0")?.int(0) ?? 0
        }

        private func owners() async throws -> [String] {
            try await database.read { transaction in
                let reference = "component:default/same"
                let first = try transaction.row(
                    """
                    SELECT s.target, e.body FROM catalog_entities e JOIN catalog_sources s ON s.id = e.source_id
                    WHERE e.ref = \(reference)
                    """)
                let title = try first.map { try JSONParser.parse(try $0.blob(1))["metadata"]?["title"]?.string ?? "" }
                #expect(try first?.text(0) == title.map { "/data/\($0).yaml" })
                let rivals = try EntityClaims.rivals(of: reference, transaction)
                return try (first.map { ["file:\(try $0.text(0))"] } ?? []) + rivals
            }
        }

        /// What the Locations that stand for the files say.
        func told() async throws -> [String] {
            try await database.read { transaction in
                try transaction.rows("SELECT notes FROM catalog_entities WHERE ref LIKE 'location:%'").flatMap { row in
                    EntityNotes(column: try row.optionalText(0)).sources.values.joined().map(\.message)
                }
            }
        }
    }

    private static func places(_ names: String...) -> [String] { names.map { "file:/data/\($0).yaml" } }

    @Test("the first by name has it, whichever is read sooner, and keeps it", arguments: TestDatabase.engines)
    func chance(_ engine: Dialect) async throws {
        for last in ["a", "b", "c"] {
            let starts = try await Starts(["a", "b", "c"], engine: engine)
            for again in ["b", "a", "c", "a"] {
                let owners = try await starts.run(["c", "b", "a"], last: again == "b" ? last : again)
                #expect(owners == Self.places("a", "b", "c"), "\(last)")
            }
            let told = try await starts.told().sorted()
            #expect(
                told
                    == ["b", "c"].map {
                        "component:default/same in file:/data/\($0).yaml is already declared by file:/data/a.yaml, which "
                            + "was first; this version (line 3, metadata.name) is not shown. Rename one of the two, or "
                            + "remove it."
                    })
        }
    }

    @Test("who had it keeps it over restarts, whoever comes", arguments: TestDatabase.engines)
    func keeps(_ engine: Dialect) async throws {
        let starts = try await Starts(["b"], engine: engine)
        #expect(try await starts.run(["b"], last: "b") == Self.places("b"))
        for name in ["a", "c"] { starts.write(name) }
        for last in ["a", "b", "c", "b"] {
            #expect(try await starts.run(["a", "b", "c"], last: last) == Self.places("b", "a", "c"), "\(last)")
        }
    }
}
