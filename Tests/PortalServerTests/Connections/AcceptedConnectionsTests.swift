import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Testing

@testable import PortalServer

@Suite struct AcceptedConnectionsTests {
    /// The last moment of a server: it accepts, and stops before it takes what it has accepted.
    @Test("a connection that nobody takes is closed, and ends no process")
    func untaken() async throws {
        let connections = AcceptedConnections(
            http: HTTP1Channel(responder: { _, _, _ in Issue.record("Somebody took it.") }))
        let (accepted, acceptor) = AsyncStream.makeStream(of: AcceptedConnections.Value.self)
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                connections.setup(channel: channel, logger: Logger(label: "test")).map { _ = acceptor.yield($0) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let connection = try RawConnection(port: try #require(server.localAddress?.port))
        connection.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n")
        var value = await accepted.first { _ in true }
        while value?.channel.isActive == false { try await Task.sleep(for: .milliseconds(1)) }
        value = nil
        #expect(await connection.rest() == "")
        try await server.close()
    }
}
