import Foundation
import HTTPTypes

/// Tells requests of the portal's own pages from those that another site made the browser send.
///
/// Browsers send `Origin` with every request that is not GET or HEAD, and `Sec-Fetch-Site` to https and loopback
/// addresses; programs that are no browsers send neither and carry no one else's cookies.
struct RequestOrigin: Sendable {
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")
    private static let origin = HTTPField.Name("Origin")
    private static let host = HTTPField.Name("Host")

    /// `scheme://host[:port]`, lowercased, of `app.baseUrl` and `backend.baseUrl`.
    private let configured: Set<String>

    init(baseURLs: [String]) { configured = Set(baseURLs.compactMap(Self.originText)) }

    /// Whether a session cookie counts. Navigation and images from elsewhere may read what the person may:
    /// the answer does not reach the other site.
    func mayUseCookie(_ headers: HTTPFields) -> Bool {
        guard let origin = Self.field(Self.origin, headers) else { return true }
        return isOwn(origin, headers)
    }

    /// Whether a form may be acted on that needs no sign-in before: both headers, where present, must be ours.
    func maySubmit(_ headers: HTTPFields) -> Bool {
        if let origin = Self.field(Self.origin, headers) { return isOwn(origin, headers) }
        return [nil, "same-origin", "none"].contains(Self.field(Self.fetchSite, headers))
    }

    /// Whether the host that the browser believes to talk to is this machine or the configured one: a foreign name
    /// that was made to resolve to a loopback address is neither. Unknown hosts pass only where none is stated.
    func isLocal(_ headers: HTTPFields) -> Bool {
        var names: [String] = []
        if let origin = Self.field(Self.origin, headers), origin != "null" { names.append(origin) }
        if let host = Self.field(Self.host, headers) { names.append("http://\(host)") }
        return names.allSatisfy { name in
            guard let host = Self.hostName(of: name) else { return false }
            return Self.isLoopback(host) || configured.contains { Self.hostName(of: $0) == host }
        }
    }

    private func isOwn(_ origin: String, _ headers: HTTPFields) -> Bool {
        if configured.contains(origin) { return true }
        if let site = Self.field(Self.fetchSite, headers) { return site == "same-origin" }
        guard let host = Self.field(Self.host, headers) else { return false }
        return origin == "http://\(host)" || origin == "https://\(host)"
    }

    /// Whether a host is this machine by its name alone, without asking a resolver.
    static func isLoopback(_ host: String) -> Bool {
        let name = host.lowercased()
        if name == "localhost" || name.hasSuffix(".localhost") || name == "::1" || name == "[::1]" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func field(_ name: HTTPField.Name?, _ headers: HTTPFields) -> String? {
        name.flatMap { headers[$0] }?.lowercased()
    }

    /// The origin of an absolute URL, without a default port.
    static func originText(_ url: String) -> String? {
        guard let separator = url.range(of: "://") else { return nil }
        let scheme = url[..<separator.lowerBound].lowercased()
        var authority = url[separator.upperBound...].prefix { !"/?#\\".contains($0) }.lowercased()
        guard ["http", "https"].contains(scheme), !authority.isEmpty, !authority.contains("@") else { return nil }
        let defaultPort = scheme == "https" ? ":443" : ":80"
        if authority.hasSuffix(defaultPort) { authority.removeLast(defaultPort.count) }
        return "\(scheme)://\(authority)"
    }

    private static func hostName(of url: String) -> String? {
        guard let origin = originText(url), let separator = origin.range(of: "://") else { return nil }
        let authority = origin[separator.upperBound...]
        if authority.hasPrefix("[") { return authority.firstIndex(of: "]").map { String(authority[...$0]) } }
        return String(authority.prefix { $0 != ":" })
    }
}
