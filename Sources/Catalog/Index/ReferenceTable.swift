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
    /// Open addressing with linear steps; a number plus one, zero for empty.
    private var table = [UInt32](repeating: 0, count: 64)

    var count: Int { entries.count }

    /// The number of a reference, given one where it has none.
    mutating func number(of bytes: UnsafeBufferPointer<UInt8>, _ texts: inout TextArena) -> UInt32 {
        let place = place(of: bytes, texts)
        if table[place] != 0 { return table[place] - 1 }
        let number = UInt32(entries.count)
        entries.append(Entry(offset: texts.add(bytes), of: bytes))
        table[place] = number + 1
        if entries.count * 3 > table.count * 2 { grow(texts) }
        return number
    }

    /// All numbers, in the order of the references' texts.
    func inOrder(_ texts: TextArena) -> [UInt32] {
        let order = ByteSort.order(count: count) { number, body in
            let entry = entries[number]
            texts.with(entry.offset, Int(entry.length), body)
        }
        return order.map { UInt32($0) }
    }

    func existingNumber(of reference: String, _ texts: TextArena) -> UInt32? {
        reference.withBytes { bytes in
            let found = table[place(of: bytes, texts)]
            return found == 0 ? nil : found - 1
        }
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

    private func place(of bytes: UnsafeBufferPointer<UInt8>, _ texts: TextArena) -> Int {
        let mask = table.count - 1
        var place = Int(truncatingIfNeeded: StableHash.of(bytes)) & mask
        while table[place] != 0 {
            if with(table[place] - 1, texts, { ByteOrder.compare($0, bytes) }) == 0 { break }
            place = (place + 1) & mask
        }
        return place
    }

    private mutating func grow(_ texts: TextArena) {
        table = [UInt32](repeating: 0, count: table.count * 2)
        let mask = table.count - 1
        for number in 0..<UInt32(entries.count) {
            var place = with(number, texts) { Int(truncatingIfNeeded: StableHash.of($0)) } & mask
            while table[place] != 0 { place = (place + 1) & mask }
            table[place] = number + 1
        }
    }
}
