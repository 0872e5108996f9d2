import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import Testing

@testable import PortalServer

@Suite struct LastRequestsTests {
    private let hello = "GET /api/test/hello HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer user\r\n\r\n"

    private let begin = AsyncStream.makeStream(of: Void.self)
    private let end = AsyncStream.makeStream(of: Void.self)

    private var routes: [Route] {
        [
            Route(.get, "/api/test/hello", access: .authenticated) { _ in .json("hello") },
            Route(.get, "/api/test/slow", access: .authenticated) { [begin, end] _ in
                begin.continuation.yield()
                for await _ in end.stream {}
                return .json("slow")
            },
        ]
    }

    @Test("a connection that is idle when the stop begins has one more request answered, told to be the last")
    func idle() async throws {
        try await TestServer.run(routes, limits: ConnectionLimits(drain: .seconds(60))) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(hello)
            let first = await connection.beginning() ?? ""
            #expect(first.hasPrefix("HTTP/1.1 200") && !first.lowercased().contains("connection: close"))
            await server.stop()
            try await refuses(server.port)
            connection.send(hello)
            let last = await connection.rest() ?? "no end"
            #expect(last.hasPrefix("HTTP/1.1 200") && last.lowercased().contains("connection: close"))
            #expect(last.hasSuffix("\"hello\""))
        }
    }

    @Test("a connection that stays silent is closed after a while, or at once where no replica takes over")
    func silent() async throws {
        for drain in [Duration.milliseconds(300), .zero] {
            try await TestServer.run(routes, limits: ConnectionLimits(drain: drain)) { server in
                let connection = try RawConnection(port: server.port)
                connection.send(hello)
                _ = await connection.beginning()
                let begun = ContinuousClock.now
                await server.stop()
                #expect(await connection.rest() == "")
                let time = begun.duration(to: .now)
                #expect(time >= drain && time < drain + .seconds(5))
            }
        }
    }

    @Test("a request under way is answered to its end, with word that it was the last")
    func underWay() async throws {
        try await TestServer.run(routes, limits: ConnectionLimits(drain: .seconds(60))) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(hello.replacing("hello", with: "slow"))
            for await _ in begin.stream { break }
            await server.stop()
            try await refuses(server.port)
            end.continuation.finish()
            let last = await connection.rest() ?? "no end"
            #expect(last.lowercased().contains("connection: close") && last.hasSuffix("\"slow\""))
        }
    }

    /// Waits until no new connection is taken.
    private func refuses(_ port: Int) async throws {
        for _ in 0..<2_000 {
            if !RawConnection.isTaken(port: port) { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("The port is still open.")
    }
}
