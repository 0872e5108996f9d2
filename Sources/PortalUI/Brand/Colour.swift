import Foundation

/// A colour as screens show it (sRGB), with the arithmetic that readable text needs.
///
/// Lightness is changed in OKLab (Björn Ottosson, 2020), where equal steps look equal and the hue stays; contrast is
/// that of WCAG 2.2.
public struct Colour: Sendable, Hashable {
    /// Each from 0 to 1.
    let red, green, blue: Double

    init(red: Double, green: Double, blue: Double) {
        // What a screen can show of it: contrast is that of the colour which is sent.
        func limited(_ value: Double) -> Double { (min(max(value, 0), 1) * 255).rounded() / 255 }
        self.red = limited(red)
        self.green = limited(green)
        self.blue = limited(blue)
    }

    /// - Parameter text: `#0a7`, `#00aa77`
    /// - Returns: nil for anything else.
    public init?(_ text: String) {
        let digits = text.hasPrefix("#") ? text.dropFirst().compactMap(\.hexDigitValue) : []
        guard digits.count == text.count - 1, digits.count == 3 || digits.count == 6 else { return nil }
        let pairs =
            digits.count == 3
            ? digits.map { $0 * 17 } : stride(from: 0, to: 6, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
        self.init(red: Double(pairs[0]) / 255, green: Double(pairs[1]) / 255, blue: Double(pairs[2]) / 255)
    }

    /// `#00aa77`
    public var text: String {
        let digits = Array("0123456789abcdef")
        return [red, green, blue].reduce(into: "#") { text, part in
            let value = Int((part * 255).rounded())
            text.append(digits[value / 16])
            text.append(digits[value % 16])
        }
    }

    private static func linear(_ value: Double) -> Double {
        value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }

    private static func encoded(_ value: Double) -> Double {
        value <= 0.0031308 ? value * 12.92 : 1.055 * pow(max(value, 0), 1 / 2.4) - 0.055
    }

    /// From 1, where nobody can read one on the other, to 21.
    public func contrast(with other: Colour) -> Double {
        let lights = [luminance, other.luminance]
        return ((lights.max() ?? 0) + 0.05) / ((lights.min() ?? 0) + 0.05)
    }

    private var luminance: Double {
        0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
    }

    /// Lightness from 0 to 1, and the two axes of colour.
    private var lab: (l: Double, a: Double, b: Double) {
        let (r, g, b) = (Self.linear(red), Self.linear(green), Self.linear(blue))
        let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        return (
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        )
    }

    var lightness: Double { lab.l }

    /// The same hue, lighter or darker.
    /// - Parameter strength: how much of the colour is kept; 0 is grey.
    func with(lightness: Double, strength: Double = 1) -> Colour {
        let (a, b) = (lab.a * strength, lab.b * strength)
        let l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
        let m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
        let s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
        return Colour(
            red: Self.encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            green: Self.encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            blue: Self.encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))
    }

    /// The nearest lightness at which text of this colour can be read on all grounds.
    /// - Parameter towards: 0 for darker, 1 for lighter.
    func readable(on grounds: [Colour], atLeast wanted: Double, towards end: Double) -> Colour {
        func isReadable(_ colour: Colour) -> Bool { grounds.allSatisfy { colour.contrast(with: $0) >= wanted } }
        if isReadable(self) { return self }
        let start = lightness
        for step in 1...Self.steps {
            let next = with(lightness: start + (end - start) * Double(step) / Double(Self.steps))
            if isReadable(next) { return next }
        }
        return with(lightness: end, strength: 0)
    }

    private static let steps = 100
}
