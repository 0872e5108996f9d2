import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import Testing

@testable import PortalServer

/// A connection that says exactly what a test wants, byte by byte.
final class RawConnection: Sendable {
    let socket: Int32

    init(port: Int) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(Self.connects(socket, to: port))
        // No test waits longer than this for a server that does not answer.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Whether somebody listens at a port.
    static func isTaken(port: Int) -> Bool {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        return connects(socket, to: port)
    }

    private static func connects(_ socket: Int32, to port: Int) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    deinit { close(socket) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Foundation.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// What comes first; nil where nothing does.
    func beginning() async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [socket] in
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = recv(socket, &buffer, buffer.count, 0)
                continuation.resume(returning: count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil)
            }
        }
    }

    /// Everything until the server ends the connection; nil where it does not.
    func rest() async -> String? {
        await withCheckedContinuation { continuation in
            // A thread of its own: shared ones that wait here would be missing elsewhere.
            Thread.detachNewThread { [socket] in
                var all: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 4096)
                while true {
                    let count = recv(socket, &buffer, buffer.count, 0)
                    if count > 0 {
                        all += buffer[..<count]
                        continue
                    }
                    let isEnded = count == 0 || errno == ECONNRESET
                    return continuation.resume(returning: isEnded ? String(decoding: all, as: UTF8.self) : nil)
                }
            }
        }
    }
}

@Suite struct SlowClientTests {
    private let routes = [
        Route(.post, "/api/test/size", access: .authenticated, maximumBodyBytes: 1000) { request in
            .json(["size": .number(Double(request.body.count))])
        },
        Route(.get, "/api/test/hello", access: .authenticated) { _ in .json("hello") },
    ]

    private let head = "POST /api/test/size HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer user\r\n"

    @Test(
        "a body that stalls or trickles is answered 408 at its deadline, and the connection ends",
        arguments: [
            "Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            "Content-Length: 10\r\n\r\n",
        ])
    func slowBody(_ beginning: String) async throws {
        try await TestServer.run(routes, limits: .init(idle: .seconds(600), body: .milliseconds(200))) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(head + beginning)
            let answer = try #require(await connection.rest())
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            #expect(answer.contains("\"RequestTimeoutError\"") && answer.contains("did not arrive in time"))
            #expect(answer.contains("nosniff"))
        }
    }

    @Test("a refused request is answered at once, and its body has the same deadline")
    func refused() async throws {
        try await TestServer.run(routes, limits: .init(idle: .seconds(600), body: .milliseconds(200))) { server in
            let connection = try RawConnection(port: server.port)
            connection.send("POST /api/test/size HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nabc")
            let answer = try #require(await connection.rest())
            #expect(answer.hasPrefix("HTTP/1.1 401 "))
        }
    }

    @Test("a body that is too large is told at once, and the rest of it has the deadline")
    func tooLarge() async throws {
        try await TestServer.run(routes, limits: .init(idle: .seconds(600), body: .milliseconds(200))) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(head + "Content-Length: 5000\r\n\r\n" + String(repeating: "x", count: 2000))
            let answer = try #require(await connection.rest())
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test("after a body that nobody wanted, or that was read, the connection serves the next request")
    func nextRequest() async throws {
        try await TestServer.run(routes) { server in
            let connection = try RawConnection(port: server.port)
            let hello = "GET /api/test/hello HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer user\r\n"
            connection.send("POST /api/nowhere HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc")
            connection.send(head + "Content-Length: 3\r\n\r\nabc" + hello + "\r\n")
            connection.send(hello + "Connection: close\r\n\r\n")
            let answer = try #require(await connection.rest())
            #expect(
                answer.components(separatedBy: "HTTP/1.1 ").map { $0.prefix(3) } == ["", "404", "200", "200", "200"])
            #expect(answer.contains("{\"size\":3}"))
        }
    }

    @Test(
        "a connection that says nothing, or never ends its headers, is closed after the idle time",
        arguments: ["", "GET /api/test/hello HTTP/1.1\r\nHost: t\r\n"])
    func idle(_ beginning: String) async throws {
        try await TestServer.run(routes, limits: .init(idle: .milliseconds(200), body: .seconds(600))) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(beginning)
            #expect(await connection.rest() == "")
        }
    }
}
