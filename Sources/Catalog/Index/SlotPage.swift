import EntityModel

/// What a list of entities is ordered by: one field, ties by uid.
package struct EntityOrder: Sendable, Hashable {
    package let key: String
    package let isDescending: Bool

    package init(key: String, isDescending: Bool = false) {
        self.key = key.lowercased()
        self.isDescending = isDescending
    }
}

/// Where a page begins: after one entity in the order (before it, going backwards).
package struct PagePosition: Sendable, Hashable {
    /// Lowercased value of the ordering field; nil for entities that lack it.
    package let value: String?
    package let uid: String
}

/// A page of slots and whether there are more in each direction.
package struct SlotPage: Sendable {
    package var slots: [UInt32] = []
    package var hasMore = false
    package var hasEarlier = false
}

extension CatalogIndex {
    /// One page of the matching slots. Entities without the field come last in either direction.
    package func page(
        of matches: Bitmap, order: EntityOrder, limit: Int, offset: Int = 0, after: PagePosition? = nil,
        backwards: Bool = false
    ) -> SlotPage {
        let column = orders.column(order.key, of: self)
        let total = column.present.count + column.missing.count
        let sequence = Walk(column: column, isDescending: order.isDescending)
        var page = SlotPage()
        var index: Int
        if let after {
            index = sequence.firstIndex(after: after)
            if backwards { index = sequence.firstIndex(notBefore: after) - 1 }
        } else {
            index = 0
        }
        let step = backwards ? -1 : 1
        var skip = offset
        while index >= 0, index < total {
            let slot = sequence[index].slot
            if matches.contains(slot) {
                if skip > 0 {
                    skip -= 1
                } else if page.slots.count == limit {
                    page.hasMore = true
                    break
                } else {
                    page.slots.append(slot)
                }
            }
            index += step
        }
        page.hasEarlier = after != nil || offset > 0
        if backwards { page.slots.reverse() }
        return page
    }

    /// The position of a slot in an order, for a cursor.
    package func position(of slot: UInt32, order: EntityOrder) -> PagePosition? {
        guard let entry = self[slot] else { return nil }
        let value = orders.column(order.key, of: self).value(of: slot)
        return PagePosition(value: value, uid: entry.uid)
    }
}

extension SortedColumn {
    func value(of slot: UInt32) -> String? { valueOfSlot[slot] }
}

/// A column walked in one direction, with the entities that lack the field at its end.
private struct Walk {
    let column: SortedColumn
    let isDescending: Bool

    subscript(index: Int) -> SortedColumn.Position {
        let count = column.present.count
        if index < count { return column.present[isDescending ? count - 1 - index : index] }
        let rest = index - count
        return column.missing[isDescending ? column.missing.count - 1 - rest : rest]
    }

    func firstIndex(after position: PagePosition) -> Int { partition { compare($0, position) <= 0 } }
    func firstIndex(notBefore position: PagePosition) -> Int { partition { compare($0, position) < 0 } }

    /// The first index for which the test fails; it holds for a prefix.
    private func partition(_ test: (Int) -> Bool) -> Int {
        var low = 0
        var high = column.present.count + column.missing.count
        while low < high {
            let middle = (low + high) / 2
            if test(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func compare(_ index: Int, _ position: PagePosition) -> Int {
        let isPresent = index < column.present.count
        switch (isPresent, position.value) {
        case (true, nil): return -1
        case (false, .some): return 1
        case (false, nil): return directed(self[index].uid, position.uid)
        case (true, let value?):
            let order = directed(self[index].value, value)
            return order != 0 ? order : directed(self[index].uid, position.uid)
        }
    }

    private func directed(_ left: String, _ right: String) -> Int {
        let order = left == right ? 0 : (left < right ? -1 : 1)
        return isDescending ? -order : order
    }
}
