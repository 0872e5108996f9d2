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
    }

    /// Keys with more values than this keep further ones apart.
    static let mostCommon = 1_024

    private var drafts: [String: Draft] = [:]

    /// Takes one entity, new to the index.
    mutating func add(_ entity: StoredEntity, to index: inout CatalogIndex) throws {
        add(entity, try SearchRows(JSONParser.parse(entity.body).object ?? [:], uid: entity.uid).stored, to: &index)
    }

    /// Takes one entity whose rows are known.
    mutating func add(_ entity: StoredEntity, _ rows: [SearchRows.Row], to index: inout CatalogIndex) {
        let slot = index.number(of: entity.reference)
        for row in rows { drafts[row.key, default: Draft()].add(row.columnValue, slot, &index.texts) }
        let declared = index.declarations(of: entity)
        index.store(entity, declared, at: slot, replacing: nil)
        var touched: Set<String> = []
        index.show(
            index.relations.replace([], with: declared, of: slot, index.references, index.texts), &touched)
    }

    /// The columns; nothing can be added any more.
    consuming func finished(_ texts: inout TextArena) -> [String: KeyColumn] {
        var columns: [String: KeyColumn] = [:]
        columns.reserveCapacity(drafts.count)
        for (key, draft) in drafts { columns[key] = draft.column(&texts) }
        return columns
    }
}

extension IndexBuilder.Draft {
    mutating func add(_ value: KeyColumn.Value?, _ slot: UInt32, _ texts: inout TextArena) {
        if present.last != slot { present.append(slot) }
        guard let value else { return }
        if let index = common.index(forKey: value) {
            common.values[index].append(slot)
        } else if common.count < IndexBuilder.mostCommon {
            common[value] = [slot]
        } else {
            rare.append(KeyColumn.Group(value, in: &texts, slots: .single(slot)))
        }
    }

    /// Slots come in any order and may come twice.
    private static func set(_ slots: [UInt32]) -> PostingSet {
        var result = PostingSet.empty
        if slots.count > 512 { return .bitmap(Bitmap(slots)) }
        for slot in slots { result.insert(slot) }
        return result
    }

    func column(_ texts: inout TextArena) -> KeyColumn {
        var groups = rare
        groups.reserveCapacity(rare.count + common.count)
        for (value, slots) in common { groups.append(.init(value, in: &texts, slots: Self.set(slots))) }
        let sorted = KeyOrder.sorted(groups, texts)
        return KeyColumn(present: Self.set(present), groups: KeyOrder.merged(sorted, &texts))
    }
}
