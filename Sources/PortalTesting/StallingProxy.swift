import Foundation
import Synchronization

/// Stands between a client and a server of this machine, and falls silent when a test wants it: connections stay open,
/// what is sent is taken, nothing comes back. So do networks that lose packets, and servers that hang.
public final class StallingProxy: Sendable {
    private struct Failure: Error {
        let what: String
    }

    private let listener: Int32
    private let target: String
    private let state = Mutex((isSilent: false, isClosed: false, accepted: 0, open: 0))

    public let port: Int

    /// - Parameter target: the path of the server's socket.
    public init(to target: String) throws {
        self.target = target
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 128) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard isBound else { throw Failure(what: "no port for a proxy") }
        port = Int(UInt16(bigEndian: address.sin_port))
        let thread = Thread { [self] in accept() }
        thread.start()
    }

    public var accepted: Int { state.withLock { $0.accepted } }
    /// Connections that both sides still hold.
    public var open: Int { state.withLock { $0.open } }

    public func fallSilent() { state.withLock { $0.isSilent = true } }
    public func speak() { state.withLock { $0.isSilent = false } }

    /// Ends every connection.
    public func close() {
        state.withLock { $0.isClosed = true }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }
    private var isSilent: Bool { state.withLock { $0.isSilent } }

    private func accept() {
        while !isClosed {
            let client = Foundation.accept(listener, nil, nil)
            guard client >= 0 else { continue }
            state.withLock { state in
                state.accepted += 1
                state.open += 1
            }
            Thread { [self] in
                forward(client)
                state.withLock { $0.open -= 1 }
            }.start()
        }
        Foundation.close(listener)
    }

    private func forward(_ client: Int32) {
        defer { Foundation.close(client) }
        guard let server = connected() else { return }
        defer { Foundation.close(server) }
        while !isClosed {
            if isSilent {
                // Only whether the client has given up is looked at.
                var ends = [pollfd(fd: client, events: Int16(0x2000), revents: 0)]
                if poll(&ends, 1, 20) > 0, ends[0].revents != 0 { return }
                continue
            }
            var ends = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: server, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&ends, 2, 20) >= 0 else { continue }
            if isSilent { continue }
            if ends[0].revents != 0, !pass(from: client, to: server) { return }
            if ends[1].revents != 0, !pass(from: server, to: client) { return }
        }
    }

    private func pass(from: Int32, to: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(from, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        var sent = 0
        while sent < count {
            let written = buffer[sent..<count].withUnsafeBytes { send(to, $0.baseAddress, $0.count, Int32(0x4000)) }
            guard written > 0 else { return false }
            sent += written
        }
        return true
    }

    private func connected() -> Int32? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(target.utf8.prefix(MemoryLayout.size(ofValue: address.sun_path) - 1))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(server, $0, length) == 0 }
        }
        if isConnected { return server }
        Foundation.close(server)
        return nil
    }
}
