import Foundation
import HTTPTypes
import PortalKit
import Synchronization
import Testing

@testable import PortalServer

/// Clients that ask for much and take little of it.
@Suite(.serialized) struct SlowReaderTests {
    /// Stands for the version of the catalog that an answer is made of.
    private final class Held: Sendable {
        private let holders: HolderCount

        init(_ holders: HolderCount) {
            self.holders = holders
            holders.count.add(1, ordering: .relaxed)
        }

        deinit { holders.count.subtract(1, ordering: .relaxed) }

        func piece(_ number: Int) -> [UInt8]? {
            holders.pieces.add(1, ordering: .relaxed)
            return number < 1_000 ? [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20) : nil
        }
    }

    private final class HolderCount: Sendable {
        let count = Atomic(0)
        let pieces = Atomic(0)
    }

    private func routes(_ holders: HolderCount) -> [Route] {
        [
            Route(.get, "/api/test/much", access: .authenticated) { _ in
                let held = Held(holders)
                var response = PortalResponse.text("first")
                response.pieces = { held.piece($0) }
                return response
            },
            Route(.get, "/api/test/large", access: .authenticated) { _ in
                .text(String(repeating: "x", count: 128 << 20))
            },
        ]
    }

    private func eventually(_ condition: () -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if condition() { return true }
            try await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    private static let request = "GET /api/test/much HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer user\r\n\r\n"

    @Test("a client that takes nothing more of an answer loses it, and then nothing is held for it")
    func stalled() async throws {
        let holders = HolderCount()
        let limits = ConnectionLimits(idle: .seconds(600), body: .seconds(600), stall: .milliseconds(200))
        try await TestServer.run(routes(holders), limits: limits) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(Self.request)
            #expect(try await eventually { holders.pieces.load(ordering: .relaxed) > 0 })
            #expect(try await eventually { holders.count.load(ordering: .relaxed) == 0 })
            // What the sockets take, and what is written until it is known that nobody takes it: never all of it.
            #expect(holders.pieces.load(ordering: .relaxed) < 500)
            withExtendedLifetime(connection) {}
        }
    }

    @Test("of a client that is gone nothing is held")
    func gone() async throws {
        let holders = HolderCount()
        try await TestServer.run(routes(holders)) { server in
            var connection: RawConnection? = try RawConnection(port: server.port)
            connection?.send(Self.request)
            #expect(try await eventually { holders.pieces.load(ordering: .relaxed) > 0 })
            connection = nil
            #expect(try await eventually { holders.count.load(ordering: .relaxed) == 0 })
            #expect(holders.pieces.load(ordering: .relaxed) < 32)
        }
    }

    @Test("who takes a long answer slowly and steadily gets all of it, however much longer than the limit that takes")
    func slow() async throws {
        let limits = ConnectionLimits(idle: .seconds(600), body: .seconds(600), stall: .seconds(15))
        try await TestServer.run(routes(HolderCount()), limits: limits) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(
                "GET /api/test/large HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer user\r\nConnection: close\r\n\r\n")
            var count = 0
            let start = ContinuousClock.now
            // Long enough in all, in many pauses that are each well below the limit.
            while let taken = await connection.take(1 << 18) {
                count += taken
                if .now - start < limits.stall * 1.1 { try await Task.sleep(for: .milliseconds(50)) }
            }
            #expect(.now - start > limits.stall)
            #expect(count > 128 << 20)
        }
    }
}

extension RawConnection {
    /// Takes up to so many bytes; nil at the end.
    func take(_ most: Int) async -> Int? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [socket] in
                var buffer = [UInt8](repeating: 0, count: most)
                let count = recv(socket, &buffer, most, 0)
                continuation.resume(returning: count > 0 ? count : nil)
            }
        }
    }
}
