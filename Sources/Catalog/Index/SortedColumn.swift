import Synchronization

/// The slots in the order of one field; those without the field are in `missing`, by uid.
struct SortedColumn: Sendable {
    struct Position: Sendable {
        let value: String
        let uid: String
        let slot: UInt32
    }

    let present: [Position]
    let missing: [Position]
    let valueOfSlot: [UInt32: String]

    init(_ index: CatalogIndex, key: String) {
        var present: [Position] = []
        var seen = Bitmap(capacity: index.slots.count)
        if let column = index.columns[key] {
            for (value, group) in column.groups {
                for spelling in group.spellings {
                    spelling.slots.forEach { slot in
                        guard let entry = index[slot] else { return }
                        present.append(Position(value: value, uid: entry.uid, slot: slot))
                    }
                }
            }
        }
        present.sort { ($0.value, $0.uid) < ($1.value, $1.uid) }
        // An entity with several values is ordered by the first of them.
        self.present = present.filter { position in
            if seen.contains(position.slot) { return false }
            seen.insert(position.slot)
            return true
        }
        valueOfSlot = Dictionary(self.present.map { ($0.slot, $0.value) }) { first, _ in first }
        var missing: [Position] = []
        index.everything.forEach { slot in
            if !seen.contains(slot), let entry = index[slot] {
                missing.append(Position(value: "", uid: entry.uid, slot: slot))
            }
        }
        self.missing = missing.sorted { $0.uid < $1.uid }
    }
}

/// The sorted columns of one version of the index, each made when first asked for.
final class SortedColumns: Sendable {
    /// Ordering by ever new fields must not fill the memory.
    private static let most = 32
    private let made = Mutex<[String: SortedColumn]>([:])

    func column(_ key: String, of index: CatalogIndex) -> SortedColumn {
        if let column = made.withLock({ $0[key] }) { return column }
        let column = SortedColumn(index, key: key)
        made.withLock {
            if $0.count >= Self.most { $0.removeAll() }
            $0[key] = column
        }
        return column
    }
}
