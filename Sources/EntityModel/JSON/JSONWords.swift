/// Tests of eight bytes of JSON at once.
enum JSONWords {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080
    private static let quotes = ones &* UInt64(UInt8(ascii: "\""))
    private static let backslashes = ones &* UInt64(UInt8(ascii: "\\"))

    /// Whether any byte is a quote or a backslash.
    @inline(__always)
    static func endsText(_ word: UInt64) -> Bool { hasZero(word ^ quotes) || hasZero(word ^ backslashes) }

    /// Whether any byte is one that a text in JSON must escape.
    @inline(__always)
    static func needsEscape(_ word: UInt64) -> Bool { endsText(word) || hasControl(word) }

    @inline(__always)
    private static func hasZero(_ word: UInt64) -> Bool { (word &- ones) & ~word & tops != 0 }

    /// Whether any byte is below a space.
    @inline(__always)
    private static func hasControl(_ word: UInt64) -> Bool { (word &- ones &* 0x20) & ~word & tops != 0 }
}
