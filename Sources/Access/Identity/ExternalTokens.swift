import Crypto
import EntityModel
import Foundation
import PortalKit
import Synchronization

/// The tokens of `backend.auth.externalAccess`, and who presents them.
struct ExternalTokens: Sendable {
    struct Static: Sendable {
        let digest: SHA256.Digest
        let principal: ServicePrincipal

        init(token: String, principal: ServicePrincipal) {
            digest = SHA256.hash(data: Data(token.utf8))
            self.principal = principal
        }
    }

    /// A shared secret with which the caller signs short-lived tokens of its own (HS256).
    struct Legacy: Sendable {
        let key: SymmetricKey
        let principal: ServicePrincipal
    }

    static let longestLegacyLifetimeSeconds = 3_600.0
    private static let clockToleranceSeconds = 60.0
    private static let legacySubjects = ["backstage-server", "backstage-plugin"]

    var statics: [Static] = []
    var legacies: [Legacy] = []
    /// Of `backend.auth.keys`, which stand until a restart: the first of them also seals signing keys.
    var older: [Legacy] = []

    /// Compares hashes, every one of them, so that the time taken tells nothing of a token.
    func principal(ofStatic token: String) -> ServicePrincipal? {
        let presented = SHA256.hash(data: Data(token.utf8))
        var found: ServicePrincipal?
        for entry in statics where entry.digest == presented { found = entry.principal }
        return found
    }

    /// Nil for what does not look like a legacy token or is signed with no secret of ours.
    /// - Throws: `PortalError` of kind `authentication` for a good signature under an expired or too long life.
    func principal(ofLegacy token: WebToken, now: Date) throws -> ServicePrincipal? {
        guard token.algorithm == "HS256", !token.hasForeignHeader, token.claims["aud"] == nil,
            let subject = token.claims["sub"]?.string, Self.legacySubjects.contains(subject)
        else { return nil }
        var found: ServicePrincipal?
        for entry in older + legacies
        where HMAC<SHA256>.isValidAuthenticationCode(
            token.signature, authenticating: token.signedBytes, using: entry.key)
        {
            found = found ?? entry.principal
        }
        guard let found else { return nil }
        let second = now.timeIntervalSince1970
        let latest = second + Self.longestLegacyLifetimeSeconds + Self.clockToleranceSeconds
        guard token.isValid(atSecond: second), let expiry = token.claims["exp"]?.number, expiry <= latest else {
            throw PortalError(.authentication, "Invalid token: it must have an 'exp' within the next hour")
        }
        return found
    }
}

/// The tokens in force, which a change of the configuration exchanges while the portal runs.
final class ExternalTokenExchange: Sendable {
    private let tokens: Mutex<ExternalTokens>

    init(_ tokens: ExternalTokens) { self.tokens = Mutex(tokens) }

    var current: ExternalTokens { tokens.withLock { $0 } }

    /// Takes over all but `backend.auth.keys`.
    func exchange(for next: ExternalTokens) {
        tokens.withLock { tokens in
            let older = tokens.older
            tokens = next
            tokens.older = older
        }
    }
}
