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
    /// - Parameter count: how many match.
    package func page(
        of matches: Bitmap, count: Int? = nil, order: EntityOrder, limit: Int, offset: Int = 0,
        after: PagePosition? = nil, backwards: Bool = false
    ) -> SlotPage {
        let (walk, start) = walk(order, after, backwards)
        let count = count ?? matches.count
        // A walk meets one match in total/count; few matches are sooner put in order themselves.
        let total = walk.column.slots.count
        // More than all is not walked; an offset may be any number.
        let expected = (min(limit + offset, total) + 1) * (total / max(count, 1))
        var page =
            count < total / 64 && count * Self.sortCost < min(expected, total)
            ? walk.take(walk.sorted(matches), from: start, limit, offset, backwards)
            : walk.scan(matches, from: start, limit, offset, backwards)
        page.hasEarlier = after != nil || offset > 0
        return page
    }

    /// One page of few matching slots.
    package func page(
        ofFew matches: [UInt32], order: EntityOrder, limit: Int, offset: Int = 0, after: PagePosition? = nil,
        backwards: Bool = false
    ) -> SlotPage {
        let (walk, start) = walk(order, after, backwards)
        var page = walk.take(walk.sorted(matches), from: start, limit, offset, backwards)
        page.hasEarlier = after != nil || offset > 0
        return page
    }

    /// The order, and where in it a page begins.
    private func walk(_ order: EntityOrder, _ after: PagePosition?, _ backwards: Bool) -> (Walk, start: Int) {
        let walk = Walk(column: self.order(by: order.key), isDescending: order.isDescending)
        guard let after else { return (walk, 0) }
        return (walk, backwards ? walk.firstIndex(notBefore: after, self) - 1 : walk.firstIndex(after: after, self))
    }

    /// What putting one match in its place costs, in steps of a walk.
    private static let sortCost = 12

    /// The position of a slot in an order, for a cursor.
    package func position(of slot: UInt32, order: EntityOrder) -> PagePosition? {
        guard let uid = uid(of: slot) else { return nil }
        return PagePosition(value: self.order(by: order.key).value(of: slot), uid: uid)
    }
}

/// A column walked in one direction, with the entities that lack the field at its end.
private struct Walk {
    let column: SortedColumn
    let isDescending: Bool

    /// The slot at an index of the walk.
    @inline(__always)
    subscript(index: Int) -> UInt32 { column.slots[place(index)] }

    /// Index of the walk and place in the column, in either direction.
    private func place(_ index: Int) -> Int {
        guard isDescending else { return index }
        let count = column.presentCount
        return index < count ? count - 1 - index : column.slots.count - 1 - (index - count)
    }

    /// A match and its index in the walk, which is its upper half: matches are in order as numbers are.
    typealias Indexed = UInt64

    /// The matches in the order of the walk.
    func sorted(_ matches: Bitmap) -> [Indexed] {
        var slots: [UInt32] = []
        matches.forEach { slots.append($0) }
        return sorted(slots)
    }

    func sorted(_ matches: [UInt32]) -> [Indexed] {
        var indexed = matches.map { UInt64(place(column.place(of: $0))) << 32 | UInt64($0) }
        indexed.sort()
        return indexed
    }

    /// A page of the matches, found by walking from `start`.
    func scan(
        _ matches: Bitmap, from start: Int, _ limit: Int, _ offset: Int, _ backwards: Bool
    ) -> SlotPage {
        var page = SlotPage()
        var skip = offset
        var index = start
        while index >= 0, index < column.slots.count {
            let slot = self[index]
            index += backwards ? -1 : 1
            guard matches.contains(slot) else { continue }
            if skip > 0 {
                skip -= 1
            } else if page.slots.count == limit {
                page.hasMore = true
                break
            } else {
                page.slots.append(slot)
            }
        }
        if backwards { page.slots.reverse() }
        return page
    }

    /// A page of matches that are in order already.
    func take(
        _ sorted: [Indexed], from start: Int, _ limit: Int, _ offset: Int, _ backwards: Bool
    ) -> SlotPage {
        func index(_ indexed: Indexed) -> Int { Int(indexed >> 32) }
        let ahead = backwards ? sorted.prefix { index($0) <= start } : sorted.drop { index($0) < start }
        let part = backwards ? ahead.dropLast(offset).suffix(limit) : ahead.dropFirst(offset).prefix(limit)
        return SlotPage(slots: part.map(UInt32.init(truncatingIfNeeded:)), hasMore: ahead.count > offset + limit)
    }

    func firstIndex(after position: PagePosition, _ index: CatalogIndex) -> Int {
        partition(position, index) { $0 <= 0 }
    }

    func firstIndex(notBefore position: PagePosition, _ index: CatalogIndex) -> Int {
        partition(position, index) { $0 < 0 }
    }

    /// The first index for which the test of the comparison fails; it holds for a prefix.
    private func partition(_ position: PagePosition, _ index: CatalogIndex, _ test: (Int) -> Bool) -> Int {
        var low = 0
        var high = column.slots.count
        while low < high {
            let middle = (low + high) / 2
            if test(compare(middle, position, index)) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func compare(_ place: Int, _ position: PagePosition, _ index: CatalogIndex) -> Int {
        let isPresent = place < column.presentCount
        switch (isPresent, position.value) {
        case (true, nil): return -1
        case (false, .some): return 1
        case (false, nil): return compareUID(place, position, index)
        case (true, let value?):
            let order = directed(value.withBytes { column.compareValue(at: self.place(place), with: $0) })
            return order != 0 ? order : compareUID(place, position, index)
        }
    }

    private func compareUID(_ place: Int, _ position: PagePosition, _ index: CatalogIndex) -> Int {
        directed(index.withUID(self[place]) { one in position.uid.withBytes { ByteOrder.compare(one, $0) } })
    }

    private func directed(_ order: Int) -> Int { isDescending ? -order : order }
}
