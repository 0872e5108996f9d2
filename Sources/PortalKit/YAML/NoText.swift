import EntityModel

/// A file that is no text in UTF-8: where it is not.
enum NoText {
    /// - Parameter bytes: with a zero, or with what is no UTF-8.
    static func error(_ bytes: [UInt8]) -> YAMLError {
        let end = firstWrong(bytes)
        let lineStart = (bytes[..<end].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        let line = bytes[..<end].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        // Columns count characters; the bytes 10xxxxxx go on with one.
        let column = bytes[lineStart..<end].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        let byte = end < bytes.count ? String(bytes[end], radix: 16, uppercase: true) : "0"
        return YAMLError(
            "The file is not text in UTF-8 (byte 0x\(byte.count < 2 ? "0" : "")\(byte)). Save it as UTF-8",
            SourcePosition(line: line, column: column))
    }

    /// The offset of the first byte that begins no character, or is zero.
    private static func firstWrong(_ bytes: [UInt8]) -> Int {
        let end = bytes.firstIndex(of: 0) ?? bytes.count
        var decoder = UTF8()
        var iterator = bytes[..<end].makeIterator()
        var offset = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
        return min(offset, max(bytes.count - 1, 0))
    }
}
