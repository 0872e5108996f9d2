/// Tells by name and form what in a configuration is secret, where no declaration says so.
///
/// Rather too much is hidden than too little: what is hidden by mistake can be looked up in its file.
enum SecretNames {
    /// Secret wherever they are part of a name: `clientSecret`, `x-api-key`.
    private static let parts = [
        "password", "passwd", "passphrase", "secret", "token", "privatekey", "apikey", "accesskey", "signingkey",
        "sharedkey", "encryptionkey", "credential", "authorization", "connectionstring", "cookie",
    ]
    /// Too short to be looked for within other words. Headers of a proxy are there to carry credentials.
    private static let whole: Set<String> = ["key", "pass", "pwd", "pat", "sig", "headers", "dsn"]

    /// Whether a key of this name holds something secret.
    static func tells(_ name: some StringProtocol) -> Bool {
        let letters = name.lowercased().filter { $0.isLetter }
        return whole.contains(letters) || parts.contains { letters.contains($0) }
    }

    /// Whether a text has a secret within: a private key, a user of a URL, `password=…` or `?token=…`.
    static func areHeld(in text: String) -> Bool {
        text.contains("PRIVATE KEY-----") || hasUser(text) || hasTellingPair(text)
    }

    /// `https://user:password@host`, also where the password holds a slash that nobody encoded.
    private static func hasUser(_ text: String) -> Bool {
        var rest = text[...]
        while let separator = rest.firstRange(of: "://") {
            rest = rest[separator.upperBound...]
            let authority = rest.prefix { !"/?#".contains($0) && !$0.isWhitespace }
            if authority.contains("@") { return true }
            let host = authority.lastIndex(of: "]").map { authority[$0...] } ?? authority
            guard let colon = host.firstIndex(of: ":") else { continue }
            // What stands where a port belongs and is none is the beginning of a password.
            let isPort = host[host.index(after: colon)...].allSatisfy { $0.isNumber || ",:".contains($0) }
            if !isPort, rest.prefix(while: { !$0.isWhitespace }).contains("@") { return true }
        }
        return false
    }

    /// A name, an equals sign and something after it, in a query, a list of semicolons or of blanks.
    private static func hasTellingPair(_ text: String) -> Bool {
        let parts = text.split(separator: "=")
        return parts.dropLast().contains { part in
            part.split { "?&;#".contains($0) || $0.isWhitespace }.last.map(tells) ?? false
        }
    }
}
