/// What a token is; what has no kind, as punctuation, keeps the colour of the block and costs no element.
enum TokenKind {
    case key, string, number, keyword, comment, type

    var start: StaticString {
        switch self {
        case .key: "<i class=\"k\">"
        case .string: "<i class=\"s\">"
        case .number: "<i class=\"n\">"
        case .keyword: "<i class=\"w\">"
        case .comment: "<i class=\"c\">"
        case .type: "<i class=\"t\">"
        }
    }
}

/// Walks over the bytes of a text and writes them as markup, some of them marked.
///
/// Whatever a tokeniser does, each byte is written once and in order: `mark` writes what lies before the token as it
/// is, and refuses what was written already. Nothing goes back, so time grows with the text alone.
struct CodeScanner {
    /// More tokens than this are left unmarked: a browser has to keep an element for each.
    static let mostMarks = 25_000

    let bytes: [UInt8]
    private(set) var index = 0
    private var out: [UInt8] = []
    private var written = 0
    private var marks = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        out.reserveCapacity(bytes.count * 2)
    }

    var isAtEnd: Bool { index >= bytes.count }
    /// The byte at hand; 0 at the end.
    var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }
    func byte(after count: Int) -> UInt8 { index + count < bytes.count ? bytes[index + count] : 0 }

    /// The byte before the one at hand; a line break at the start.
    var previous: UInt8 { index > 0 ? bytes[index - 1] : Sign.newline }

    mutating func advance(_ count: Int = 1) { index = min(index + count, bytes.count) }

    @inline(__always)
    mutating func skip(while isMatch: (UInt8) -> Bool) {
        while index < bytes.count, isMatch(bytes[index]) { index += 1 }
    }

    /// Up to the line break, not behind it.
    mutating func skipLine() { skip { $0 != Sign.newline } }

    /// Behind the next place of these bytes, or to the end.
    mutating func skip(past end: StaticString) {
        while !isAtEnd, !starts(with: end) { index += 1 }
        advance(end.utf8CodeUnitCount)
    }

    func starts(with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        return text.withUTF8Buffer { text in
            for offset in 0..<count where bytes[index + offset] != text[offset] { return false }
            return true
        }
    }

    /// Behind the end of a text in quotes; the byte at hand opens it.
    mutating func skipQuoted(escape: UInt8?, isOneLine: Bool) {
        let quote = byte
        advance()
        while !isAtEnd {
            if byte == escape {
                advance(byte(after: 1) == Sign.newline && isOneLine ? 1 : 2)
            } else if byte == quote {
                return advance()
            } else if isOneLine, byte == Sign.newline {
                return
            } else {
                advance()
            }
        }
    }

    /// Marks the bytes between a place and another, or the one that was reached.
    mutating func mark(_ kind: TokenKind, from start: Int, to end: Int? = nil) {
        let end = min(end ?? index, bytes.count)
        guard start >= written, start < end, marks < Self.mostMarks else { return }
        marks += 1
        write(to: start)
        kind.start.withUTF8Buffer { out.append(contentsOf: $0) }
        write(to: end)
        out.append(contentsOf: Self.close)
    }

    /// All of the text as markup.
    mutating func finish() -> [UInt8] {
        write(to: bytes.count)
        return out
    }

    private static let close = Array("</i>".utf8)

    private mutating func write(to end: Int) {
        var start = written
        var index = written
        while index < end {
            if let reference = Self.reference(bytes[index]) {
                out.append(contentsOf: bytes[start..<index])
                reference.withUTF8Buffer { out.append(contentsOf: $0) }
                start = index + 1
            }
            index += 1
        }
        out.append(contentsOf: bytes[start..<end])
        written = end
    }

    /// As the kit escapes element content; quotes are none of the signs that need it there.
    @inline(__always)
    private static func reference(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case 0...8, 0x0B, 0x0C, 0x0E...0x1F, 0x7F: "\u{FFFD}"
        default: nil
        }
    }
}

/// Bytes that more than one language asks for.
enum Sign {
    static let newline = UInt8(ascii: "\n")
    static let quote = UInt8(ascii: "\"")
    static let apostrophe = UInt8(ascii: "'")
    static let backslash = UInt8(ascii: "\\")
    static let colon = UInt8(ascii: ":")
    static let hash = UInt8(ascii: "#")

    /// A space, a tab, or the first half of a line break.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") }
    static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
    static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
    /// Digits, signs, a point, and the letters of exponents and hexadecimal numbers.
    static func isOfNumber(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            || (byte | 0x20) &- 0x61 < 6 || byte | 0x20 == UInt8(ascii: "x")
    }
}

/// A few words of up to sixteen bytes that are found without making a text of each candidate.
struct WordSet {
    private let words: Set<UInt128>

    init(_ words: String) { self.words = Set(words.split(separator: " ").map { Self.packed($0.utf8) }) }

    func contains(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count <= 16 && !bytes.isEmpty && words.contains(Self.packed(bytes))
    }

    private static func packed(_ bytes: some Sequence<UInt8>) -> UInt128 {
        bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }
}
