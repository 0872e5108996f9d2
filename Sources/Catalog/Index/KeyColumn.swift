/// The values of one search key and the slots that have each.
package struct KeyColumn: Sendable {
    /// Slots under one value, told apart by how the value was written: facets keep case, filters do not.
    struct Group: Sendable {
        var spellings: [(text: String, slots: PostingSet)]
    }

    /// Slots that have the key at all, null values among them.
    private(set) var present = PostingSet.empty
    private(set) var groups: [String: Group] = [:]

    mutating func insert(_ value: String?, slot: UInt32) {
        present.insert(slot)
        guard let value else { return }
        groups[value.lowercased(), default: Group(spellings: [])].insert(value, slot)
    }

    /// - Parameter keepsKey: whether the slot still has another value under the key.
    mutating func remove(_ value: String?, slot: UInt32, keepsKey: Bool) {
        if !keepsKey { present.remove(slot) }
        guard let value else { return }
        let lowered = value.lowercased()
        groups[lowered]?.remove(value, slot)
        if groups[lowered]?.spellings.isEmpty == true { groups[lowered] = nil }
    }

    var isEmpty: Bool { present.count == 0 }

    /// Adds the slots whose lowercased value is `value`.
    func collect(_ value: String, into bitmap: inout Bitmap) {
        for spelling in groups[value]?.spellings ?? [] { spelling.slots.forEach { bitmap.insert($0) } }
    }

    /// Adds the slots that have a lowercased value for which the test holds.
    func collect(into bitmap: inout Bitmap, where test: (String) -> Bool) {
        for (value, group) in groups where test(value) {
            for spelling in group.spellings { spelling.slots.forEach { bitmap.insert($0) } }
        }
    }

    /// Each value as it was written, with how many slots of `matches` have it (nil: of all slots).
    func counts(within matches: Bitmap?) -> [(value: String, count: Int)] {
        var counts: [(value: String, count: Int)] = []
        for group in groups.values {
            for spelling in group.spellings {
                let count = matches.map { spelling.slots.countShared(with: $0) } ?? spelling.slots.count
                if count > 0 { counts.append((spelling.text, count)) }
            }
        }
        return counts
    }
}

extension KeyColumn.Group {
    mutating func insert(_ text: String, _ slot: UInt32) {
        if let index = spellings.firstIndex(where: { $0.text == text }) {
            spellings[index].slots.insert(slot)
        } else {
            spellings.append((text, .single(slot)))
        }
    }

    mutating func remove(_ text: String, _ slot: UInt32) {
        guard let index = spellings.firstIndex(where: { $0.text == text }) else { return }
        spellings[index].slots.remove(slot)
        if spellings[index].slots.count == 0 { spellings.remove(at: index) }
    }
}
