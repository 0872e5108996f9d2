import Database
import EntityModel
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import Catalog

/// A catalog whose files, claims and readings are the test's to order.
struct ReadingBench {
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

    /// Reads one source that is due, and no other.
    func read(_ path: String) async throws {
        let source = try await claim(path)
        try await store(await processor.process(source), of: source)
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
