import Dispatch
import EntityModel
import Foundation
import Synchronization

/// A whole catalog on its way from the database into an index: while one chunk is read, others are parsed, and the one
/// before is put in.
final class IndexLoad: Sendable {
    /// What is on its way.
    private struct Flow: Sendable {
        var arrived = 0
        var failure: (any Error)?
        /// Those that no thread has just now; each knows the keys that it has met.
        var readers: [RowReader] = []
    }

    /// What is in.
    private struct Built: Sendable {
        var index = CatalogIndex()
        var builder = IndexBuilder()
        /// Chunks that were parsed before their turn.
        var early: [Int: (entities: [StoredEntity], batch: RowBatch)] = [:]
        var next = 0
    }

    /// Chunks that may be on their way.
    private static let most = 4

    private let flow = Mutex(Flow())
    private let built = Mutex(Built())
    private let inserting = DispatchQueue(label: "callboard.index.load")
    private let room = DispatchSemaphore(value: most)
    private let underWay = DispatchGroup()

    /// Takes a chunk, and waits while there are too many.
    /// - Throws: what an earlier chunk failed with.
    func add(_ entities: [StoredEntity]) throws {
        if let failure = flow.withLock({ $0.failure }) { throw failure }
        room.wait()
        let number = flow.withLock { flow in
            flow.arrived += 1
            return flow.arrived - 1
        }
        DispatchQueue.global().async(group: underWay) { [self] in
            let parsed = Result { try read(entities) }
            inserting.async(group: underWay) { [self] in
                switch parsed {
                case .success(let batch): insert(entities, batch, number)
                case .failure(let error):
                    flow.withLock { $0.failure = error }
                    // Its turn must come all the same, or those after it would wait for ever.
                    insert([], RowBatch(), number)
                }
            }
        }
    }

    private func read(_ entities: [StoredEntity]) throws -> RowBatch {
        var reader = flow.withLock { $0.readers.popLast() } ?? RowReader()
        defer { flow.withLock { [reader] in $0.readers.append(reader) } }
        return try reader.read(entities)
    }

    /// Puts chunks in, in the order in which they came.
    private func insert(_ entities: [StoredEntity], _ batch: RowBatch, _ number: Int) {
        built.withLock { built in
            built.early[number] = (entities, batch)
            while let chunk = built.early.removeValue(forKey: built.next) {
                built.next += 1
                built.builder.add(chunk.entities, chunk.batch, to: &built.index)
                room.signal()
            }
        }
    }

    /// The index, once every chunk is in.
    /// - Throws: what a chunk failed with.
    func finished(epoch: String, head: Int64) throws -> CatalogIndex {
        underWay.wait()
        if let failure = flow.withLock({ $0.failure }) { throw failure }
        return try built.withLock { built in
            built.index.load(built.builder)
            try built.index.apply(upserts: [], deletes: [], epoch: epoch, head: head)
            defer { built = Built() }
            return built.index
        }
    }
}
