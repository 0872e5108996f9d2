import Dispatch
import EntityModel
import Synchronization

/// A whole catalog on its way from the database into an index: while one chunk is read, the last is parsed on all
/// processors and put in.
final class IndexLoad: Sendable {
    private struct State: Sendable {
        var index = CatalogIndex()
        var builder = IndexBuilder()
        var failure: (any Error)?
    }

    private let queue = DispatchQueue(label: "callboard.index.load")
    private let state = Mutex(State())
    /// Chunks that may wait to be put in.
    private let room = DispatchSemaphore(value: 3)

    /// Takes a chunk, and waits while there are too many.
    /// - Throws: what an earlier chunk failed with.
    func add(_ entities: [StoredEntity]) throws {
        if let failure = state.withLock({ $0.failure }) { throw failure }
        room.wait()
        queue.async { [self] in
            defer { room.signal() }
            do {
                let rows = try Self.rows(of: entities)
                state.withLock { state in
                    for (entity, rows) in zip(entities, rows) { state.builder.add(entity, rows, to: &state.index) }
                }
            } catch {
                state.withLock { $0.failure = error }
            }
        }
    }

    /// The index, once every chunk is in.
    /// - Throws: what a chunk failed with.
    func finished(epoch: String, head: Int64) throws -> CatalogIndex {
        queue.sync {}
        return try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.index.load(state.builder)
            try state.index.apply(upserts: [], deletes: [], epoch: epoch, head: head)
            defer { state = State() }
            return state.index
        }
    }

    private static func rows(of entities: [StoredEntity]) throws -> [[SearchRows.Row]] {
        let parts = min(8, max(1, entities.count / 64))
        let size = (entities.count + parts - 1) / parts
        let results = ParallelResults<[[SearchRows.Row]]>(count: parts)
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let start = min(part * size, entities.count)
            let range = start..<min(start + size, entities.count)
            results.set(
                part,
                Result {
                    try entities[range].map { entity in
                        try SearchRows.stored(of: entity.body, uid: entity.uid)
                    }
                })
        }
        return try results.all().flatMap { $0 }
    }
}
