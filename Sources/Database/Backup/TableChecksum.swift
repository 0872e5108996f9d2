/// What tells whether two tables have the same rows, whatever their order and whichever engine keeps them.
///
/// Each row has a hash of 128 bits over its values and their types; those of all rows are added. It finds what was lost,
/// doubled or changed by accident; it is no proof against somebody who means to deceive.
struct TableChecksum: Sendable, Hashable {
    private(set) var rows: Int64 = 0
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    mutating func add(_ values: [SQLValue]) {
        var hash = RowHash()
        for value in values { hash.add(value) }
        rows += 1
        low &+= hash.low
        high &+= hash.high
    }

    /// 32 digits.
    var text: String { Self.digits(high) + Self.digits(low) }

    private static func digits(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}

/// Two independent mixing hashes, eight bytes at a time.
private struct RowHash {
    private var first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var second: UInt64 = 0xC2B2_AE3D_27D4_EB4F

    mutating func add(_ value: SQLValue) {
        switch value {
        case .null: mix(1)
        case .integer(let integer):
            mix(2)
            mix(UInt64(bitPattern: integer))
        case .double(let double):
            mix(3)
            mix(double.bitPattern)
        case .text(var text):
            mix(4)
            text.withUTF8 { mix(UnsafeRawBufferPointer($0)) }
        case .blob(let bytes):
            mix(5)
            bytes.withUnsafeBytes { mix($0) }
        }
    }

    private mutating func mix(_ bytes: UnsafeRawBufferPointer) {
        mix(UInt64(bytes.count))
        var offset = 0
        while offset + 8 <= bytes.count {
            mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        if offset == bytes.count { return }
        var rest: UInt64 = 0
        for index in offset..<bytes.count { rest |= UInt64(bytes[index]) << UInt64(8 * (index - offset)) }
        mix(rest)
    }

    private mutating func mix(_ word: UInt64) {
        first = Self.spread(first ^ word &* 0xFF51_AFD7_ED55_8CCD)
        second = Self.spread(second &+ word) &* 0x9FB2_1C65_1E98_DF25
    }

    private static func spread(_ word: UInt64) -> UInt64 {
        let turned = (word ^ (word >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return turned ^ (turned >> 29)
    }

    var low: UInt64 { Self.spread(first) }
    var high: UInt64 { Self.spread(second) }
}
