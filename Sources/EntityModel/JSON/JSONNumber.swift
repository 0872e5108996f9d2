/// Numbers as ECMAScript prints them (ECMA-262, Number::toString).
enum JSONNumber {
    static func text(_ number: Double) -> String {
        if !number.isFinite { return "null" }
        if number == 0 { return "0" }
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        let (digits, exponent) = decimal(abs(number))
        let sign = number < 0 ? "-" : ""
        return sign + layOut(digits, point: exponent)
    }

    /// The shortest digits that read back as the number, and where the decimal point stands after them.
    private static func decimal(_ number: Double) -> (digits: String, point: Int) {
        var mantissa = number.description[...]
        var exponent = 0
        if let mark = mantissa.firstIndex(of: "e") {
            exponent = Int(mantissa[mantissa.index(after: mark)...]) ?? 0
            mantissa = mantissa[..<mark]
        }
        let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts.first ?? ""
        let fraction = parts.count > 1 && parts[1] != "0" ? parts[1] : ""
        var digits = whole + fraction
        var point = whole.count + exponent
        while digits.count > 1, digits.first == "0" {
            digits.removeFirst()
            point -= 1
        }
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        return (String(digits), point)
    }

    private static func layOut(_ digits: String, point: Int) -> String {
        let count = digits.count
        if point > 21 || point < -5 {
            let power = point - 1
            let rest = digits.dropFirst()
            return "\(digits.prefix(1))\(rest.isEmpty ? "" : ".\(rest)")e\(power < 0 ? "-" : "+")\(abs(power))"
        }
        if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
        if point >= count { return digits + String(repeating: "0", count: point - count) }
        return "\(digits.prefix(point)).\(digits.dropFirst(point))"
    }
}
