/// An operator's own accent colour and logo.
///
/// The accent is made readable where it is not: text needs 4.5 to 1 on every ground (WCAG 2.2, 1.4.3).
public struct Brand: Sendable, Hashable {
    /// An image that stands for the portal's own mark.
    public struct Logo: Sendable, Hashable {
        public let bytes: [UInt8]
        /// `svg`, `png` or `webp`
        public let ending: String

        public init(_ bytes: [UInt8], ending: String) {
            self.bytes = bytes
            self.ending = ending
        }
    }

    /// Rules that override the portal's own; nil where the accent is its own.
    public let style: String?
    public let logo: Logo?
    /// What was changed of the wished colour, for people.
    public let corrections: [String]

    public static let none = Brand()

    public init(accent: Colour? = nil, logo: Logo? = nil) {
        self.logo = logo
        guard let accent else {
            style = nil
            corrections = []
            return
        }
        let light = Scheme(accent, isDark: false)
        let dark = Scheme(accent, isDark: true)
        style = Scheme.style(light, dark)
        corrections = [("light", light), ("dark", dark)].compactMap { name, scheme in
            scheme.accent == accent
                ? nil
                : "In the \(name) theme \(accent.text) is shown as \(scheme.accent.text): its own contrast of "
                    + "\(Self.rounded(scheme.wished)) to 1 is less than \(Scheme.least)."
        }
    }

    private static func rounded(_ value: Double) -> String { String(Double(Int(value * 10)) / 10) }
}

/// The colours that follow from an accent, in one theme.
private struct Scheme {
    static let least = 4.5
    private static let lightGrounds = ["#f4f9f7", "#fcfefd", "#ecf2f0", "#ffffff"].compactMap { Colour($0) }
    private static let darkGrounds = ["#0b1516", "#111c1d", "#070f10", "#192425"].compactMap { Colour($0) }

    let accent, hover, soft, onAccent: Colour
    /// The least contrast of the wished colour itself.
    let wished: Double

    init(_ wish: Colour, isDark: Bool) {
        let grounds = isDark ? Self.darkGrounds : Self.lightGrounds
        wished = grounds.map { wish.contrast(with: $0) }.min() ?? 1
        accent = wish.readable(on: grounds, atLeast: Self.least, towards: isDark ? 1 : 0)
        let away = isDark ? 0.08 : -0.08
        hover = accent.with(lightness: min(max(accent.lightness + away, 0), 1))
        soft = accent.with(lightness: isDark ? 0.28 : 0.95, strength: 0.3)
        let dark = accent.with(lightness: 0.18, strength: 0.3)
        let white = accent.with(lightness: 1, strength: 0)
        onAccent = accent.contrast(with: white) >= accent.contrast(with: dark) ? white : dark
    }

    static func style(_ light: Scheme, _ dark: Scheme) -> String {
        func rule(_ name: String, _ part: KeyPath<Scheme, Colour>) -> String {
            "--\(name): light-dark(\(light[keyPath: part].text), \(dark[keyPath: part].text));"
        }
        return "@layer tokens { :root { \(rule("accent", \.accent)) \(rule("accent-hover", \.hover)) "
            + "\(rule("accent-soft", \.soft)) \(rule("on-accent", \.onAccent)) \(rule("link", \.accent)) } }\n"
    }
}
