/// Percent-encoding after RFC 3986, and its form variant with `+` for a space.
public enum PercentCoding {
    /// Decodes `%XX`; what is malformed stays as it is, bytes that are no UTF-8 become U+FFFD.
    public static func decode(_ bytes: some Collection<UInt8>) -> String { decode(bytes, plusIsSpace: false) }

    static func decodeForm(_ bytes: some Collection<UInt8>) -> String { decode(bytes, plusIsSpace: true) }

    /// Encodes everything but the unreserved characters, for one path segment or query value.
    public static func encode(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 15)]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) -> String {
        let isPlain = bytes.allSatisfy { $0 != UInt8(ascii: "%") && !(plusIsSpace && $0 == UInt8(ascii: "+")) }
        if isPlain { return String(decoding: bytes, as: UTF8.self) }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let (high, low) = hexPair(rest) {
                out.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                out.append(byte == UInt8(ascii: "+") && plusIsSpace ? 32 : byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func hexPair(_ bytes: some Collection<UInt8>) -> (UInt8, UInt8)? {
        var iterator = bytes.makeIterator()
        guard let first = iterator.next().flatMap(hexValue), let second = iterator.next().flatMap(hexValue) else {
            return nil
        }
        return (first, second)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
        default: nil
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? value + 48 : value + 55 }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
