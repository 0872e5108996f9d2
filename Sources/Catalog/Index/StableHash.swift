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
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: hash >> UInt64(shift)) & 15
            out.append(digit < 10 ? digit + 48 : digit + 87)
        }
    }
}
