/// Numbers as people read them.
public enum Figure {
    /// What stands between the digits of a number.
    public struct Signs: Sendable, Hashable {
        /// Between thousands.
        let group: String
        /// Before the fraction.
        let point: String

        public static let english = Signs(group: ",", point: ".")
        public static let german = Signs(group: ".", point: ",")
    }

    /// `1,234.5`; a short form for what is huge or tiny, and a dash for what is no number.
    ///
    /// - Parameter unit: stands behind the number, with the space that it needs: `" ms"`, `"%"`.
    public static func text(_ value: Double, unit: String = "", signs: Signs = .english) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
        return (value < 0 ? "−" : "") + positive(value.magnitude, signs) + unit
    }

    private static func positive(_ value: Double, _ signs: Signs) -> String {
        if value >= 1e15 || (value > 0 && value < 0.001) { return scientific(value, signs) }
        let digits = value >= 100 || value == value.rounded() ? 0 : value >= 1 ? 1 : 3
        let scale: Double = [1, 10, 100, 1_000][digits]
        let scaled = UInt64((value * scale).rounded())
        let whole = grouped(scaled / UInt64(scale), signs)
        var rest = String(scaled % UInt64(scale))
        rest = String(repeating: "0", count: max(0, digits - rest.count)) + rest
        while rest.last == "0" { rest.removeLast() }
        return rest.isEmpty ? whole : "\(whole)\(signs.point)\(rest)"
    }

    private static func grouped(_ value: UInt64, _ signs: Signs) -> String {
        let digits = String(value)
        return digits.enumerated().reduce(into: "") { out, digit in
            if digit.offset > 0, (digits.count - digit.offset) % 3 == 0 { out.append(signs.group) }
            out.append(digit.element)
        }
    }

    /// `1.2e+300`
    private static func scientific(_ value: Double, _ signs: Signs) -> String {
        let text = value.description
        guard let exponent = text.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return text }
        let number = text[..<exponent].prefix(4)
        let short = number.hasSuffix(".0") ? String(number.dropLast(2)) : String(number)
        return short.replacing(".", with: signs.point) + text[exponent...]
    }
}
