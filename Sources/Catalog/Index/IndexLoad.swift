import Dispatch
import EntityModel

/// A whole catalog on its way from the database into an index, on all processors.
struct IndexLoad {
    private var index = CatalogIndex()
    private var builder = IndexBuilder()

    /// Takes a chunk: its bodies are read in parallel, then put in one after the other.
    mutating func add(_ entities: [StoredEntity]) throws {
        let rows = try Self.rows(of: entities)
        for (entity, rows) in zip(entities, rows) { builder.add(entity, rows, to: &index) }
    }

    mutating func finished(epoch: String, head: Int64) throws -> CatalogIndex {
        index.load(builder)
        builder = IndexBuilder()
        try index.apply(upserts: [], deletes: [], epoch: epoch, head: head)
        return index
    }

    private static func rows(of entities: [StoredEntity]) throws -> [[SearchRows.Row]] {
        let parts = min(8, max(1, entities.count / 64))
        let size = (entities.count + parts - 1) / parts
        let results = ParallelResults<[[SearchRows.Row]]>(count: parts)
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let range = (part * size)..<min((part + 1) * size, entities.count)
            results.set(
                part,
                Result {
                    try (range.isEmpty ? 0..<0 : range).map { number in
                        let entity = entities[number]
                        return try SearchRows(JSONParser.parse(entity.body).object ?? [:], uid: entity.uid).stored
                    }
                })
        }
        return try results.all().flatMap { $0 }
    }
}
