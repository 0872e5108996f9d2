import Crypto
import EntityModel
import Foundation

/// JSON web tokens as a stranger makes and reads them, independent of the portal's own code.
enum Token {
    static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func data(_ text: some StringProtocol) -> Data? {
        let standard = String(text).replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: standard + String(repeating: "=", count: (4 - standard.count % 4) % 4))
    }

    static func part(_ object: JSONObject) -> String { base64URL(Data(JSONWriter.bytes(.object(object)))) }

    /// The header, the claims or nil, without a look at the signature.
    static func object(_ token: String, part index: Int) -> JSONObject? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let data = data(parts[index]) else { return nil }
        return (try? JSONParser.parse(Array(data)))?.object
    }

    static func signed(_ header: JSONObject, _ claims: JSONObject, by key: P256.Signing.PrivateKey) throws -> String {
        let text = part(header) + "." + part(claims)
        return text + "." + base64URL(try key.signature(for: Data(text.utf8)).rawRepresentation)
    }

    /// Whether one of the keys of a JWKS signed the token.
    static func isSigned(_ token: String, byOneOf keys: JSONValue) -> Bool {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        let id = object(token, part: 0)?["kid"]
        guard parts.count == 3, let key = keys["keys"]?.array?.first(where: { $0["kid"] == id }),
            let x = data(key["x"]?.string ?? ""), let y = data(key["y"]?.string ?? ""),
            let publicKey = try? P256.Signing.PublicKey(rawRepresentation: x + y),
            let raw = data(parts[2]), let signature = try? P256.Signing.ECDSASignature(rawRepresentation: raw)
        else { return false }
        return publicKey.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8))
    }
}
