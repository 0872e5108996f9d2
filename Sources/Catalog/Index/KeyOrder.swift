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
        var keys = groups.indices.map { (part: UInt64(0), number: $0) }
        keys.withUnsafeMutableBufferPointer { sort($0, groups, texts, depth: 0) }
        return keys.map { groups[$0.number] }
    }

    /// Sorts groups whose values are alike up to a depth: by the next eight bytes, and those that are alike in them again
    /// in the same way. Texts are looked at once for each eight bytes, and not in every comparison.
    private static func sort(
        _ run: UnsafeMutableBufferPointer<(part: UInt64, number: Int)>, _ groups: [KeyColumn.Group],
        _ texts: TextArena, depth: Int
    ) {
        var keys = run
        var haveEnded = true
        for index in keys.indices {
            let group = groups[keys[index].number]
            keys[index].part = part(of: group, depth, texts)
            if group.lowerLength > depth { haveEnded = false }
        }
        if keys.count < fewest || haveEnded {
            return keys.sort { compare(groups[$0.number], groups[$1.number], texts) < 0 }
        }
        keys.sort { $0.part < $1.part }
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end].part == keys[start].part { end += 1 }
            if end - start > 1 {
                sort(UnsafeMutableBufferPointer(rebasing: keys[start..<end]), groups, texts, depth: depth + 8)
            }
            start = end
        }
    }

    /// So few are sooner compared as they are.
    private static let fewest = 8

    /// The eight bytes of the lowercased value after a depth, which compare as they do.
    private static func part(of group: KeyColumn.Group, _ depth: Int, _ texts: TextArena) -> UInt64 {
        guard group.lowerLength > depth else { return 0 }
        return texts.with(group.offset, group.lowerLength) { bytes in
            if bytes.count >= depth + 8 {
                return UInt64(
                    bigEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: depth, as: UInt64.self))
            }
            var result: UInt64 = 0
            for index in 0..<8 {
                result = result << 8 | (depth + index < bytes.count ? UInt64(bytes[depth + index]) : 0)
            }
            return result
        }
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

    /// Sorted groups of which none has the text of another.
    static func merged(_ groups: [KeyColumn.Group], _ texts: TextArena) -> [KeyColumn.Group] {
        var result: [KeyColumn.Group] = []
        result.reserveCapacity(groups.count)
        for group in groups {
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
