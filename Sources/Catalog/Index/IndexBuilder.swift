import Dispatch
import EntityModel

/// Makes the columns of a whole catalog at once: rows are collected and sorted in the end, which costs a fraction of
/// inserting them one by one.
struct IndexBuilder {
    /// Values of one key.
    struct Draft {
        var present: [UInt32] = []
        /// Values that many entities have.
        var common: [KeyColumn.Value: [UInt32]] = [:]
        /// Values beyond that, in no order and perhaps more than once.
        var rare: [KeyColumn.Group] = []
        var isMostlyRare = false
    }

    /// Keys with more values than this keep further ones apart.
    static let mostCommon = 1_024

    private var drafts: [String: Draft] = [:]

    /// Takes one entity, new to the index.
    mutating func add(_ entity: StoredEntity, to index: inout CatalogIndex) throws {
        add(entity, try SearchRows.stored(of: entity.body, uid: entity.uid), to: &index)
    }

    /// Takes one entity whose rows are known.
    mutating func add(_ entity: StoredEntity, _ rows: [SearchRows.Row], to index: inout CatalogIndex) {
        let slot = index.number(of: entity.reference)
        for row in rows { drafts[row.key, default: Draft()].add(row.columnValue, slot, &index.texts) }
        let declared = index.declarations(of: entity)
        index.store(entity, declared, at: slot, replacing: nil)
        index.relations.gather(declared, of: slot)
    }

    /// The columns; nothing can be added any more.
    consuming func finished(_ texts: inout TextArena) -> [String: KeyColumn] {
        // Texts are kept one after the other; what takes the time, to sort, is done on all processors.
        let keys = Array(drafts.keys)
        var unsorted: [(present: PostingSet, groups: [KeyColumn.Group])] = []
        for key in keys {
            guard let draft = drafts.removeValue(forKey: key) else { continue }
            unsorted.append((draft.presentSet, draft.groups(&texts)))
        }
        let results = ParallelResults<KeyColumn>(count: keys.count)
        DispatchQueue.concurrentPerform(iterations: keys.count) { [unsorted, texts] number in
            let (present, groups) = unsorted[number]
            let sorted = KeyOrder.merged(KeyOrder.sorted(groups, texts), texts)
            results.set(number, .success(KeyColumn(present: present, groups: sorted)))
        }
        let columns = (try? results.all()) ?? []
        return Dictionary(uniqueKeysWithValues: zip(keys, columns))
    }
}

extension IndexBuilder.Draft {
    mutating func add(_ value: KeyColumn.Value?, _ slot: UInt32, _ texts: inout TextArena) {
        if present.last != slot { present.append(slot) }
        guard let value else { return }
        if !isMostlyRare, let index = common.index(forKey: value) {
            common.values[index].append(slot)
        } else if common.count < IndexBuilder.mostCommon {
            common[value] = [slot]
        } else {
            rare.append(KeyColumn.Group(value, in: &texts, slots: .single(slot)))
            // Names and the like: nearly every value is a new one, and looking for it is in vain.
            isMostlyRare = rare.count > 4_096 && rare.count > present.count / 2
        }
    }

    /// Slots come in any order and may come twice.
    private static func set(_ slots: [UInt32]) -> PostingSet {
        var result = PostingSet.empty
        if slots.count > 512 { return .bitmap(Bitmap(slots)) }
        for slot in slots { result.insert(slot) }
        return result
    }

    var presentSet: PostingSet { Self.set(present) }

    consuming func groups(_ texts: inout TextArena) -> [KeyColumn.Group] {
        var groups = rare
        groups.reserveCapacity(rare.count + common.count)
        for (value, slots) in common { groups.append(.init(value, in: &texts, slots: Self.set(slots))) }
        return groups
    }
}
