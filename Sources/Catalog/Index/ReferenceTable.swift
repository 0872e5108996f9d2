import EntityModel

/// The numbers of entity references. Whatever is named by a relation has one, whether or not it exists, so that edges
/// survive the deletion and return of either end.
struct ReferenceTable: Sendable {
    private struct Entry {
        let offset: UInt32
        /// The top bit marks what JSON writes with escapes.
        private let lengthAndMark: UInt32

        init(offset: UInt32, of bytes: UnsafeBufferPointer<UInt8>) {
            self.offset = offset
            lengthAndMark = UInt32(bytes.count) & 0x7FFF_FFFF | (JSONWriter.isPlain(bytes) ? 0 : 0x8000_0000)
        }

        var length: UInt32 { lengthAndMark & 0x7FFF_FFFF }
        var isPlain: Bool { lengthAndMark & 0x8000_0000 == 0 }
    }

    private var entries = ChunkedArray<Entry>()
    /// Open addressing with linear steps. A place has a number plus one and above it a part of the text's hash, so that
    /// most of what is not the same is told without its text, which lies anywhere in memory; zero for empty.
    private var table = Self.places(64)

    var count: Int { entries.count }

    /// The number of a reference, given one where it has none.
    /// - Parameter hash: `StableHash` of the reference.
    mutating func number(of bytes: UnsafeBufferPointer<UInt8>, hash: UInt64, _ texts: inout TextArena) -> UInt32 {
        let place = place(of: bytes, hash, texts)
        if let number = Self.number(at: table[place]) { return number }
        let number = UInt32(entries.count)
        entries.append(Entry(offset: texts.add(bytes), of: bytes))
        table.set(place, to: hash << 32 | UInt64(number) + 1)
        if entries.count * 3 > table.count * 2 { grow() }
        return number
    }

    /// All numbers, in the order of the references' texts.
    func inOrder(_ texts: TextArena) -> [UInt32] {
        let order = ByteSort.order(count: count) { number, body in
            let entry = entries[number]
            texts.with(entry.offset, Int(entry.length), body)
        } fetch: {
            texts.prefetch(entries[$0].offset)
        }
        return order.map { UInt32($0) }
    }

    func existingNumber(of reference: String, _ texts: TextArena) -> UInt32? {
        reference.withBytes { bytes in
            Self.number(at: table[place(of: bytes, StableHash.of(bytes), texts)])
        }
    }

    /// What is read one after another to find a reference.
    enum Step { case place, entry, text }

    /// Begins to fetch what a step needs to find the reference with a hash; the steps before have it by now.
    func prefetch(_ hash: UInt64, _ step: Step, _ texts: TextArena) {
        let place = Int(UInt32(truncatingIfNeeded: hash)) & (table.count - 1)
        if step == .place { return table.prefetch(place) }
        guard let number = Self.number(at: table[place]) else { return }
        if step == .entry { entries.prefetch(Int(number)) } else { texts.prefetch(entries[Int(number)].offset) }
    }

    /// Begins to fetch where the text of a reference is, and then the text.
    @inline(__always)
    func prefetchPlace(_ number: UInt32) { entries.prefetch(Int(number)) }

    @inline(__always)
    func prefetch(_ number: UInt32, _ texts: TextArena) { texts.prefetch(entries[Int(number)].offset) }

    func text(_ number: UInt32, _ texts: TextArena) -> String {
        let entry = entries[Int(number)]
        return texts.text(entry.offset, Int(entry.length))
    }

    func with<Result>(
        _ number: UInt32, _ texts: TextArena, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let entry = entries[Int(number)]
        return texts.with(entry.offset, Int(entry.length), body)
    }

    /// Appends a reference as JSON, without the quotes around it.
    @inline(__always)
    func appendJSON(_ number: UInt32, _ texts: TextArena, to out: inout [UInt8]) {
        let entry = entries[Int(number)]
        texts.with(entry.offset, Int(entry.length)) { bytes in
            if entry.isPlain { out.append(contentsOf: bytes) } else { JSONWriter.append(contentOf: bytes, to: &out) }
        }
    }

    /// A reference as a value of a column; it refers to the same text.
    func group(_ number: UInt32, _ texts: TextArena, _ slots: PostingSet) -> KeyColumn.Group {
        let entry = entries[Int(number)]
        return texts.with(entry.offset, Int(entry.length)) {
            KeyColumn.Group(existing: entry.offset, $0, slots: slots)
        }
    }

    func compare(_ left: UInt32, _ right: UInt32, _ texts: TextArena) -> Int {
        with(left, texts) { one in with(right, texts) { ByteOrder.compare(one, $0) } }
    }

    private static func places(_ count: Int) -> ChunkedArray<UInt64> {
        var places = ChunkedArray<UInt64>()
        for _ in 0..<count { places.append(0) }
        return places
    }

    @inline(__always)
    private static func number(at place: UInt64) -> UInt32? {
        let low = UInt32(truncatingIfNeeded: place)
        return low == 0 ? nil : low - 1
    }

    /// Where a text is, or would be put.
    private func place(of bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ texts: TextArena) -> Int {
        let mask = table.count - 1
        let tag = UInt32(truncatingIfNeeded: hash)
        var place = Int(tag) & mask
        while case let found = table[place], let number = Self.number(at: found) {
            if UInt32(truncatingIfNeeded: found >> 32) == tag,
                with(number, texts, { ByteOrder.compare($0, bytes) }) == 0
            {
                break
            }
            place = (place + 1) & mask
        }
        return place
    }

    private mutating func grow() {
        let old = table
        table = Self.places(old.count * 2)
        let mask = table.count - 1
        for index in 0..<old.count where old[index] != 0 {
            var place = Int(old[index] >> 32) & mask
            while table[place] != 0 { place = (place + 1) & mask }
            table.set(place, to: old[index])
        }
    }
}
