/// A URL that may stand in a link: relative, or with a scheme that cannot run anything.
///
/// Browsers drop tabs and line breaks within a URL and controls before it, so `java\nscript:` is a script. Whatever
/// holds a control character is therefore refused, and schemes are allowed, not forbidden.
public struct SafeURL: Sendable, Hashable, CustomStringConvertible {
    /// The URL, without white space around it, not yet escaped for HTML.
    public let text: String

    public var description: String { text }

    /// Schemes that open something in the browser or in an application people registered for it.
    private static let schemes: Set<String> = [
        "http", "https", "mailto", "tel", "slack", "msteams", "zoommtg", "vscode", "vscode-insiders", "jetbrains",
    ]

    /// - Returns: nil where the URL could run a script, names an unknown scheme or holds control characters.
    public init?(_ text: String) {
        guard let trimmed = Self.checked(text) else { return nil }
        self.text = trimmed
    }

    private init(unchecked text: String) { self.text = text }

    /// An address on this portal.
    /// - Returns: nil for one that is none, or that could lead elsewhere.
    public init?(local text: String) {
        guard let url = SafeURL(text), url.isLocal else { return nil }
        self = url
    }

    /// Longer ones are nobody's way back.
    private static let longestWay = 8_192

    /// Where a request leads back to: what it says itself, so anything may stand there.
    ///
    ///     SafeURL.local(form["return"], else: "/catalog")
    public static func local(_ text: String?, else usual: SafeURL = "/") -> SafeURL {
        // In a header field as it is: what is encoded has visible characters alone.
        guard let text, text.utf8.count <= longestWay,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return usual }
        return SafeURL(local: text) ?? usual
    }

    /// An absolute path on this portal from segments and parameters that are not yet encoded.
    ///
    ///     SafeURL.path(["catalog", namespace, kind, name], query: [("tab", tab)])
    public static func path(_ segments: [String], query: [(String, String)] = []) -> SafeURL {
        var text = segments.map { "/" + PercentCoding.encode($0) }.joined()
        if text.isEmpty { text = "/" }
        for (index, pair) in query.enumerated() {
            text += index == 0 ? "?" : "&"
            text += PercentCoding.encode(pair.0) + "=" + PercentCoding.encode(pair.1)
        }
        return SafeURL(unchecked: text)
    }

    /// True for a path on this portal: it cannot lead to another host, so it may be the target of a redirect.
    public var isLocal: Bool {
        let bytes = Array(text.utf8.prefix(2))
        guard bytes.first == UInt8(ascii: "/") else { return false }
        return bytes.count < 2 || (bytes[1] != UInt8(ascii: "/") && bytes[1] != UInt8(ascii: "\\"))
    }

    private static func checked(_ text: String) -> String? {
        var rest = Substring(text)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        guard rest.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        guard let end = rest.utf8.firstIndex(where: { ":/?#\\".utf8.contains($0) }) else { return String(rest) }
        guard rest.utf8[end] == UInt8(ascii: ":") else { return String(rest) }
        return schemes.contains(rest[..<end].lowercased()) ? String(rest) : nil
    }
}

/// Literals in the source are checked as well; one that would be refused becomes `#`. Interpolation is not possible,
/// so no value from outside comes in this way.
extension SafeURL: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { text = Self.checked(value) ?? "#" }
}
