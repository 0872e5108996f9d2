import Foundation

/// An address that a host's name resolves to, and whether requests made for others may go there.
struct NetworkAddress: Sendable, Hashable {
    /// 4 or 16 bytes.
    let bytes: [UInt8]
    /// As libcurl and people write it.
    let text: String

    /// Where a name leads now; literal addresses are read as the resolver reads them.
    /// - Throws: nothing; empty where the name is unknown.
    static func resolve(_ host: String) -> [NetworkAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var found: [NetworkAddress] = []
        var next = first
        while let entry = next {
            if let address = NetworkAddress(entry.pointee), !found.contains(address) { found.append(address) }
            next = entry.pointee.ai_next
        }
        return found
    }

    private init?(_ entry: addrinfo) {
        guard let address = entry.ai_addr else { return nil }
        switch entry.ai_family {
        case AF_INET:
            bytes = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) }
            }
        case AF_INET6:
            bytes = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) }
            }
        default: return nil
        }
        var buffer = [CChar](repeating: 0, count: 64)
        guard inet_ntop(entry.ai_family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return nil }
        text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The one form of an IPv6 address among the many that it may be written in; nil for what is none.
    static func shortest(_ text: String) -> String? {
        var address = in6_addr()
        var buffer = [CChar](repeating: 0, count: 64)
        guard inet_pton(AF_INET6, text, &address) == 1,
            inet_ntop(AF_INET6, &address, &buffer, socklen_t(buffer.count)) != nil
        else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    init(bytes: [UInt8], text: String) {
        self.bytes = bytes
        self.text = text
    }

    /// The IPv4 address within an IPv6 one that stands for it: mapped, compatible, NAT64, 6to4.
    private var embedded: [UInt8]? {
        guard bytes.count == 16 else { return nil }
        let zeros = bytes.prefix(10).allSatisfy { $0 == 0 }
        if zeros, bytes[10] == 0xff, bytes[11] == 0xff { return Array(bytes[12...]) }
        if zeros, bytes[10] == 0, bytes[11] == 0, bytes[12...] != [0, 0, 0, 1], bytes[12...] != [0, 0, 0, 0] {
            return Array(bytes[12...])
        }
        if bytes.prefix(4) == [0, 0x64, 0xff, 0x9b] { return Array(bytes[12...]) }
        if bytes.prefix(2) == [0x20, 0x02] { return Array(bytes[2..<6]) }
        return nil
    }

    /// Where clouds keep the credentials of their machines; never reached, whoever allows the host.
    var isMetadataService: Bool {
        let four = embedded ?? bytes
        return four == [169, 254, 169, 254] || four == [169, 254, 170, 2] || four == [100, 100, 100, 200]
            || bytes == [0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54]
    }

    /// Whether the address is on the public internet, after the special-purpose registries of RFC 6890.
    var isPublic: Bool {
        if let embedded { return NetworkAddress(bytes: embedded, text: "").isPublic }
        if bytes.count == 4 { return isPublicIPv4 }
        if bytes.count != 16 { return false }
        // Only 2000::/3 is allocated; 2001:db8::/32 and 2001::/23 are for documentation and protocols.
        guard bytes[0] & 0xe0 == 0x20 else { return false }
        if bytes.prefix(4) == [0x20, 0x01, 0x0d, 0xb8] { return false }
        return !(bytes.prefix(2) == [0x20, 0x01] && bytes[2] < 2)
    }

    private var isPublicIPv4: Bool {
        switch (bytes[0], bytes[1]) {
        case (0, _), (10, _), (127, _), (169, 254), (192, 168), (224..., _): false
        case (172, 16...31), (100, 64...127), (198, 18...19): false
        case (192, 0): bytes[2] != 0 && bytes[2] != 2
        case (198, 51): bytes[2] != 100
        case (203, 0): bytes[2] != 113
        default: true
        }
    }
}
