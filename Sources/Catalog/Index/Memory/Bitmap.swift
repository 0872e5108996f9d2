/// A growing set of small numbers, one bit each.
package struct Bitmap: Sendable, Equatable {
    private var words: [UInt64]

    package init(capacity: Int = 0) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

    package init(_ slots: [UInt32], capacity: Int = 0) {
        self.init(capacity: max(capacity, Int(slots.max() ?? 0) + 1))
        for slot in slots { insert(slot) }
    }

    /// What its words take.
    var byteCount: Int { words.count * 8 }

    /// Of all its words, in few steps: to tell sets apart, which are compared where it is the same.
    var mixed: UInt64 {
        var mixed: UInt64 = 0
        for word in words where word != 0 { mixed = (mixed ^ word) &* 0x9E37_79B9_7F4A_7C15 }
        return mixed
    }

    package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    package func contains(_ slot: UInt32) -> Bool {
        let word = Int(slot >> 6)
        return word < words.count && words[word] & (1 << UInt64(slot & 63)) != 0
    }

    /// Calls `body` with the words of 64 bits, for loops that look at many.
    @inline(__always)
    func withWords<Result>(_ body: (UnsafeBufferPointer<UInt64>) -> Result) -> Result {
        words.withUnsafeBufferPointer(body)
    }

    package mutating func insert(_ slot: UInt32) {
        reserve(Int(slot) + 1)
        words[Int(slot >> 6)] |= 1 << UInt64(slot & 63)
    }

    package mutating func remove(_ slot: UInt32) {
        let word = Int(slot >> 6)
        if word < words.count { words[word] &= ~(1 << UInt64(slot & 63)) }
    }

    package mutating func reserve(_ capacity: Int) {
        let needed = (capacity + 63) / 64
        if words.count < needed { words += [UInt64](repeating: 0, count: needed - words.count) }
    }

    package mutating func formIntersection(_ other: Bitmap) {
        let shared = min(words.count, other.words.count)
        words.withUnsafeMutableBufferPointer { words in
            other.words.withUnsafeBufferPointer { other in for index in 0..<shared { words[index] &= other[index] } }
            for index in shared..<words.count { words[index] = 0 }
        }
    }

    package func intersection(_ other: Bitmap) -> Bitmap {
        var result = self
        result.formIntersection(other)
        return result
    }

    package mutating func formUnion(_ other: Bitmap) {
        reserve(other.words.count * 64)
        words.withUnsafeMutableBufferPointer { words in
            other.words.withUnsafeBufferPointer { other in for index in other.indices { words[index] |= other[index] } }
        }
    }

    package mutating func subtract(_ other: Bitmap) {
        let shared = min(words.count, other.words.count)
        words.withUnsafeMutableBufferPointer { words in
            other.words.withUnsafeBufferPointer { other in for index in 0..<shared { words[index] &= ~other[index] } }
        }
    }

    package func countShared(with other: Bitmap) -> Int {
        let shared = min(words.count, other.words.count)
        return words.withUnsafeBufferPointer { words in
            other.words.withUnsafeBufferPointer { other in
                var sum = 0
                for index in 0..<shared { sum &+= (words[index] & other[index]).nonzeroBitCount }
                return sum
            }
        }
    }

    /// The first of its members, in order.
    package func first(_ most: Int) -> [UInt32] {
        var found: [UInt32] = []
        for (index, word) in words.enumerated() where found.count < most {
            var rest = word
            while rest != 0, found.count < most {
                found.append(UInt32(index * 64 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        return found
    }

    @inline(__always)
    package func forEach(_ body: (UInt32) throws -> Void) rethrows {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                try body(UInt32(index * 64 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
    }

    package static func == (left: Bitmap, right: Bitmap) -> Bool {
        let shared = min(left.words.count, right.words.count)
        return left.words[..<shared] == right.words[..<shared]
            && left.words[shared...].allSatisfy { $0 == 0 } && right.words[shared...].allSatisfy { $0 == 0 }
    }
}
