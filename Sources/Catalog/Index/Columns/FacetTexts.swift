import EntityModel
import Synchronization

/// The counts of all entities by value, as JSON, of keys with so many values that writing them takes long.
///
/// Versions of the index share the chunks of a column that did not change between them; what a chunk says is kept as long
/// as the chunk is the same, so that after a change little is written anew.
final class FacetTexts: Sendable {
    private struct Part: Sendable {
        /// Held, so that no other chunk can have the same place in memory.
        let groups: [KeyColumn.Group]
        let text: [UInt8]
    }

    private struct Kept {
        var parts: [UInt: Part]
        var bytes: Int
        var usedAt: ContinuousClock.Instant
    }

    /// Of fewer values the writing is no work.
    private static let fewestValues = 8_192
    /// For each entity, and at least.
    private static let bytesPerEntity = 128
    private static let leastBytes = 8 << 20
    /// What was asked for within this time makes no room for others, or they would take it from each other in turn.
    private static let rest: Duration = .seconds(60)

    private let kept = Mutex<[String: Kept]>([:])

    /// `{"value":…,"count":…},…` in parts that are to be separated by commas.
    /// - Returns: nil where the key has few values, or values that count together with others.
    func parts(of key: String, in index: CatalogIndex) -> [[UInt8]]? {
        let key = key.lowercased()
        guard CatalogIndex.relation(key) == nil, case let (column?, texts) = index.columnWithTexts(key),
            column.groups.count >= Self.fewestValues
        else { return nil }
        let known = kept.withLock { $0[key]?.parts } ?? [:]
        var next: [UInt: Part] = [:]
        var all: [[UInt8]] = []
        next.reserveCapacity(column.groups.chunks.count)
        all.reserveCapacity(column.groups.chunks.count)
        var bytes = 0
        for groups in column.groups.chunks {
            let place = groups.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
            guard let text = known[place]?.text ?? Self.text(of: groups, texts) else { return nil }
            next[place] = Part(groups: groups, text: text)
            all.append(text)
            bytes += text.count
        }
        keep(Kept(parts: next, bytes: bytes, usedAt: .now), key, entities: index.count)
        return all
    }

    private func keep(_ new: Kept, _ key: String, entities: Int) {
        let room = max(Self.leastBytes, entities * Self.bytesPerEntity)
        kept.withLock { kept in
            kept[key] = nil
            var bytes = kept.values.reduce(new.bytes) { $0 + $1.bytes }
            while bytes > room, let oldest = kept.min(by: { $0.value.usedAt < $1.value.usedAt }),
                oldest.value.usedAt.duration(to: new.usedAt) > Self.rest
            {
                bytes -= oldest.value.bytes
                kept[oldest.key] = nil
            }
            if bytes <= room { kept[key] = new }
        }
    }

    /// A processor has so many reads on their way at once.
    private static let ahead = 16

    private static func text(of groups: [KeyColumn.Group], _ texts: TextArena) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(groups.count * CatalogIndex.usualFacetBytes)
        for (number, group) in groups.enumerated() {
            // It may have to be counted together with its neighbour.
            if group.isElement { return nil }
            if number + ahead < groups.count { texts.prefetch(groups[number + ahead].writtenOffset) }
            CatalogIndex.appendFacetValue(count: group.slots.count, isFirst: number == 0, to: &out) { body in
                texts.withValue(of: group, body)
            }
        }
        return out
    }
}
