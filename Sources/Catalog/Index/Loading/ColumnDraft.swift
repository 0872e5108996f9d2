/// The values of one key on their way into a column: in no order yet, but with the texts in the arena.
struct ColumnDraft: Sendable {
    /// Keys with more values than this keep further ones apart.
    private static let mostCommon = 1_024

    private(set) var present: [UInt32] = []
    /// Values that many entities have, each once and without slots; `slots` and `hashes` go with them.
    private var common: [KeyColumn.Group] = []
    private var slots: [[UInt32]] = []
    private var hashes: [UInt64] = []
    /// Open addressing with linear steps over the common values; a number plus one, zero for empty.
    private var table: [UInt32] = []
    /// Values beyond that, perhaps more than once.
    private var rare: [KeyColumn.Group] = []
    private var isMostlyRare = false

    /// How many values there are to sort.
    var size: Int { common.count + rare.count }

    /// The slot has the key, with or without a value.
    mutating func add(_ slot: UInt32) { if present.last != slot { present.append(slot) } }

    /// - Parameter written: the value as it was written, where it is not in lowercase letters already; else empty.
    mutating func add(
        _ lower: UnsafeBufferPointer<UInt8>, written: UnsafeBufferPointer<UInt8>, isElement: Bool, _ slot: UInt32,
        _ texts: inout TextArena
    ) {
        add(slot)
        if isMostlyRare { return addRare(lower, written, isElement, slot, &texts) }
        if table.isEmpty { table = [UInt32](repeating: 0, count: 16) }
        let hash = StableHash.of(written.isEmpty ? lower : written) &+ (isElement ? 1 : 0)
        var place = Int(truncatingIfNeeded: hash >> 7) & (table.count - 1)
        while table[place] != 0 {
            let number = Int(table[place] - 1)
            if hashes[number] == hash, common[number].isSame(lower, written, isElement, texts) {
                if slots[number].last != slot { slots[number].append(slot) }
                return
            }
            place = (place + 1) & (table.count - 1)
        }
        if common.count == Self.mostCommon { return addRare(lower, written, isElement, slot, &texts) }
        common.append(.init(lower: lower, written: written, isElement: isElement, in: &texts, slots: .empty))
        slots.append([slot])
        hashes.append(hash)
        table[place] = UInt32(common.count)
        if common.count * 2 > table.count { grow() }
    }

    private mutating func addRare(
        _ lower: UnsafeBufferPointer<UInt8>, _ written: UnsafeBufferPointer<UInt8>, _ isElement: Bool, _ slot: UInt32,
        _ texts: inout TextArena
    ) {
        rare.append(.init(lower: lower, written: written, isElement: isElement, in: &texts, slots: .single(slot)))
        // Names and the like: nearly every value is a new one, and looking for it is in vain.
        isMostlyRare = isMostlyRare || rare.count > 4_096 && rare.count > present.count / 2
    }

    private mutating func grow() {
        table = [UInt32](repeating: 0, count: table.count * 2)
        for (number, hash) in hashes.enumerated() {
            var place = Int(truncatingIfNeeded: hash >> 7) & (table.count - 1)
            while table[place] != 0 { place = (place + 1) & (table.count - 1) }
            table[place] = UInt32(number) + 1
        }
    }

    /// The column in its order.
    func column(_ texts: TextArena) -> KeyColumn {
        var groups = rare
        groups.reserveCapacity(size)
        for (group, slots) in zip(common, slots) {
            var group = group
            group.slots = PostingSet(slots)
            groups.append(group)
        }
        return KeyColumn(present: PostingSet(present), groups: KeyOrder.merged(KeyOrder.sorted(groups, texts), texts))
    }
}

extension KeyColumn.Group {
    /// Whether it is the group of a value.
    @inline(__always)
    func isSame(
        _ lower: UnsafeBufferPointer<UInt8>, _ written: UnsafeBufferPointer<UInt8>, _ isElement: Bool,
        _ texts: TextArena
    ) -> Bool {
        guard self.isElement == isElement, lowerLength == lower.count else { return false }
        let text = written.isEmpty ? lower : written
        guard writtenLength == text.count else { return false }
        return texts.with(writtenOffset, text.count) { ByteOrder.compare($0, text) == 0 }
    }
}

extension PostingSet {
    /// - Parameter slots: in any order, and some perhaps twice.
    init(_ slots: [UInt32]) {
        if slots.count > Self.longestList {
            self = .bitmap(Bitmap(slots))
            return
        }
        var list: [UInt32] = []
        list.reserveCapacity(slots.count)
        for slot in slots.sorted() where slot != list.last { list.append(slot) }
        self = list.count == 1 ? .single(list[0]) : .sorted(list)
    }
}
