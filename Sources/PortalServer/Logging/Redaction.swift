/// Takes out of what is logged what looks like a secret, whoever wrote the message: a token in a query string, a user of
/// a URL, a header that carries credentials. The last guard, not the first: `Secret` does not print to begin with.
enum Redaction {
    private static let hidden = "…"
    /// How tokens of well-known services begin; `eyJ` begins every JSON web token.
    private static let beginnings = [
        "eyJ", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "sk-", "AKIA",
    ]
    private static let shortestToken = 16

    static func redacted(_ text: String) -> String {
        guard mayHoldSecret(text) else { return text }
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for index in words.indices {
            let last = index > 0 ? words[index - 1].lowercased() : ""
            let isCredential = ["bearer", "basic", "token"].contains { last.hasSuffix($0) }
            if isCredential, words[index].utf8.count >= shortestToken {
                words[index] = hidden
            } else {
                words[index] = word(words[index])
            }
        }
        return words.joined(separator: " ")
    }

    private static func mayHoldSecret(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "@") } || text.contains("earer ")
            || text.contains("asic ") || text.contains("oken ") || beginnings.contains { text.contains($0) }
    }

    private static func word(_ word: String) -> String { withoutTokens(withoutPairs(withoutUsers(word))) }

    /// `https://user:password@host`
    private static func withoutUsers(_ word: String) -> String {
        guard let scheme = word.firstRange(of: "://") else { return word }
        let rest = word[scheme.upperBound...]
        // A slash that nobody encoded may be part of a password, so the last sign before the query counts.
        let authority = rest.prefix { $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return word }
        return word[..<scheme.upperBound] + hidden + rest[at...]
    }

    /// `?token=…&password=…`
    private static func withoutPairs(_ word: String) -> String {
        var out = ""
        var rest = word[...]
        while let equals = rest.firstIndex(of: "=") {
            let name = rest[..<equals].reversed().prefix { $0.isLetter || $0.isNumber || "_-.".contains($0) }
            out += rest[...equals]
            rest = rest[rest.index(after: equals)...]
            guard SecretNames.tells(String(name.reversed())) else { continue }
            out += hidden
            rest = rest.drop { !"&;#\"',)]}".contains($0) }
        }
        return out + rest
    }

    private static func withoutTokens(_ word: String) -> String {
        var out = word
        for beginning in beginnings {
            var searched = out.startIndex
            while let found = out[searched...].firstRange(of: beginning) {
                let token = out[found.lowerBound...].prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
                let isWhole = found.lowerBound == out.startIndex || !(out[out.index(before: found.lowerBound)].isLetter)
                guard isWhole, token.utf8.count >= shortestToken else {
                    searched = found.upperBound
                    continue
                }
                out.replaceSubrange(token.startIndex..<token.endIndex, with: hidden)
                searched = out.startIndex
            }
        }
        return out
    }
}
