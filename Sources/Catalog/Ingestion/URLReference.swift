/// References resolved against absolute URLs after RFC 3986, part 5.2, for `http` and `https`.
enum URLReference {
    struct Parts: Sendable, Hashable {
        var scheme: String
        var authority: String
        var path: String
        var query: String?

        var text: String { "\(scheme)://\(authority)\(path)\(query.map { "?\($0)" } ?? "")" }
        /// Lowercased host, with the port where one is written.
        var host: String { String(authority.lowercased().split(separator: "@").last ?? "") }
    }

    /// - Returns: nil for anything but an absolute http(s) URL with a host and without credentials.
    static func parse(_ text: String) -> Parts? {
        let clean = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        guard let mark = clean.range(of: "://"), !clean.contains(where: { $0.isWhitespace || $0 == "\\" }),
            !clean.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else {
            return nil
        }
        let scheme = clean[..<mark.lowerBound].lowercased()
        let rest = clean[mark.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = String(rest[..<end])
        guard scheme == "http" || scheme == "https", isAuthority(authority) else { return nil }
        let (path, query) = split(rest[end...])
        return Parts(scheme: scheme, authority: authority, path: path.isEmpty ? "/" : path, query: query)
    }

    /// A host with or without a port, and nothing else: no credentials, nothing that only looks like a host.
    private static func isAuthority(_ text: String) -> Bool {
        var host = text[...]
        if let colon = text.lastIndex(of: ":"), text[text.index(after: colon)...].allSatisfy({ "0"..."9" ~= $0 }) {
            let port = text[text.index(after: colon)...]
            guard port.isEmpty || UInt16(port) != nil else { return false }
            host = text[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            return isIPv6(host.dropFirst().dropLast())
        }
        return !host.isEmpty
            && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "-._".contains($0) }
    }

    /// Eight groups of up to four hexadecimal digits; two colons, once, stand for any number of empty ones. The last two
    /// groups may be written as an IPv4 address.
    private static func isIPv6(_ text: Substring) -> Bool {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count) else { return false }
        var count = 0
        for (number, half) in halves.enumerated() where !half.isEmpty {
            var groups = half.split(separator: ":", omittingEmptySubsequences: false)
            if number == halves.count - 1, let last = groups.last, last.contains(".") {
                let parts = last.split(separator: ".", omittingEmptySubsequences: false)
                guard parts.count == 4, parts.allSatisfy({ UInt8($0) != nil && $0.count <= 3 }) else { return false }
                groups.removeLast()
                count += 2
            }
            guard groups.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(\.isHexDigit) }) else { return false }
            count += groups.count
        }
        return halves.count == 1 ? count == 8 : count < 8
    }

    /// An address as people may see it: without a user and a query, which may be secret.
    static func shown(_ text: String) -> String {
        guard let mark = text.range(of: "://") else { return text }
        var rest = text[mark.upperBound...]
        // What comes before the last `@` may be a password with anything in it. Where the address holds, and no colon
        // can have begun one, it is a part of the path: https://example.org/@scope/a.yaml.
        let at = rest.lastIndex(of: "@").flatMap { parse(text) == nil || rest[..<$0].contains(":") ? $0 : nil }
        let user = at.map { _ in "<secret>@" } ?? ""
        if let at { rest = rest[rest.index(after: at)...] }
        let query = rest.firstIndex(of: "?").map { _ in "?<secret>" } ?? ""
        return text[..<mark.upperBound] + user + rest.prefix { $0 != "?" } + query
    }

    /// Whether an address has a user name or a password.
    static func holdsSecret(_ text: String) -> Bool { shown(text).contains("://<secret>@") }

    /// Why `parse` has nothing of a text, for messages that name it as it may be shown.
    static func refusal(of text: String) -> String { refusal(holdsSecret: holdsSecret(text)) }

    static func refusal(holdsSecret: Bool) -> String {
        holdsSecret
            ? "holds a user name or password; leave it out, Callboard takes none from addresses"
            : "is no http or https URL"
    }

    /// - Returns: nil where the result is no absolute http(s) URL.
    static func resolve(_ reference: String, against base: String) -> String? {
        if reference.range(of: "://") != nil { return parse(reference)?.text }
        guard var parts = parse(base), !hasScheme(reference) else { return nil }
        if reference.hasPrefix("//") { return parse("\(parts.scheme):\(reference)")?.text }
        let clean = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        let (path, query) = split(clean)
        if path.isEmpty {
            parts.query = query ?? parts.query
        } else {
            let folder = parts.path[...(parts.path.lastIndex(of: "/") ?? parts.path.startIndex)]
            parts.path = withoutDots(path.hasPrefix("/") ? path : folder + path)
            parts.query = query
        }
        return parse(parts.text)?.text
    }

    private static func hasScheme(_ reference: String) -> Bool {
        guard let colon = reference.firstIndex(of: ":") else { return false }
        return !reference[..<colon].contains { "/?#".contains($0) }
    }

    private static func split(_ text: Substring) -> (path: String, query: String?) {
        guard let mark = text.firstIndex(of: "?") else { return (String(text), nil) }
        return (String(text[..<mark]), String(text[text.index(after: mark)...]))
    }

    private static func withoutDots(_ path: String) -> String {
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for segment in segments {
            switch segment {
            case ".": continue
            case "..": _ = kept.popLast()
            default: kept.append(segment)
            }
        }
        let isFolder = segments.last == "." || segments.last == ".."
        return "/" + kept.joined(separator: "/") + (isFolder && !kept.isEmpty ? "/" : "")
    }
}

extension StringProtocol {
    /// The first place of a text; Foundation's search is not needed for it.
    fileprivate func range(of needle: String) -> Range<Index>? {
        var start = startIndex
        while start != endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }
}
