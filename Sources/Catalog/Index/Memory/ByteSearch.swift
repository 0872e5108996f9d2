import Foundation

/// Which pairs of neighbouring bytes a text has, as 64 bits: what lacks a pair of the needle need not be searched.
struct BigramSignature: Sendable {
    private var bits: UInt64 = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count > 1 else { return }
        for index in 1..<bytes.count {
            let pair = UInt64(bytes[index - 1]) << 8 | UInt64(bytes[index])
            // Shifts bind more strongly than products here.
            bits |= 1 << ((pair &* 0x9E37_79B9_7F4A_7C15) >> 58)
        }
    }

    /// False where the other text cannot be within this one.
    @inline(__always)
    func mayContain(_ other: BigramSignature) -> Bool { bits & other.bits == other.bits }
}

/// Search within bytes.
enum ByteSearch {
    static func contains(_ byte: UInt8, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = text.baseAddress else { return false }
        return memchr(start, Int32(byte), text.count) != nil
    }

    static func contains(_ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let sought = needle.baseAddress, !needle.isEmpty else { return true }
        guard let start = text.baseAddress, text.count >= needle.count else { return false }
        // Where it may begin, and so far from the end that it fits.
        var rest = start
        let end = start + (text.count - needle.count)
        while rest <= end, let found = memchr(rest, Int32(needle[0]), end - rest + 1) {
            if memcmp(found, sought, needle.count) == 0 { return true }
            rest = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) + 1
        }
        return false
    }
}
