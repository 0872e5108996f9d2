import Dispatch
import EntityModel

/// Makes the columns of a whole catalog at once: rows are collected and sorted in the end, which costs a fraction of
/// inserting them one by one.
struct IndexBuilder: Sendable {
    private var keys: [String] = []
    private var drafts: [ColumnDraft] = []
    private var numbers: [String: Int] = [:]
    private var edges = GatheredEdges()
    private let takesBodies: Bool

    /// - Parameter takesBodies: false where the caller sees to the entities' bodies.
    init(takesBodies: Bool = true) { self.takesBodies = takesBodies }

    /// Takes entities, new to the index, with their rows.
    mutating func add(_ entities: [StoredEntity], _ batch: RowBatch, to index: inout CatalogIndex) {
        let drafts = batch.keys.map { draft(of: $0) }
        batch.texts.withUnsafeBufferPointer { texts in
            var (start, firstHash) = (0, 0)
            // By number: an iterator would count references to each entity's parts.
            for number in entities.indices {
                let facts = batch.facts[number]
                let hashes = batch.hashes[firstHash..<facts.hashesEnd]
                fetch(batch.hashes, hashes.indices, index)
                let slot = index.number(of: entities[number].reference, hash: hashes[firstHash])
                for row in batch.rows[start..<facts.end] {
                    add(row, texts, to: drafts[Int(row.key)], slot, &index.texts)
                }
                (start, firstHash) = (facts.end, facts.hashesEnd)
                let declared = index.declarations(of: entities[number], hashes: hashes.dropFirst())
                index.store(entities[number], facts, declared, at: slot, replacing: nil, takesBody: takesBodies)
                edges.add(declared, of: slot)
            }
        }
    }

    /// References between the steps of finding one: its place, what stands there, its text.
    private static let ahead = 16

    /// Begins to fetch what finding later references needs, which lies anywhere in memory.
    private func fetch(_ hashes: [UInt64], _ turn: Range<Int>, _ index: CatalogIndex) {
        func fetch(_ step: ReferenceTable.Step, _ distance: Int) {
            for later in turn.lowerBound + distance..<turn.upperBound + distance where later < hashes.count {
                index.references.prefetch(hashes[later], step, index.texts)
            }
        }
        fetch(.text, Self.ahead)
        fetch(.entry, Self.ahead * 2)
        fetch(.place, Self.ahead * 3)
    }

    private mutating func add(
        _ row: RowBatch.Row, _ bytes: UnsafeBufferPointer<UInt8>, to draft: Int, _ slot: UInt32,
        _ texts: inout TextArena
    ) {
        if row.isNull { return drafts[draft].add(slot) }
        let end = Int(row.start) + Int(row.lowerCount)
        drafts[draft].add(
            UnsafeBufferPointer(rebasing: bytes[Int(row.start)..<end]),
            written: UnsafeBufferPointer(rebasing: bytes[end..<(end + Int(row.writtenCount))]),
            isElement: row.isElement, slot, &texts)
    }

    private mutating func draft(of key: String) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = keys.count
        keys.append(key)
        drafts.append(ColumnDraft())
        return keys.count - 1
    }

    /// Puts everything in order, on all processors; nothing can be added any more.
    consuming func finish(_ index: inout CatalogIndex) {
        let order = drafts.indices.sorted { drafts[$0].size > drafts[$1].size }
        let columns = ParallelResults<KeyColumn>(count: drafts.count)
        let graph = ParallelResults<(RelationGraph, ChunkedArray<UInt64>)>(count: 1)
        let (all, edges, unsettled) = (drafts, edges, index)
        // The relations first, and then the largest columns: what takes longest must not come last.
        DispatchQueue.concurrentPerform(iterations: all.count + 1) { turn in
            if turn == 0 { return graph.set(0, .success(unsettled.settledRelations(edges))) }
            let number = order[turn - 1]
            columns.set(number, .success(all[number].column(unsettled.texts)))
        }
        let made = (try? columns.all()) ?? []
        // A key that a batch knows need not have rows in it.
        index.columns = Dictionary(uniqueKeysWithValues: zip(keys, made).filter { !$0.1.isEmpty })
        for (relations, hashes) in (try? graph.all()) ?? [] { index.take(relations, hashes) }
    }
}
