import Crypto
import Foundation
import PortalKit

/// Encrypts private signing keys for storage, so that the database and its backups sign nothing.
///
/// The key of keys comes from the first of: `auth.session.secret`, the first of `backend.auth.keys`, a file made
/// with mode 0600 beside the SQLite database, and else memory only. In the last case (PostgreSQL or `:memory:`
/// without a secret) each process signs with keys of its own: the public halves are shared and stay, so every
/// replica, and the same one after a restart, accepts every token.
struct KeySealing: Sendable {
    private static let prefix = "v1."
    private let key: SymmetricKey

    /// - Parameter secret: any bytes with enough chance in them; they are stretched to a key of their own.
    init(secret: some ContiguousBytes) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret), info: Data("callboard signing keys 1".utf8),
            outputByteCount: 32)
    }

    /// Good for the life of this process.
    static func ephemeral() -> KeySealing {
        SymmetricKey(size: .bits256).withUnsafeBytes { KeySealing(secret: Data($0)) }
    }

    /// - Parameter name: bound to the result; opening it under another name fails.
    func seal(_ privateKey: P256.Signing.PrivateKey, name: String) throws -> String {
        let box = try AES.GCM.seal(privateKey.rawRepresentation, using: key, authenticating: Data(name.utf8))
        guard let bytes = box.combined else {
            throw PortalError(.internal, "A signing key could not be encrypted.")
        }
        return Self.prefix + Base64URL.encode(bytes)
    }

    /// Nil where it was sealed with another key or changed since.
    func open(_ text: String, name: String) -> P256.Signing.PrivateKey? {
        guard text.hasPrefix(Self.prefix), let bytes = Base64URL.decode(text.dropFirst(Self.prefix.count)),
            let box = try? AES.GCM.SealedBox(combined: bytes),
            let raw = try? AES.GCM.open(box, using: key, authenticating: Data(name.utf8))
        else { return nil }
        return try? P256.Signing.PrivateKey(rawRepresentation: raw)
    }
}
