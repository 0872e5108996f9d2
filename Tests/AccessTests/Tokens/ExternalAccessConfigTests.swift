import PortalKit
import PortalTesting
import Testing

/// Whoever mistypes the list of tokens is told where, and never has a token that may do more than was meant.
@Suite struct ExternalAccessConfigTests {
    private static let secret = "secret-token-value"

    private func message(_ entry: String) async -> String? {
        let config = "backend:\n  auth:\n    externalAccess:\n\(entry)\n"
        do {
            _ = try await AccessPortal.make(config)
            return nil
        } catch { return (error as? PortalError)?.message ?? "\(error)" }
    }

    private static let entries: [(entry: String, path: String, words: String, line: Int)] = [
        ("      - type: static\n        options: { subject: a }", "[0].options.token", "is missing", 5),
        ("      - type: static\n        options: { token: \(secret) }", "[0].options.subject", "is missing", 5),
        ("      - options: { token: \(secret), subject: a }", "[0].type", "is missing", 4),
        (
            "      - type: static\n        options: { token: short, subject: a }", "[0].options.token",
            "must have at least 8 characters", 5
        ),
        (
            "      - type: static\n        options: { token: 'two words', subject: a }", "[0].options.token",
            "must be a set of non-space characters", 5
        ),
        (
            "      - type: static\n        options: { token: \(secret), subject: 'a b' }", "[0].options.subject",
            "must be a set of non-space characters", 5
        ),
        (
            "      - type: statik\n        options: { token: \(secret), subject: a }", "[0].type",
            "is 'statik', expected one of 'static', 'legacy'", 4
        ),
        (
            "      - type: jwks\n        options: { url: 'https://id.example' }", "[0].type",
            "is 'jwks', which this version does not offer", 4
        ),
        (
            "      - type: static\n        options: { token: \(secret), subject: a }\n        accessRestriction: []",
            "[0].accessRestriction", "is not known here", 6
        ),
        (
            "      - type: static\n        options: { token: \(secret), subject: a }\n        accessRestrictions: []",
            "[0].accessRestrictions", "names no plugin", 6
        ),
        (
            "      - type: static\n        options: { token: \(secret), subject: a }\n        accessRestrictions:",
            "[0].accessRestrictions", "names no plugin", 6
        ),
        (
            "      - type: static\n        options: { token: \(secret), subject: a }\n"
                + "        accessRestrictions:\n          - permission: a.b", "[0].accessRestrictions[0].plugin",
            "is missing", 7
        ),
        (
            "      - type: static\n        options: { token: \(secret), subject: a }\n"
                + "        accessRestrictions:\n          - plugin: a\n          - plugin: a",
            "[0].accessRestrictions[1]", "declares accessRestrictions twice for plugin 'a'", 8
        ),
        (
            "      - type: static\n        options: { token: \(secret), subject: a }\n"
                + "        accessRestrictions:\n          - plugin: a\n            permissions: [b.c]",
            "[0].accessRestrictions[0].permissions", "is not known here", 8
        ),
        (
            "      - type: static\n        options: { token: \(secret), subject: a }\n"
                + "        accessRestrictions:\n          - plugin: a\n            permissionAttribute: { action: write }",
            "[0].accessRestrictions[0].permissionAttribute.action", "has 'write'", 8
        ),
        (
            "      - type: static\n        options: { token: \(secret), subject: a }\n"
                + "        accessRestrictions:\n          - plugin: a\n            permission: []",
            "[0].accessRestrictions[0].permission", "is empty", 8
        ),
        (
            "      - type: legacy\n        options: { secret: '%%%', subject: a }", "[0].options.secret",
            "must be the base64 of at least 8 bytes", 5
        ),
        (
            "      - type: static\n        options: { token: \(secret), subject: a }\n"
                + "      - type: static\n        options: { token: \(secret), subject: b }", "[1].options.token",
            "is declared more than once", 7
        ),
        ("      type: static", "", "must be a list", 4),
    ]

    @Test("a mistake is named with its key and its line, and without the token", arguments: entries.indices)
    func mistakes(_ index: Int) async throws {
        let (entry, path, words, line) = Self.entries[index]
        let message = try #require(await message(entry))
        #expect(message.hasPrefix("Configuration: backend.auth.externalAccess\(path) \(words)"), "\(message)")
        // A word that is nearly right is followed by a suggestion, and nothing else.
        let sentence = message.replacing(/\ Did you mean [a-zA-Z]+\?$/, with: "")
        #expect(sentence.hasSuffix("(app-config.yaml:\(line))."), "\(message)")
        #expect(!message.contains(Self.secret))
    }

    @Test("the same entry without its mistake is accepted") func control() async {
        let entry =
            "      - type: static\n        options: { token: \(Self.secret), subject: a }\n"
            + "        accessRestrictions:\n          - plugin: a\n            permission: [b.c]"
        #expect(await message(entry) == nil)
    }
}
