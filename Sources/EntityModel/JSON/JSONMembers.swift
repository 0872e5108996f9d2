/// Walks the members of objects in compact JSON that this program wrote, without parsing what is not asked for.
public enum JSONMembers {
    public typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    /// Calls `body` with the key, without its quotes and undecoded, and the value of each member of an object, until
    /// it returns false. Bytes that are no such JSON end the walk.
    /// - Parameter ends: where the value of a key ends, where that is known; nil: to be found.
    @inline(__always)
    public static func forEach(
        in object: Bytes, endOf ends: (_ key: Bytes) -> Int? = { _ in nil },
        _ body: (_ key: Bytes, _ value: Bytes) -> Bool
    ) {
        guard object.first == UInt8(ascii: "{") else { return }
        let bytes = object.base
        let end = object.endIndex
        var index = object.startIndex + 1
        while index < end, bytes[index] == UInt8(ascii: "\"") {
            let keyEnd = endOfText(bytes, index, end)
            guard keyEnd + 1 < end, bytes[keyEnd] == UInt8(ascii: ":") else { return }
            let key = object[(index + 1)..<(keyEnd - 1)]
            let valueEnd = min(end, ends(key) ?? endOfValue(bytes, keyEnd + 1, end))
            guard body(key, object[(keyEnd + 1)..<valueEnd]) else { return }
            guard valueEnd < end, bytes[valueEnd] == UInt8(ascii: ",") else { return }
            index = valueEnd + 1
        }
    }

    /// Whether any key of objects within objects is written with an escape.
    public static func hasEscapedKey(in json: [UInt8]) -> Bool {
        json.withUnsafeBufferPointer { bytes in
            bytes.contains(UInt8(ascii: "\\")) && hasEscapedKey(in: bytes[...])
        }
    }

    private static func hasEscapedKey(in object: Bytes) -> Bool {
        var found = false
        forEach(in: object) { key, value in
            found = key.contains(UInt8(ascii: "\\")) || hasEscapedKey(in: value)
            return !found
        }
        return found
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
    @usableFromInline static func endOfValue(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
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
