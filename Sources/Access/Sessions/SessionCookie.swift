import HTTPTypes

/// The session's cookie on the wire.
///
/// Where the portal is served over https its name has the prefix `__Host-`, so that no neighbouring host can set it.
struct SessionCookie: Sendable {
    let isSecure: Bool

    var name: String { isSecure ? "__Host-callboard-session" : "callboard-session" }

    /// The value that the browser sent.
    func value(in headers: HTTPFields) -> String? {
        for field in headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, Self.trimmed(parts[0]) == name else { continue }
                return String(Self.trimmed(parts[1]))
            }
        }
        return nil
    }

    func set(_ value: String) -> HTTPField {
        HTTPField(name: .setCookie, value: "\(name)=\(value); Max-Age=\(Int(Sessions.absoluteSeconds))\(attributes)")
    }

    func clear() -> HTTPField { HTTPField(name: .setCookie, value: "\(name)=; Max-Age=0\(attributes)") }

    private var attributes: String { "; Path=/; HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")" }

    private static func trimmed(_ text: Substring) -> Substring {
        var rest = text
        while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}
