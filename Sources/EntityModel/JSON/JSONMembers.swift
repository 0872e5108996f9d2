/// The members of an object in compact JSON that this program wrote, one after another, without parsing what is not
/// asked for: each with its key, without its quotes and undecoded, and its value. Bytes that are no such JSON end them.
public struct JSONMembers: Sequence, IteratorProtocol {
    public typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    private let bytes: UnsafeBufferPointer<UInt8>
    private let end: Int
    /// Where the next key begins, or the value of the key that was given last.
    private var index: Int

    public init(of object: Bytes) {
        (bytes, end) = (object.base, object.endIndex)
        index = object.first == UInt8(ascii: "{") ? object.startIndex + 1 : end
    }

    public mutating func next() -> (key: Bytes, value: Bytes)? {
        nextKey().map { ($0, nextValue()) }
    }

    /// The next key alone; its value is to be asked for before the key after it.
    public mutating func nextKey() -> Bytes? {
        guard index < end, bytes[index] == UInt8(ascii: "\"") else { return nil }
        let keyEnd = Self.endOfText(bytes, index, end)
        guard keyEnd + 1 < end, bytes[keyEnd] == UInt8(ascii: ":") else { return nil }
        let key = Slice(base: bytes, bounds: (index + 1)..<(keyEnd - 1))
        index = keyEnd + 1
        return key
    }

    /// The value of the key that was given last.
    /// - Parameter known: where it ends, where that is known; nil: to be found.
    public mutating func nextValue(endingAt known: Int? = nil) -> Bytes {
        let valueEnd = Swift.min(end, known ?? Self.endOfValue(bytes, index, end))
        let value = Slice(base: bytes, bounds: index..<valueEnd)
        index = valueEnd < end && bytes[valueEnd] == UInt8(ascii: ",") ? valueEnd + 1 : end
        return value
    }

    /// Whether any key of objects within objects is written with an escape.
    public static func hasEscapedKey(in json: [UInt8]) -> Bool {
        json.withUnsafeBufferPointer { bytes in
            bytes.contains(UInt8(ascii: "\\")) && hasEscapedKey(in: bytes[...])
        }
    }

    private static func hasEscapedKey(in object: Bytes) -> Bool {
        JSONMembers(of: object).contains { key, value in
            key.contains(UInt8(ascii: "\\")) || hasEscapedKey(in: value)
        }
    }

    /// Whether bytes are UTF-8 without control characters, of which compact JSON has none.
    public static func isSound(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var isASCII = true
        var hasControl = false
        var index = 0
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if !JSONWords.isASCII(word) { isASCII = false }
            if JSONWords.hasControl(word) { hasControl = true }
            index += 8
        }
        for byte in raw[index...] {
            if byte >= 0x80 { isASCII = false }
            if byte < 0x20 { hasControl = true }
        }
        return !hasControl && (isASCII || String(validating: bytes, as: UTF8.self) != nil)
    }

    /// The index after the closing quote of the text that begins at `start`; at most `end`.
    public static func endOfText(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start + 1
        while index + 8 <= end {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let length = JSONWords.lengthOfText(word)
            index += length
            if length == 8 { continue }
            if bytes[index] == UInt8(ascii: "\"") { return index + 1 }
            index += 2
        }
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { return index + 1 }
            index += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return end
    }

    /// The index after the value that begins at `start`; at most `end`.
    private static func endOfValue(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        guard start < end else { return end }
        switch bytes[start] {
        case UInt8(ascii: "\""): return endOfText(bytes, start, end)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return endOfNested(bytes, start, end)
        default:
            var index = start
            while index < end, !endsWord(bytes[index]) { index += 1 }
            return index
        }
    }

    @inline(__always)
    private static func endsWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
    }

    /// The index after the object or array that begins at `start`; at most `end`.
    private static func endOfNested(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var depth = 0
        var index = start
        while index < end {
            if index + 8 <= end {
                let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let length = JSONWords.lengthOfFlat(word)
                index += length
                if length == 8 { continue }
            }
            switch bytes[index] {
            case UInt8(ascii: "\""): index = endOfText(bytes, index, end)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
                if depth == 0 { return index }
            default: index += 1
            }
        }
        return end
    }
}
