/// A hash of 64 bits that is the same in every process, unlike `Hasher`. For change detection, not for security.
///
/// FNV-1a over words of eight bytes with a final mix: over single bytes it costs eight times as much.
package enum StableHash {
    private static let prime: UInt64 = 0x100_0000_01b3
    private static let start: UInt64 = 0xcbf2_9ce4_8422_2325

    package static func of(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBufferPointer { of($0) } }

    package static func of(_ text: String) -> UInt64 { text.withBytes { of($0) } }

    package static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = start ^ UInt64(bytes.count)
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index + 8 <= raw.count {
            hash = mixed(hash, UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            index += 8
        }
        var rest: UInt64 = 0
        while index < raw.count {
            rest = rest << 8 | UInt64(raw[index])
            index += 1
        }
        hash = mixed(hash, rest)
        hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ (hash >> 29)
    }

    @inline(__always)
    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        return (product ^ (product >> 32)) &* prime
    }

    /// 16 hexadecimal digits.
    package static func text(_ hash: UInt64) -> String {
        var out: [UInt8] = []
        append(hash, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Appends 16 hexadecimal digits.
    static func append(_ hash: UInt64, to out: inout [UInt8]) {
        // Each half of four bytes is spread, a digit to a byte, and made a letter or a figure all at once.
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { digits in
            digits.storeBytes(of: letters(UInt32(truncatingIfNeeded: hash >> 32)).bigEndian, as: UInt64.self)
            digits.storeBytes(
                of: letters(UInt32(truncatingIfNeeded: hash)).bigEndian, toByteOffset: 8, as: UInt64.self)
            out.append(contentsOf: digits)
        }
    }

    private static func letters(_ half: UInt32) -> UInt64 {
        var digits = UInt64(half)
        digits = (digits << 16 | digits) & 0x0000_FFFF_0000_FFFF
        digits = (digits << 8 | digits) & 0x00FF_00FF_00FF_00FF
        digits = (digits << 4 | digits) & 0x0F0F_0F0F_0F0F_0F0F
        let isLetter = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return digits &+ 0x3030_3030_3030_3030 &+ isLetter &* 0x27
    }
}
