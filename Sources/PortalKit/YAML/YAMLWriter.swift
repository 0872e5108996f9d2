public import EntityModel

/// Writes JSON values as block YAML that every reader of YAML 1.1 and 1.2 understands alike.
public enum YAMLWriter {
    /// One document, with a line break at its end.
    public static func text(_ value: JSONValue) -> String {
        var out = ""
        switch value {
        case .object(let object) where !object.isEmpty: members(object, 0, &out, startsInLine: false)
        case .array(let list) where !list.isEmpty: elements(list, 0, &out)
        default: out = scalar(value, 0) + "\n"
        }
        return out
    }

    private static func members(_ object: JSONObject, _ level: Int, _ out: inout String, startsInLine: Bool) {
        var isFirst = startsInLine
        for (key, value) in object.members {
            if !isFirst { indent(level, &out) }
            isFirst = false
            out += plainOrQuoted(key) + ":"
            nested(value, level, &out)
        }
    }

    private static func elements(_ list: [JSONValue], _ level: Int, _ out: inout String) {
        for element in list {
            indent(level, &out)
            out += "-"
            if case .object(let object) = element, !object.isEmpty {
                out += " "
                members(object, level + 1, &out, startsInLine: true)
            } else {
                nested(element, level, &out)
            }
        }
    }

    private static func nested(_ value: JSONValue, _ level: Int, _ out: inout String) {
        switch value {
        case .object(let object) where !object.isEmpty:
            out += "\n"
            members(object, level + 1, &out, startsInLine: false)
        case .array(let list) where !list.isEmpty:
            out += "\n"
            elements(list, level + 1, &out)
        default: out += " " + scalar(value, level + 1) + "\n"
        }
    }

    private static func indent(_ level: Int, _ out: inout String) { out += String(repeating: "  ", count: level) }

    private static func scalar(_ value: JSONValue, _ level: Int) -> String {
        guard case .string(let text) = value else { return JSONWriter.text(value) }
        return isLiteral(text) ? literal(text, level) : plainOrQuoted(text)
    }

    /// Text of several lines that a literal block gives back exactly.
    private static func isLiteral(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, text.unicodeScalars.contains("\n") else { return false }
        return first != " " && first != "\n" && text.unicodeScalars.allSatisfy { isPrintable($0) || $0 == "\n" }
    }

    private static func literal(_ text: String, _ level: Int) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var sign = "|-"
        if lines.last?.isEmpty == true {
            lines.removeLast()
            sign = lines.last?.isEmpty == true ? "|+" : "|"
        }
        let space = String(repeating: "  ", count: level)
        return sign + lines.map { $0.isEmpty ? "\n" : "\n" + space + $0 }.joined()
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 9 || (0x20...0x7E).contains(scalar.value)
            || (0xA0...0xD7FF).contains(scalar.value)
                && scalar.value != 0x2028 && scalar.value != 0x2029
            || (0xE000...0xFFFD).contains(scalar.value) && scalar.value != 0xFEFF || scalar.value > 0xFFFF
    }

    private static func plainOrQuoted(_ text: String) -> String {
        if isPlain(text) { return text }
        let quoted = JSONWriter.text(.string(text))
        if quoted.unicodeScalars.allSatisfy(isPrintable) { return quoted }
        // What JSON leaves as it is and YAML would take for a line break or refuse.
        return quoted.unicodeScalars.reduce(into: "") { out, scalar in
            guard !isPrintable(scalar) else { return out.unicodeScalars.append(scalar) }
            let digits = String(scalar.value, radix: 16)
            out += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
    }

    /// Letters, digits and signs without a meaning, and no word or number that some reader takes for another type.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 200, isLetter(first) || first == UInt8(ascii: "/"),
            text.utf8.last != UInt8(ascii: " "), !reserved.contains(text.lowercased())
        else { return false }
        // A colon is a sign only before a space or the end.
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || " -_./+@(),:".utf8.contains($0) }
            && !text.contains(": ") && text.utf8.last != UInt8(ascii: ":")
    }

    private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
