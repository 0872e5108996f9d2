import Crypto
import Foundation
import PortalKit

/// Reads `backend.auth.externalAccess` and the older `backend.auth.keys` (upstream's config.d.ts).
enum ExternalAccessSettings {
    static func read(_ auth: ConfigNode) throws -> ExternalTokens {
        var tokens = ExternalTokens()
        for key in try auth["keys"].items() ?? [] {
            let secret = try legacySecret(key["secret"])
            tokens.older.append(
                .init(key: secret, principal: ServicePrincipal(subject: "external:backstage-plugin")))
        }
        for entry in try auth["externalAccess"].items() ?? [] { try add(entry, to: &tokens) }
        return tokens
    }

    private static func add(_ entry: ConfigNode, to tokens: inout ExternalTokens) throws {
        try entry.allowOnly(["type", "options", "config", "accessRestrictions"])
        // Upstream's first release of it nested the options under `config`.
        let options = entry["options"].isPresent ? entry["options"] : entry["config"]
        let restrictions = try AccessRestrictionSettings.read(entry["accessRestrictions"])
        switch try entry["type"].requiredText() {
        case "static":
            try options.allowOnly(["token", "subject"])
            let token = try options["token"].requiredText()
            guard !token.contains(where: \.isWhitespace) else {
                throw options["token"].mistake("must be a set of non-space characters")
            }
            guard token.count >= 8 else { throw options["token"].mistake("must have at least 8 characters") }
            guard tokens.principal(ofStatic: token) == nil else {
                throw options["token"].mistake("is declared more than once; each entry needs a token of its own")
            }
            let principal = ServicePrincipal(subject: try subject(options), restrictions: restrictions)
            tokens.statics.append(.init(token: token, principal: principal))
        case "legacy":
            try options.allowOnly(["secret", "subject"])
            let principal = ServicePrincipal(subject: try subject(options), restrictions: restrictions)
            tokens.legacies.append(.init(key: try legacySecret(options["secret"]), principal: principal))
        case "jwks":
            throw entry["type"].mistake(
                "is 'jwks', which this version does not offer; use a 'static' or 'legacy' entry")
        case let other:
            throw entry["type"].mistake(
                "is '\(other)', expected one of 'static', 'legacy'", near: other, among: ["static", "legacy"])
        }
    }

    private static func subject(_ options: ConfigNode) throws -> String {
        let subject = try options["subject"].requiredText()
        guard !subject.contains(where: \.isWhitespace) else {
            throw options["subject"].mistake("must be a set of non-space characters")
        }
        return subject
    }

    /// The bytes of a secret that is base64 in either alphabet, padded or not.
    private static func legacySecret(_ node: ConfigNode) throws -> SymmetricKey {
        var text = try node.requiredText()
        text.replace("+", with: "-")
        text.replace("/", with: "_")
        while text.hasSuffix("=") { text.removeLast() }
        guard let bytes = Base64URL.decode(text), bytes.count >= 8 else {
            throw node.mistake("must be the base64 of at least 8 bytes; make one with: openssl rand -base64 24")
        }
        return SymmetricKey(data: bytes)
    }
}

/// Reads `accessRestrictions`. A mistake in it must never widen what a token may do, so all are errors.
enum AccessRestrictionSettings {
    /// Nil, that is no limit, only where the key is absent.
    static func read(_ list: ConfigNode) throws -> [AccessRestriction]? {
        guard list.isPresent else { return nil }
        guard let items = try list.items(), !items.isEmpty else {
            throw list.mistake("names no plugin; name those that the token may call, or remove the key")
        }
        var restrictions: [AccessRestriction] = []
        for item in items {
            let restriction = try read(entry: item)
            if restrictions.contains(where: { $0.plugin == restriction.plugin }) {
                throw item.mistake("declares accessRestrictions twice for plugin '\(restriction.plugin)'")
            }
            restrictions.append(restriction)
        }
        return restrictions
    }

    private static func read(entry: ConfigNode) throws -> AccessRestriction {
        try entry.allowOnly(["plugin", "permission", "permissionAttribute"])
        try entry["permissionAttribute"].allowOnly(["action"])
        let actions = try words(entry["permissionAttribute"]["action"])
        for action in actions where Permission.Action(rawValue: action) == nil {
            let known = Permission.Action.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw entry["permissionAttribute"]["action"].mistake("has '\(action)', expected one of \(known)")
        }
        return AccessRestriction(
            plugin: try entry["plugin"].requiredText(), permissions: try words(entry["permission"]), actions: actions)
    }

    private static func words(_ node: ConfigNode) throws -> [String] {
        guard node.isPresent else { return [] }
        guard let words = try node.words(), !words.isEmpty else { throw node.mistake("is empty; remove it or fill it") }
        return words
    }
}
