import EntityModel

/// The meaning of plain scalars in YAML 1.2's core schema (YAML 1.2.2, 10.3.2).
enum YAMLScalar {
    static func value(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: number(text).map(JSONValue.number) ?? .string(text)
        }
    }

    /// Infinities and NaN have no JSON form, so they stay text.
    private static func number(_ text: String) -> Double? {
        if text.hasPrefix("0o") {
            return Int(text.dropFirst(2), radix: 8).flatMap { digits(text, 2) ? Double($0) : nil }
        }
        if text.hasPrefix("0x") {
            return Int(text.dropFirst(2), radix: 16).flatMap { digits(text, 2) ? Double($0) : nil }
        }
        guard isDecimal(text), let number = Double(text), number.isFinite else { return nil }
        return number
    }

    private static func digits(_ text: String, _ skip: Int) -> Bool {
        text.dropFirst(skip).allSatisfy(\.isHexDigit) && text.count > skip
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func isDecimal(_ text: String) -> Bool {
        var rest = text.utf8[...]
        func isSign(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }
        func takeDigits() -> Int {
            let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest = rest.dropFirst(count)
            return count
        }
        if isSign(rest.first) { rest = rest.dropFirst() }
        let whole = takeDigits()
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = takeDigits()
        }
        if whole + fraction == 0 { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if isSign(rest.first) { rest = rest.dropFirst() }
            if takeDigits() == 0 { return false }
        }
        return rest.isEmpty
    }
}
