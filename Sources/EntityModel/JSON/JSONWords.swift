/// Tests of eight bytes of JSON at once.
enum JSONWords {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080
    private static let quotes = ones &* UInt64(UInt8(ascii: "\""))
    private static let backslashes = ones &* UInt64(UInt8(ascii: "\\"))

    /// How many bytes come before the first quote or backslash of a word that was read in little-endian order; 8 where
    /// there is none.
    @inline(__always)
    static func lengthOfText(_ word: UInt64) -> Int {
        (zeros(word ^ quotes) | zeros(word ^ backslashes)).trailingZeroBitCount >> 3
    }

    /// How many bytes come before the first that a text in JSON must escape; 8 where there is none.
    @inline(__always)
    static func lengthOfPlain(_ word: UInt64) -> Int {
        (zeros(word ^ quotes) | zeros(word ^ backslashes) | controls(word)).trailingZeroBitCount >> 3
    }

    /// Whether any byte is below a space.
    @inline(__always)
    static func hasControl(_ word: UInt64) -> Bool { controls(word) != 0 }

    /// Whether all bytes are ASCII.
    @inline(__always)
    static func isASCII(_ word: UInt64) -> Bool { word & tops == 0 }

    /// How many bytes come before the first quote, bracket or brace; 8 where there is none.
    @inline(__always)
    static func lengthOfFlat(_ word: UInt64) -> Int {
        // Brackets and braces differ in one bit.
        let lowered = word | ones &* 0x20
        return (zeros(word ^ quotes) | zeros(lowered ^ openBraces) | zeros(lowered ^ closeBraces)).trailingZeroBitCount
            >> 3
    }

    private static let openBraces = ones &* UInt64(UInt8(ascii: "{"))
    private static let closeBraces = ones &* UInt64(UInt8(ascii: "}"))

    /// The top bit of the first byte that is zero, and of none before it.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }

    /// The top bit of the first byte below a space, and of none before it.
    @inline(__always)
    private static func controls(_ word: UInt64) -> UInt64 { (word &- ones &* 0x20) & ~word & tops }
}
