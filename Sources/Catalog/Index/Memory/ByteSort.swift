/// Puts texts in the order of their bytes.
///
/// They are sorted by eight bytes, and those that are alike in them again by the next eight: a text is looked at once
/// for each eight bytes, and not in every comparison.
enum ByteSort {
    private typealias Key = (part: UInt64, number: Int)

    /// - Parameter text: calls its closure with the bytes of a text.
    /// - Parameter tie: whether one text comes before another that has the same bytes.
    /// - Returns: the numbers of the texts in their order.
    static func order(
        count: Int, _ text: (Int, (UnsafeBufferPointer<UInt8>) -> Void) -> Void,
        tie: (Int, Int) -> Bool = { $0 < $1 }
    ) -> [Int] {
        var keys = (0..<count).map { (part: UInt64(0), number: $0) }
        keys.withUnsafeMutableBufferPointer { sort($0, text, tie, depth: 0) }
        return keys.map(\.number)
    }

    /// Sorts texts that are alike up to a depth.
    private static func sort(
        _ run: UnsafeMutableBufferPointer<Key>, _ text: (Int, (UnsafeBufferPointer<UInt8>) -> Void) -> Void,
        _ tie: (Int, Int) -> Bool, depth: Int
    ) {
        var keys = run
        var haveEnded = true
        for index in keys.indices {
            text(keys[index].number) { bytes in
                keys[index].part = part(of: bytes, depth)
                if bytes.count > depth { haveEnded = false }
            }
        }
        // A text that ends is like one that goes on with zeros; both then end in the same way, or one goes on.
        if haveEnded { return keys.sort { isShorter($0, $1, text) ?? tie($0.number, $1.number) } }
        keys.sort { $0.part < $1.part }
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end].part == keys[start].part { end += 1 }
            if end - start > 1 {
                sort(UnsafeMutableBufferPointer(rebasing: keys[start..<end]), text, tie, depth: depth + 8)
            }
            start = end
        }
    }

    /// Nil where both have the same length.
    private static func isShorter(
        _ left: Key, _ right: Key, _ text: (Int, (UnsafeBufferPointer<UInt8>) -> Void) -> Void
    ) -> Bool? {
        var (one, other) = (0, 0)
        text(left.number) { one = $0.count }
        text(right.number) { other = $0.count }
        return one == other ? nil : one < other
    }

    /// The eight bytes after a depth, which compare as they do; zeros after the end.
    private static func part(of bytes: UnsafeBufferPointer<UInt8>, _ depth: Int) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        if raw.count >= depth + 8 {
            return UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: depth, as: UInt64.self))
        }
        var result: UInt64 = 0
        for index in depth..<(depth + 8) { result = result << 8 | (index < raw.count ? UInt64(raw[index]) : 0) }
        return result
    }
}
