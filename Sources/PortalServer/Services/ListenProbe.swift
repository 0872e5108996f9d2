import Foundation
import PortalKit

/// Whether the portal can listen where its configuration says, asked before anything of it is made.
enum ListenProbe {
    /// - Throws: `PortalError` of kind `input` with the reason and the mend.
    static func check(_ address: ServerSettings.Address) throws {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address.host, String(address.port), &hints, &first) == 0, let entry = first?.pointee else {
            throw PortalError(.input, address.refusal(ENOENT))
        }
        defer { freeaddrinfo(first) }
        let descriptor = socket(entry.ai_family, entry.ai_socktype, entry.ai_protocol)
        guard descriptor >= 0 else { throw PortalError(.input, address.refusal(errno)) }
        defer { close(descriptor) }
        // As the server does: connections that are ending keep nobody from the port.
        var isOn: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, entry.ai_addr, entry.ai_addrlen) == 0 else {
            throw PortalError(.input, address.refusal(errno))
        }
    }
}
