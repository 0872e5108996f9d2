/// JSON as people read it, with every number and text as it was written.
public enum JSONIndent {
    /// An object or a list with a line for each member and element.
    ///
    /// - Parameter longest: bytes that the result may have.
    /// - Returns: nil where the text is no object or list in JSON, or would become too long.
    public static func text(_ text: String, by width: Int = 2, longest: Int) -> String? {
        let bytes = Array(text.utf8)
        guard let value = try? JSONParser.parse(bytes), value.object != nil || value.array != nil else { return nil }
        var out = Lines(width: width)
        var isText = false
        var isEscaped = false
        for byte in bytes {
            if out.bytes.count > longest { return nil }
            if isText {
                out.bytes.append(byte)
                if !isEscaped, byte == UInt8(ascii: "\"") { isText = false }
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            } else {
                isText = byte == UInt8(ascii: "\"")
                out.append(byte)
            }
        }
        return out.bytes.count > longest ? nil : String(decoding: out.bytes, as: UTF8.self)
    }

    /// What is written of the JSON around its texts, which is valid.
    private struct Lines {
        let width: Int
        var bytes: [UInt8] = []
        private var level = 0
        /// Nothing follows on an opening bracket so far; it may be closed at once.
        private var isOpen = false

        init(width: Int) { self.width = width }

        mutating func append(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): return
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                level -= 1
                if !isOpen { line() }
                isOpen = false
                bytes.append(byte)
                return
            default: break
            }
            if isOpen { line() }
            isOpen = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
            if isOpen { level += 1 }
            bytes.append(byte)
            if byte == UInt8(ascii: ",") { line() }
            if byte == UInt8(ascii: ":") { bytes.append(32) }
        }

        private mutating func line() {
            bytes.append(UInt8(ascii: "\n"))
            bytes += repeatElement(32, count: width * level)
        }
    }
}
