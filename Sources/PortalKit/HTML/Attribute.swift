/// One attribute of an element. URLs go through `SafeURL`; there is none for inline scripts or styles, which the
/// content security policy would refuse anyway.
///
/// A list of attributes may hold nil: `h(.a, .href(url), isCurrent ? .aria("current", "page") : nil, text: name)`.
public struct Attribute: Sendable {
    private let prefix: StaticString
    private let name: StaticString
    private let value: Value

    private enum Value {
        case present
        case text(String)
        case refused
    }

    private init(_ prefix: StaticString, _ name: StaticString, _ value: Value) {
        self.prefix = prefix
        self.name = name
        self.value = value
    }

    /// An attribute by name. Names that carry URLs, scripts or styles are left out of the page: use the typed ones.
    public init(_ name: StaticString, _ value: String) {
        self.init("", name, Self.isDangerous(name) ? .refused : .text(value))
    }

    /// An attribute whose presence is its value, such as `checked`; nil where it does not hold.
    public static func flag(_ name: StaticString, _ isSet: Bool = true) -> Attribute? {
        isSet && !isDangerous(name) ? Attribute("", name, .present) : nil
    }

    /// A `data-` attribute.
    public static func data(_ name: StaticString, _ value: String) -> Attribute {
        Attribute("data-", name, .text(value))
    }

    /// An `aria-` attribute.
    public static func aria(_ name: StaticString, _ value: String) -> Attribute {
        Attribute("aria-", name, .text(value))
    }

    /// The address of a link.
    public static func href(_ url: SafeURL) -> Attribute { Attribute("", "href", .text(url.text)) }

    /// The address of an image or script.
    public static func src(_ url: SafeURL) -> Attribute { Attribute("", "src", .text(url.text)) }

    /// Where a form goes.
    public static func action(_ url: SafeURL) -> Attribute { Attribute("", "action", .text(url.text)) }

    /// Where one button of a form sends it instead.
    public static func formAction(_ url: SafeURL) -> Attribute { Attribute("", "formaction", .text(url.text)) }

    func append(to out: inout [UInt8]) {
        if case .refused = value { return }
        out.append(UInt8(ascii: " "))
        prefix.withUTF8Buffer { out.append(contentsOf: $0) }
        name.withUTF8Buffer { out.append(contentsOf: $0) }
        guard case .text(let text) = value else { return }
        out.append(UInt8(ascii: "="))
        out.append(UInt8(ascii: "\""))
        Escaping.append(text, to: &out)
        out.append(UInt8(ascii: "\""))
    }

    private static func isDangerous(_ name: StaticString) -> Bool {
        let name = name.description.lowercased()
        return name.hasPrefix("on") || dangerous.contains(name)
            || !name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !forbiddenInNames.contains($0) }
    }

    private static let dangerous: Set<String> = [
        "action", "background", "cite", "data", "formaction", "href", "manifest", "ping", "poster", "src", "srcdoc",
        "srcset", "style", "xlink:href",
    ]
    private static let forbiddenInNames: [UInt8] = Array("\"'<>/=".utf8)
}

/// The common attributes by name.
extension Attribute {
    public static func `class`(_ value: String) -> Attribute { Attribute("", "class", .text(value)) }
    public static func id(_ value: String) -> Attribute { Attribute("", "id", .text(value)) }
    public static func name(_ value: String) -> Attribute { Attribute("", "name", .text(value)) }
    public static func value(_ value: String) -> Attribute { Attribute("", "value", .text(value)) }
    public static func type(_ value: String) -> Attribute { Attribute("", "type", .text(value)) }
    public static func title(_ value: String) -> Attribute { Attribute("", "title", .text(value)) }
    public static func role(_ value: String) -> Attribute { Attribute("", "role", .text(value)) }
    public static func rel(_ value: String) -> Attribute { Attribute("", "rel", .text(value)) }
    public static func `for`(_ value: String) -> Attribute { Attribute("", "for", .text(value)) }
    public static func method(_ value: String) -> Attribute { Attribute("", "method", .text(value)) }
    public static func scope(_ value: String) -> Attribute { Attribute("", "scope", .text(value)) }
    public static func datetime(_ value: String) -> Attribute { Attribute("", "datetime", .text(value)) }
    public static func placeholder(_ value: String) -> Attribute { Attribute("", "placeholder", .text(value)) }
    public static func tabindex(_ value: Int) -> Attribute { Attribute("", "tabindex", .text(String(value))) }
}
