/// The values of one search key in their order, and the slots that have each.
///
/// Groups are ordered by lowercased value, so that equality, prefixes and the order of lists are one search or one
/// walk; within a value by how it was written, because facets keep case and filters do not.
package struct KeyColumn: Sendable {
    /// The slots of one value in one spelling.
    struct Group: Sendable {
        let offset: UInt32
        /// The top bit marks elements of arrays, which are also found under `<key>.<element>`.
        private let lowerAndMark: UInt16
        /// Zero where the value is lowercase already; else the spelling follows the lowercased value.
        private let written: UInt16
        let signature: BigramSignature
        var slots: PostingSet

        var lowerLength: Int { Int(lowerAndMark & 0x7FFF) }
        var isElement: Bool { lowerAndMark & 0x8000 != 0 }
        var writtenOffset: UInt32 { written == 0 ? offset : offset + UInt32(lowerLength) }
        var writtenLength: Int { written == 0 ? lowerLength : Int(written) }
        fileprivate var size: Int { lowerLength + Int(written) }

        /// Keeps the texts of a value.
        init(_ value: Value, in texts: inout TextArena, slots: PostingSet) {
            let lower = value.lowered
            let isLower = lower.hasSameBytes(as: value.text)
            self = lower.withBytes { lower in
                (isLower ? "" : value.text).withBytes { written in
                    Self(lower: lower, written: written, isElement: value.isElement, in: &texts, slots: slots)
                }
            }
        }

        /// Keeps the texts of a value whose bytes are known: lowercased, and as written where that differs.
        init(
            lower: UnsafeBufferPointer<UInt8>, written: UnsafeBufferPointer<UInt8>, isElement: Bool,
            in texts: inout TextArena, slots: PostingSet
        ) {
            offset = texts.add(lower, written)
            self.written = UInt16(truncatingIfNeeded: written.count)
            lowerAndMark = UInt16(truncatingIfNeeded: lower.count) & 0x7FFF | (isElement ? 0x8000 : 0)
            signature = BigramSignature(lower)
            self.slots = slots
        }

        /// A lowercase text that is kept already.
        init(existing offset: UInt32, _ bytes: UnsafeBufferPointer<UInt8>, slots: PostingSet) {
            self.offset = offset
            lowerAndMark = UInt16(clamping: min(bytes.count, 0x7FFF))
            written = 0
            signature = BigramSignature(bytes)
            self.slots = slots
        }
    }

    /// A value as an entity has it; at most 200 UTF-16 units, as `SearchRows` sees to.
    ///
    /// Equal in bytes, as the groups are: canonically equivalent texts are different values.
    struct Value: Hashable {
        let text: String
        let isElement: Bool

        static func == (left: Value, right: Value) -> Bool {
            left.isElement == right.isElement && left.text.hasSameBytes(as: right.text)
        }

        func hash(into hasher: inout Hasher) {
            text.withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
            hasher.combine(isElement)
        }

        var lowered: String {
            // Most values are in lowercase letters already.
            text.utf8.allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) } ? text : text.lowercased()
        }
    }

    /// Slots that have the key at all, null values among them.
    private(set) var present = PostingSet.empty
    private(set) var groups = SortedChunks<Group>()

    init() {}

    /// - Parameter groups: in order.
    init(present: PostingSet, groups: [Group]) {
        self.present = present
        self.groups = SortedChunks(groups)
    }

    var isEmpty: Bool { present.count == 0 }

    mutating func insert(_ value: Value?, slot: UInt32, _ texts: inout TextArena) {
        present.insert(slot)
        guard let value else { return }
        let (position, isFound) = find(value, texts)
        if isFound {
            groups.modify(at: position) { $0.slots.insert(slot) }
        } else {
            groups.insert(Group(value, in: &texts, slots: .single(slot)), at: position)
        }
    }

    /// - Parameter keepsKey: whether the slot still has another value under the key.
    mutating func remove(_ value: Value?, slot: UInt32, keepsKey: Bool, _ texts: inout TextArena) {
        if !keepsKey { present.remove(slot) }
        guard let value else { return }
        let (position, isFound) = find(value, texts)
        guard isFound else { return }
        groups.modify(at: position) { $0.slots.remove(slot) }
        guard let group = groups.element(at: position), group.slots.count == 0 else { return }
        texts.forget(group.size)
        groups.remove(at: position)
    }

    private func find(_ value: Value, _ texts: TextArena) -> (SortedChunks<Group>.Position, isFound: Bool) {
        value.lowered.withBytes { lower in
            value.text.withBytes { text in
                let key = KeyOrder.Key(lower: lower, written: text, isElement: value.isElement)
                let position = groups.partition { KeyOrder.compare($0, key, texts) < 0 }
                let found = groups.element(at: position).map { KeyOrder.compare($0, key, texts) == 0 } ?? false
                return (position, found)
            }
        }
    }

    /// Calls `body` with each spelling of a lowercased value.
    func forEachSpelling(_ lowered: String, _ texts: TextArena, _ body: (Group) -> Void) {
        lowered.withBytes { lower in
            var position = groups.partition { KeyOrder.lower($0, lower, texts) < 0 }
            while let group = groups.element(at: position), KeyOrder.lower(group, lower, texts) == 0 {
                body(group)
                position = groups.position(after: position)
            }
        }
    }

    /// Calls `body` with each group whose lowercased value begins with a text.
    func forEachPrefixed(_ prefix: String, _ texts: TextArena, _ body: (Group) -> Void) {
        prefix.withBytes { prefix in
            var position = groups.partition { KeyOrder.lower($0, prefix, texts) < 0 }
            while let group = groups.element(at: position), group.lowerLength >= prefix.count,
                texts.with(group.offset, prefix.count, { ByteOrder.compare($0, prefix) == 0 })
            {
                body(group)
                position = groups.position(after: position)
            }
        }
    }

    /// A processor has so many reads on their way at once, or a few more.
    private static let mostWaiting = 16

    /// Calls `body` with each group whose lowercased value contains a text.
    ///
    /// Texts lie all over a large memory: those that may hold it are fetched together, and then read.
    func forEachContaining(_ text: String, _ texts: TextArena, _ body: (Group) -> Void) {
        text.withBytes { needle in
            let signature = BigramSignature(needle)
            var waiting: [Int] = []
            waiting.reserveCapacity(Self.mostWaiting)
            for chunk in groups.chunks {
                for place in chunk.indices {
                    guard chunk[place].signature.mayContain(signature), chunk[place].lowerLength >= needle.count
                    else { continue }
                    texts.prefetch(chunk[place].offset)
                    waiting.append(place)
                    if waiting.count == Self.mostWaiting { Self.read(&waiting, chunk, needle, texts, body) }
                }
                Self.read(&waiting, chunk, needle, texts, body)
            }
        }
    }

    @inline(__always)
    private static func read(
        _ waiting: inout [Int], _ chunk: [Group], _ needle: UnsafeBufferPointer<UInt8>, _ texts: TextArena,
        _ body: (Group) -> Void
    ) {
        for place in waiting
        where texts.with(chunk[place].offset, chunk[place].lowerLength, { ByteSearch.contains(needle, in: $0) }) {
            body(chunk[place])
        }
        waiting.removeAll(keepingCapacity: true)
    }

    /// Calls `body` with a group of each spelling and how many slots of `matches` have it.
    /// - Parameter readsTexts: whether `body` reads nearly all of the values: they lie all over a large memory.
    func forEachCount(
        within matches: Bitmap?, _ texts: TextArena, readsTexts: Bool, _ body: (Group, Int) -> Void
    ) {
        var last: Group?
        func tell(_ group: Group) {
            let count = matches.map { group.slots.countShared(with: $0) } ?? group.slots.count
            if count > 0 { body(group, count) }
        }
        func take(_ group: Group) {
            // The same spelling as a value and as an element counts once for each slot.
            if var both = last, both.isElement != group.isElement, KeyOrder.haveSameText(both, group, texts) {
                group.slots.forEach { both.slots.insert($0) }
                last = both
            } else {
                last.map(tell)
                last = group
            }
        }
        if readsTexts {
            groups.forEach(fetching: { texts.prefetch($0.writtenOffset) }, take)
        } else {
            groups.forEach(take)
        }
        last.map(tell)
    }
}
