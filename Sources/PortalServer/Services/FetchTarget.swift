import Foundation
import PortalKit

/// What a request is sent to, taken from the parsed URL.
struct FetchTarget: Sendable, Hashable {
    let scheme: String
    /// As resolvers know it: lowercased ASCII without a dot at the end; IPv6 in its shortest form, without brackets.
    let host: String
    let port: Int
    /// The whole URL in ASCII.
    let url: String

    var bareHost: String { host.contains(":") ? "[\(host)]" : host }

    /// - Throws: `PortalError` of kind `notAllowed` for anything but http and https with a host and no credentials.
    init(_ text: String) throws {
        // A percent sign would be read as one name here and as another by libcurl.
        guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = url.encodedHost, !host.isEmpty, !host.contains("%"),
            let written = url.string
        else { throw PortalError(.notAllowed, "\(text) is no http or https URL.") }
        guard url.user == nil, url.password == nil else {
            throw PortalError(.notAllowed, "A URL with a user or password in it is not fetched.")
        }
        self.scheme = scheme
        self.host = Self.canonical(host)
        self.url = written
        port = url.port ?? (scheme == "https" ? 443 : 80)
    }

    private static func canonical(_ host: String) -> String {
        var name = host.lowercased()
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        if name.contains(":") { return NetworkAddress.shortest(name) ?? name }
        return name.count > 1 && name.hasSuffix(".") ? String(name.dropLast()) : name
    }

    /// Whether a host of the configuration, perhaps with a port or `*.` in front, means this one.
    func matches(_ pattern: String) -> Bool {
        var name = pattern
        // Without brackets, several colons are an IPv6 address and no port.
        let isBare = !pattern.hasPrefix("[") && pattern.filter({ $0 == ":" }).count > 1
        if !isBare, let colon = pattern.lastIndex(of: ":"), let number = Int(pattern[pattern.index(after: colon)...]) {
            if number != port { return false }
            name = String(pattern[..<colon])
        }
        if name.hasPrefix("*.") {
            let parent = Self.ascii(String(name.dropFirst(2)))
            return host.hasSuffix(".\(parent)") && host.count > parent.count + 1
        }
        return host == Self.canonical(Self.ascii(name))
    }

    /// A name as the operator wrote it, perhaps with letters beyond ASCII.
    private static func ascii(_ name: String) -> String {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name.lowercased() }
        return URLComponents(string: "http://\(name)")?.encodedHost?.lowercased() ?? name
    }
}
