/// How groups are ordered.
enum KeyOrder {
    struct Key {
        let lower: UnsafeBufferPointer<UInt8>
        let written: UnsafeBufferPointer<UInt8>
        let isElement: Bool
    }

    static func lower(_ group: KeyColumn.Group, _ bytes: UnsafeBufferPointer<UInt8>, _ texts: TextArena) -> Int {
        texts.with(group.offset, group.lowerLength) { ByteOrder.compare($0, bytes) }
    }

    static func compare(_ group: KeyColumn.Group, _ key: Key, _ texts: TextArena) -> Int {
        let order = lower(group, key.lower, texts)
        if order != 0 { return order }
        let spelling = texts.with(group.writtenOffset, group.writtenLength) { ByteOrder.compare($0, key.written) }
        return spelling != 0 ? spelling : (group.isElement ? 1 : 0) - (key.isElement ? 1 : 0)
    }

    /// Groups in their order.
    static func sorted(_ groups: [KeyColumn.Group], _ texts: TextArena) -> [KeyColumn.Group] {
        let order = ByteSort.order(count: groups.count) { number, body in
            texts.with(groups[number].offset, groups[number].lowerLength, body)
        } fetch: {
            texts.prefetch(groups[$0].offset)
        } tie: { left, right in
            compare(groups[left], groups[right], texts) < 0
        }
        return order.map { groups[$0] }
    }

    private static func compare(_ left: KeyColumn.Group, _ right: KeyColumn.Group, _ texts: TextArena) -> Int {
        let order = texts.with(left.offset, left.lowerLength) { one in
            texts.with(right.offset, right.lowerLength) { ByteOrder.compare(one, $0) }
        }
        if order != 0 { return order }
        let spelling = texts.with(left.writtenOffset, left.writtenLength) { one in
            texts.with(right.writtenOffset, right.writtenLength) { ByteOrder.compare(one, $0) }
        }
        return spelling != 0 ? spelling : (left.isElement ? 1 : 0) - (right.isElement ? 1 : 0)
    }

    /// Groups between fetching the text of one and its turn.
    private static let ahead = 12

    /// Sorted groups of which none has the text of another.
    static func merged(_ groups: [KeyColumn.Group], _ texts: TextArena) -> [KeyColumn.Group] {
        var result: [KeyColumn.Group] = []
        result.reserveCapacity(groups.count)
        for (number, group) in groups.enumerated() {
            if number + ahead < groups.count { texts.prefetch(groups[number + ahead].offset) }
            if let last = result.last, last.isElement == group.isElement, haveSameText(last, group, texts) {
                group.slots.forEach { result[result.count - 1].slots.insert($0) }
            } else {
                result.append(group)
            }
        }
        return result
    }

    static func haveSameText(_ left: KeyColumn.Group, _ right: KeyColumn.Group, _ texts: TextArena) -> Bool {
        guard left.writtenLength == right.writtenLength else { return false }
        return texts.with(left.writtenOffset, left.writtenLength) { one in
            texts.with(right.writtenOffset, right.writtenLength) { ByteOrder.compare(one, $0) == 0 }
        }
    }
}
