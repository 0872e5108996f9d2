/// Puts texts in the order of their bytes.
///
/// They are sorted by eight bytes, and those that are alike in them again by the next eight: a text is looked at once
/// for each eight bytes, and not in every comparison. What all texts of a run begin with is passed over at once.
struct ByteSort {
    private typealias Key = (part: UInt64, number: Int)
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Calls its closure with the bytes of a text.
    private let text: (Int, (Bytes) -> Void) -> Void
    /// Begins to fetch a text that will be read: once they are in order, they are anywhere in memory.
    private let fetch: (Int) -> Void
    /// Whether one text comes before another that has the same bytes.
    private let tie: (Int, Int) -> Bool

    /// Texts between fetching one and its turn.
    private static let ahead = 12
    /// Runs that are shorter are hardly worth a look at what they begin with.
    private static let leastShared = 32

    /// - Parameters:
    ///   - text: calls its closure with the bytes of a text.
    ///   - fetch: begins to fetch the bytes of a text.
    ///   - tie: whether one text comes before another that has the same bytes.
    /// - Returns: the numbers of the texts in their order.
    static func order(
        count: Int, _ text: (Int, (Bytes) -> Void) -> Void, fetch: (Int) -> Void = { _ in },
        tie: (Int, Int) -> Bool = { $0 < $1 }
    ) -> [Int] {
        withoutActuallyEscaping(text) { text in
            withoutActuallyEscaping(fetch) { fetch in
                withoutActuallyEscaping(tie) { tie in
                    var keys = (0..<count).map { (part: UInt64(0), number: $0) }
                    let sort = ByteSort(text: text, fetch: fetch, tie: tie)
                    keys.withUnsafeMutableBufferPointer { sort.sort($0, depth: 0) }
                    return keys.map(\.number)
                }
            }
        }
    }

    /// Sorts texts that are alike up to a depth.
    private func sort(_ run: UnsafeMutableBufferPointer<Key>, depth: Int) {
        var keys = run
        let depth = keys.count < Self.leastShared ? depth : depthOfDifference(keys, from: depth)
        var haveEnded = true
        for index in keys.indices {
            if index + Self.ahead < keys.count { fetch(keys[index + Self.ahead].number) }
            text(keys[index].number) { bytes in
                keys[index].part = Self.part(of: bytes, depth)
                if bytes.count > depth { haveEnded = false }
            }
        }
        // A text that ends is like one that goes on with zeros; both then end in the same way, or one goes on.
        if haveEnded { return keys.sort { isShorter($0, $1) ?? tie($0.number, $1.number) } }
        keys.sort { $0.part < $1.part }
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end].part == keys[start].part { end += 1 }
            if end - start > 1 { sort(UnsafeMutableBufferPointer(rebasing: keys[start..<end]), depth: depth + 8) }
            start = end
        }
    }

    /// How far texts are alike that are so up to a depth; no further than the shortest.
    private func depthOfDifference(_ keys: UnsafeMutableBufferPointer<Key>, from depth: Int) -> Int {
        var alike = Int.max
        text(keys[0].number) { first in
            alike = first.count
            for index in keys.indices.dropFirst() {
                if alike <= depth { return }
                if index + Self.ahead < keys.count { fetch(keys[index + Self.ahead].number) }
                text(keys[index].number) { alike = Self.alike($0, first, from: depth, to: min(alike, $0.count)) }
            }
        }
        return max(alike, depth)
    }

    /// Up to where two texts have the same bytes.
    private static func alike(_ one: Bytes, _ other: Bytes, from start: Int, to end: Int) -> Int {
        var index = start
        while index + 8 <= end, part(of: one, index) == part(of: other, index) { index += 8 }
        while index < end, one[index] == other[index] { index += 1 }
        return min(index, end)
    }

    /// Nil where both have the same length.
    private func isShorter(_ left: Key, _ right: Key) -> Bool? {
        var (one, other) = (0, 0)
        text(left.number) { one = $0.count }
        text(right.number) { other = $0.count }
        return one == other ? nil : one < other
    }

    /// The eight bytes after a depth, which compare as they do; zeros after the end.
    private static func part(of bytes: Bytes, _ depth: Int) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        if raw.count >= depth + 8 {
            return UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: depth, as: UInt64.self))
        }
        var result: UInt64 = 0
        for index in depth..<(depth + 8) { result = result << 8 | (index < raw.count ? UInt64(raw[index]) : 0) }
        return result
    }
}
