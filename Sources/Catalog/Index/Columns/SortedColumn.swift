/// The slots in the order of one field, ties by uid; those without the field after them, by uid.
struct SortedColumn: Sendable {
    /// Where the lowercased value of a place is.
    private struct Text: Sendable {
        let offset: UInt32
        let length: UInt32
    }

    /// First those that have the field, ascending, then those that lack it.
    let slots: [UInt32]
    /// How many have the field.
    let presentCount: Int
    /// The place of each slot in `slots`.
    private let places: [UInt32]
    private let values: [Text]
    /// The index's own texts, and what a derived column adds.
    private let texts: TextArena

    /// By uid within a value, without looking at values again.
    init(_ index: CatalogIndex, key: String) {
        var slots: [UInt32] = []
        var values: [Text] = []
        slots.reserveCapacity(index.count)
        values.reserveCapacity(index.count)
        var seen = Bitmap(capacity: index.capacity)
        var run: [UInt32] = []
        var text = Text(offset: 0, length: 0)
        func finish() {
            if run.count > 1 { run.sort { index.isOrderedByUID($0, $1) } }
            // An entity with several values is ordered by the first of them.
            for slot in run where !seen.contains(slot) {
                seen.insert(slot)
                slots.append(slot)
                values.append(text)
            }
            run.removeAll(keepingCapacity: true)
        }
        let (column, texts) = index.columnWithTexts(key)
        column?.groups.forEach { group in
            if !run.isEmpty, !texts.isSame(text.offset, Int(text.length), group.offset, group.lowerLength) { finish() }
            text = Text(offset: group.offset, length: UInt32(group.lowerLength))
            group.slots.forEach { if index.existing.contains($0) { run.append($0) } }
        }
        finish()
        presentCount = slots.count
        var missing: [UInt32] = []
        index.existing.forEach { if !seen.contains($0) { missing.append($0) } }
        missing.sort { index.isOrderedByUID($0, $1) }
        slots += missing
        var places = [UInt32](repeating: .max, count: index.capacity)
        for (place, slot) in slots.enumerated() { places[Int(slot)] = UInt32(place) }
        self.slots = slots
        self.values = values
        self.places = places
        self.texts = texts
    }

    /// All slots by reference.
    init(byReferenceOf index: CatalogIndex) {
        var slots: [UInt32] = []
        index.existing.forEach { slots.append($0) }
        slots.sort { index.references.compare($0, $1, index.texts) < 0 }
        var places = [UInt32](repeating: .max, count: index.capacity)
        for (place, slot) in slots.enumerated() { places[Int(slot)] = UInt32(place) }
        self.slots = slots
        self.places = places
        presentCount = 0
        values = []
        texts = TextArena()
    }

    func place(of slot: UInt32) -> Int { Int(places[Int(slot)]) }

    /// The lowercased value; nil for a slot without the field.
    func value(of slot: UInt32) -> String? {
        let place = place(of: slot)
        guard place < presentCount else { return nil }
        return texts.text(values[place].offset, Int(values[place].length))
    }

    /// Compares the value at a place of one that has the field.
    func compareValue(at place: Int, with value: UnsafeBufferPointer<UInt8>) -> Int {
        texts.with(values[place].offset, Int(values[place].length)) { ByteOrder.compare($0, value) }
    }

    /// Whether two places have the same value, or both none.
    func haveSameValue(_ left: Int, _ right: Int) -> Bool {
        if left >= presentCount || right >= presentCount { return left >= presentCount && right >= presentCount }
        return texts.isSame(
            values[left].offset, Int(values[left].length), values[right].offset, Int(values[right].length))
    }
}

extension CatalogIndex {
    func isOrderedByUID(_ left: UInt32, _ right: UInt32) -> Bool { compareUIDs(left, right) < 0 }

    private func compareUIDs(_ left: UInt32, _ right: UInt32) -> Int {
        withUID(left) { one in withUID(right) { ByteOrder.compare(one, $0) } }
    }

    func withUID<Result>(_ slot: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        guard let entry = entries[Int(slot)] else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        return texts.with(entry.uidOffset, Int(entry.uidLength), body)
    }
}

extension TextArena {
    func isSame(_ left: UInt32, _ leftLength: Int, _ right: UInt32, _ rightLength: Int) -> Bool {
        if left == right { return leftLength == rightLength }
        guard leftLength == rightLength else { return false }
        return with(left, leftLength) { one in with(right, rightLength) { ByteOrder.compare(one, $0) == 0 } }
    }

    /// The value of a group as it was written.
    func withValue(of group: KeyColumn.Group, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        with(group.writtenOffset, group.writtenLength, body)
    }
}
