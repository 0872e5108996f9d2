public import HTTPTypes

/// How somebody wants pages to look on the device at hand. It is kept in a cookie, so that the first byte of a page is
/// right and nothing flashes.
public struct ViewPreferences: Sendable, Hashable {
    /// Which colours; `auto` follows the system.
    public enum Theme: String, Sendable, CaseIterable { case auto, light, dark }
    /// How much room rows of tables take.
    public enum Density: String, Sendable, CaseIterable { case normal, compact }
    /// 14 or 16 pixels.
    public enum TextSize: String, Sendable, CaseIterable { case normal, large }

    public var theme = Theme.auto
    public var density = Density.normal
    public var textSize = TextSize.normal
    /// Whether single letters are shortcuts (WCAG 2.1.4 wants a way to turn them off).
    public var hasKeys = true
    /// Nil follows the browser.
    public var language: Language?

    public static let cookieName = "callboard-view"
    private static let noKeys = "nokeys"

    public init() {}

    /// - Parameter text: the cookie's value: words with dots between them, in any order. Words that nobody knows are
    ///   left aside.
    public init(_ text: some StringProtocol) {
        for word in text.split(whereSeparator: { $0 == "." }).prefix(8).map({ String($0) }) {
            if let theme = Theme(rawValue: word) { self.theme = theme }
            if word == Density.compact.rawValue { density = .compact }
            if word == TextSize.large.rawValue { textSize = .large }
            if word == Self.noKeys { hasKeys = false }
            if let language = Language(rawValue: word) { self.language = language }
        }
    }

    /// The cookie that a browser sent, or what holds without one.
    public init(of headers: HTTPFields) {
        self.init()
        for field in headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == Self.cookieName else { continue }
                self.init(parts[1])
                return
            }
        }
    }

    /// The cookie's value; empty for what holds without one.
    public var text: String {
        var words: [String] = []
        if theme != .auto { words.append(theme.rawValue) }
        if density != .normal { words.append(density.rawValue) }
        if textSize != .normal { words.append(textSize.rawValue) }
        if !hasKeys { words.append(Self.noKeys) }
        if let language { words.append(language.rawValue) }
        return words.joined(separator: ".")
    }
}
