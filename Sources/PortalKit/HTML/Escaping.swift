/// Escaping of text for element content and quoted attribute values alike.
enum Escaping {
    /// Appends the text with `& < > " '` as character references and without control
    /// characters, which no parser keeps.
    static func append(_ text: String, to out: inout [UInt8]) {
        var text = text
        text.withUTF8 { append($0, to: &out) }
    }

    private static func append(_ source: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        var start = 0
        for index in 0..<source.count {
            guard let reference = reference(for: source[index]) else { continue }
            out.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
            reference.withUTF8Buffer { out.append(contentsOf: $0) }
            start = index + 1
        }
        out.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<source.count]))
    }

    private static func reference(for byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        case 0: ""
        // HTML forbids them, and a copied one may do something in a terminal.
        case 1...8, 0x0B, 0x0C, 0x0E...0x1F, 0x7F: "\u{FFFD}"
        default: nil
        }
    }
}
