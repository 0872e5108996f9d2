import EntityModel

/// A JSON web token in its compact form, taken apart but not believed: nothing in it holds until its signature does.
struct WebToken: Sendable {
    /// Longer ones are refused unread; upstream's limit too.
    static let longestText = 32_768

    let header: JSONObject
    let claims: JSONObject
    /// What the signature is over.
    let signedBytes: [UInt8]
    let signature: [UInt8]

    /// Nil for anything but three parts of strict base64url of which the first two are JSON objects.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longestText else { return nil }
        let parts = text.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        self.header = header
        self.claims = claims
        self.signature = signature
        signedBytes = Array("\(parts[0]).\(parts[1])".utf8)
    }

    var algorithm: String? { header["alg"]?.string }
    var type: String? { header["typ"]?.string }
    var keyID: String? { header["kid"]?.string }

    /// Whether the header asks for a key of the sender's choice or for an extension; such tokens are never valid here.
    var hasForeignHeader: Bool {
        ["jku", "jwk", "x5u", "x5c", "crit", "b64"].contains { header[$0] != nil }
    }

    /// Whether a time (seconds since 1970) is within `nbf` and `exp`. A token without `exp` never is.
    func isValid(atSecond second: Double) -> Bool {
        guard let expiry = claims["exp"]?.number, second < expiry else { return false }
        guard let start = claims["nbf"] else { return true }
        return start.number.map { $0 <= second } ?? false
    }

    /// Whether `aud` is the name or a list that has it.
    func isMeant(for audience: String) -> Bool {
        switch claims["aud"] {
        case .string(let text): text == audience
        case .array(let list): list.contains(.string(audience))
        default: false
        }
    }

    /// The text of a token, signed by a closure over its first two parts.
    static func text(
        header: JSONObject, claims: JSONObject, sign: ([UInt8]) throws -> some Sequence<UInt8>
    ) rethrows -> String {
        let signed = [header, claims].map { Base64URL.encode(JSONWriter.bytes(.object($0))) }.joined(separator: ".")
        return "\(signed).\(Base64URL.encode(try sign(Array(signed.utf8))))"
    }

    private static func object(_ part: Substring) -> JSONObject? {
        guard let bytes = Base64URL.decode(part), let value = try? JSONParser.parse(bytes) else { return nil }
        return value.object
    }
}
