/// What is wrong with a JSON text, and where.
public struct JSONParseError: Error, Sendable, Hashable, CustomStringConvertible {
    public let message: String
    /// Zero-based byte offset.
    public let offset: Int
    /// One-based.
    public let line: Int
    /// One-based, in bytes.
    public let column: Int

    public var description: String { "\(message) at line \(line), column \(column)" }
}

/// Reads JSON after RFC 8259, and nothing that is not JSON.
public enum JSONParser {
    /// Deeper nesting is refused: it has no use and costs stack.
    public static let deepestNesting = 512

    /// - Parameter longestText: how many bytes of a text are wanted; longer ones are cut and end with `…`. What is cut
    ///   off is passed over without a look at it.
    /// - Throws: `JSONParseError` for anything but one value in valid UTF-8.
    public static func parse(_ bytes: [UInt8], longestText: Int? = nil) throws(JSONParseError) -> JSONValue {
        do {
            return try bytes.withUnsafeBufferPointer { buffer throws(Scanner.Failure) in
                var scanner = Scanner(bytes: buffer, longestText: longestText ?? .max)
                return try scanner.document()
            }
        } catch {
            let before = bytes[..<min(error.offset, bytes.count)]
            let lineStart = (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
            throw JSONParseError(
                message: error.message, offset: error.offset,
                line: before.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }, column: error.offset - lineStart + 1
            )
        }
    }
}

private struct Scanner {
    struct Failure: Error {
        let message: String
        let offset: Int
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let longestText: Int
    var index = 0
    var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>, longestText: Int) {
        self.bytes = bytes
        self.longestText = longestText
    }

    mutating func document() throws(Failure) -> JSONValue {
        let result = try value()
        skipSpace()
        if index < bytes.count { throw fail("Unexpected text after the JSON value") }
        return result
    }

    /// Space, tabulator and the ends of lines, a bit each.
    private static let spaces: UInt64 = 1 << 0x20 | 1 << 0x09 | 1 << 0x0A | 1 << 0x0D

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func fail(_ message: String) -> Failure { Failure(message: message, offset: index) }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] <= 0x20, Self.spaces >> UInt64(bytes[index]) & 1 == 1 { index += 1 }
    }

    private mutating func value() throws(Failure) -> JSONValue {
        skipSpace()
        guard let byte = current else { throw fail("Unexpected end of JSON") }
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string(longest: longestText))
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw wrongWord ?? fail("Unexpected character")
        }
    }

    /// Text without quotes, where a value should be.
    private var wrongWord: Failure? {
        let letters = bytes[index...].prefix(20).prefix {
            $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z")
        }
        return letters.isEmpty ? nil : fail("'\(String(decoding: letters, as: UTF8.self))' is no value of JSON")
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
        for offset in 0..<text.utf8CodeUnitCount {
            guard index + offset < bytes.count, bytes[index + offset] == text.utf8Start[offset] else {
                throw wrongWord ?? fail("Expected \(text)")
            }
        }
        index += text.utf8CodeUnitCount
        return value
    }

    private mutating func enter() throws(Failure) {
        index += 1
        depth += 1
        if depth > JSONParser.deepestNesting { throw fail("Nested deeper than \(JSONParser.deepestNesting)") }
        skipSpace()
    }

    private mutating func object() throws(Failure) -> JSONValue {
        try enter()
        var result = JSONObject()
        if current == UInt8(ascii: "}") { return leave(.object(result)) }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw fail("Expected a member name in quotes") }
            let key = try string(longest: .max)
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw fail("Expected ':'") }
            index += 1
            result[key] = try value()
            skipSpace()
            if current == UInt8(ascii: "}") { return leave(.object(result)) }
            guard current == UInt8(ascii: ",") else { throw fail("Expected ',' or '}'") }
            index += 1
        }
    }

    private mutating func array() throws(Failure) -> JSONValue {
        try enter()
        var result: [JSONValue] = []
        if current == UInt8(ascii: "]") { return leave(.array(result)) }
        while true {
            result.append(try value())
            skipSpace()
            if current == UInt8(ascii: "]") { return leave(.array(result)) }
            guard current == UInt8(ascii: ",") else { throw fail("Expected ',' or ']'") }
            index += 1
        }
    }

    private mutating func leave(_ value: JSONValue) -> JSONValue {
        index += 1
        depth -= 1
        return value
    }

    private mutating func number() throws(Failure) -> Double {
        let start = index
        if current == UInt8(ascii: "-") { index += 1 }
        if current == UInt8(ascii: "0") { index += 1 } else { try digits() }
        if current == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard let number = Double(text), number.isFinite else { throw fail("The number is too large") }
        return number
    }

    private mutating func digits() throws(Failure) {
        let start = index
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        if index == start { throw fail("Expected a digit") }
    }

    private mutating func string(longest: Int) throws(Failure) -> String {
        index += 1
        let start = index
        skipPlain()
        if current == UInt8(ascii: "\""), index - start <= longest {
            let text = try validated(bytes[start..<index])
            index += 1
            return text
        }
        index = start
        return try escaped(longest: longest)
    }

    private mutating func escaped(longest: Int) throws(Failure) -> String {
        var out: [UInt8] = []
        while true {
            let start = index
            skipPlain()
            if out.count + index - start > longest {
                let end = character(at: start + max(0, longest - out.count), before: index)
                out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<end]))
                if end < index { return try cut(out) }
            } else {
                out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
            }
            guard let byte = current else { throw fail("The string does not end") }
            if byte == UInt8(ascii: "\"") {
                let text = try validated(out)
                index += 1
                return text
            }
            if out.count >= longest { return try cut(out) }
            guard byte == UInt8(ascii: "\\") else { throw fail("A control character must be escaped") }
            try escape(into: &out)
        }
    }

    /// The first byte of a character from here on.
    private func character(at first: Int, before end: Int) -> Int {
        var start = first
        while start < end, bytes[start] & 0xC0 == 0x80 { start += 1 }
        return start
    }

    /// The text so far; the rest of it is passed over.
    private mutating func cut(_ out: [UInt8]) throws(Failure) -> String {
        while let byte = current, byte != UInt8(ascii: "\"") {
            switch byte {
            case UInt8(ascii: "\\"): index += 2
            case 0..<0x20: index += 1
            default: skipPlain()
            }
        }
        if current == nil { throw fail("The string does not end") }
        let text = try validated(out)
        index += 1
        return text + "…"
    }

    /// Goes on to the next quote, backslash or control character, eight bytes at a time: a definition may have
    /// megabytes.
    private mutating func skipPlain() {
        let raw = UnsafeRawBufferPointer(bytes)
        while index + 8 <= bytes.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let length = JSONWords.lengthOfPlain(word)
            index += length
            if length < 8 { return }
        }
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"),
            bytes[index] >= 0x20
        {
            index += 1
        }
    }

    private func validated(_ bytes: [UInt8]) throws(Failure) -> String {
        try bytes.withUnsafeBufferPointer { buffer throws(Failure) in try validated(buffer[...]) }
    }

    private func validated(_ slice: Slice<UnsafeBufferPointer<UInt8>>) throws(Failure) -> String {
        // Half of what `String(validating:as:)` costs, which looks up its types each time.
        do { return String(copying: try UTF8Span(validating: UnsafeBufferPointer(rebasing: slice).span)) } catch {
            throw fail("The string is not valid UTF-8")
        }
    }

    private mutating func escape(into out: inout [UInt8]) throws(Failure) {
        index += 1
        guard let byte = current else { throw fail("The string does not end") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(8)
        case UInt8(ascii: "f"): out.append(12)
        case UInt8(ascii: "n"): out.append(10)
        case UInt8(ascii: "r"): out.append(13)
        case UInt8(ascii: "t"): out.append(9)
        case UInt8(ascii: "u"): out += String(try unicode()).utf8
        default: throw fail("Unknown escape")
        }
    }

    /// A lone surrogate has no UTF-8 form; it becomes U+FFFD, as JavaScript does when it encodes.
    private mutating func unicode() throws(Failure) -> Unicode.Scalar {
        let first = try hex()
        if (0xDC00...0xDFFF).contains(first) { return "\u{FFFD}" }
        guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
            return "\u{FFFD}"
        }
        let mark = index
        index += 2
        let second = try hex()
        guard (0xDC00...0xDFFF).contains(second) else {
            index = mark
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hex() throws(Failure) -> UInt32 {
        var result: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fail("Expected four hexadecimal digits")
            }
            result = result << 4 | UInt32(digit)
            index += 1
        }
        return result
    }
}
