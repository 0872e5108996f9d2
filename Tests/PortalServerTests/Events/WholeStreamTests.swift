import EntityModel
import Foundation
import HTTPTypes
import Logging
import PortalKit
import Synchronization
import Testing

@testable import PortalServer

/// Says of everybody what it is told to say.
private final class ChangingPolicy: PermissionService {
    let decision = Mutex(AuthorizationDecision.allow)
    var policyVersion: String { "changing" }

    func authorize(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision {
        decision.withLock { $0 }
    }
}

/// Streams that leave nothing out.
@Suite(.serialized) struct WholeStreamTests {
    /// Pieces that are counted as they are asked for.
    private final class Source: Sendable {
        private let count = Mutex(0)
        let size: Int
        let most: Int

        init(size: Int, most: Int = .max) {
            self.size = size
            self.most = most
        }

        var asked: Int { count.withLock { $0 } }

        func next() -> [UInt8]? {
            let number = count.withLock { count in
                count += 1
                return count
            }
            if number > most { return nil }
            let text = "id: \(number)\ndata: "
            return Array(text.utf8) + [UInt8](repeating: 0x78, count: size) + Array("\n\n".utf8)
        }
    }

    private static let read = Permission("test.read", .read, on: "catalog-entity")

    private static func route(_ source: Source) -> Route {
        Route(.get, "/api/test/stream", access: .permission(read)) { _ in
            var response = PortalResponse()
            response.stream = { { source.next() } }
            return response
        }
    }

    private static let request = "GET /api/test/stream HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer user\r\n\r\n"

    @Test("every piece arrives, in order, to the end")
    func whole() async throws {
        try await TestServer.run([Self.route(Source(size: 1_000, most: 300))]) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(Self.request)
            let answer = try #require(await connection.rest())
            #expect(answer.lowercased().contains("content-type: text/event-stream"))
            let ids = answer.matches(of: /id: ([0-9]+)\n/).map { String($0.1) }
            #expect(ids == (1...300).map(String.init))
        }
    }

    /// As many as one person may have at once.
    private static let one: EventLimits = {
        var limits = EventLimits.streams
        limits.mostPerPerson = 1
        return limits
    }()

    @Test("who reads nothing keeps their seat, and for them no more is made than the network takes in")
    func slowReader() async throws {
        let source = Source(size: 100_000)
        let limits = ConnectionLimits(idle: .seconds(600), body: .seconds(600), stall: .seconds(600))
        try await TestServer.run([Self.route(source)], limits: limits, streams: Self.one) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(Self.request)
            #expect(await connection.take(100) != nil)
            let refused = try RawConnection(port: server.port)
            refused.send(Self.request)
            let refusal = try #require(await refused.beginning())
            #expect(refusal.hasPrefix("HTTP/1.1 429 ") && refusal.lowercased().contains("retry-after: 10"))
            var asked = 0
            for _ in 0..<100 where asked != source.asked {
                asked = source.asked
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(source.asked < 400)
            withExtendedLifetime(connection) {}
        }
    }

    @Test("who reads nothing is cut off, and their seat is free")
    func cutOff() async throws {
        let limits = ConnectionLimits(idle: .seconds(600), body: .seconds(600), stall: .seconds(1))
        let source = Source(size: 100_000)
        try await TestServer.run([Self.route(source)], limits: limits, streams: Self.one) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(Self.request)
            #expect(await connection.take(100) != nil)
            var isFree = false
            for _ in 0..<150 where !isFree {
                try await Task.sleep(for: .milliseconds(100))
                let next = try RawConnection(port: server.port)
                next.send(Self.request)
                isFree = await next.beginning()?.hasPrefix("HTTP/1.1 200 ") == true
            }
            #expect(isFree)
            // What was on the way is there yet, and then the end.
            #expect(await connection.rest() != nil)
        }
    }

    @Test("who takes a large piece slowly and steadily gets all of it, however much longer than the limit that takes")
    func slowAndSteady() async throws {
        // More than sockets take in and a reader takes within the limit.
        let size = 128 << 20
        let limits = ConnectionLimits(idle: .seconds(600), body: .seconds(600), stall: .seconds(15))
        try await TestServer.run([Self.route(Source(size: size, most: 1))], limits: limits) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(Self.request)
            var count = 0
            let start = ContinuousClock.now
            while let taken = await connection.take(1 << 18) {
                count += taken
                if .now - start < limits.stall * 1.1 { try await Task.sleep(for: .milliseconds(50)) }
                if count > size { break }
            }
            #expect(.now - start > limits.stall)
            #expect(count > size)
        }
    }

    @Test("who may read nothing gets a stream, as lists without items are answered")
    func denied() async throws {
        let policy = ChangingPolicy()
        policy.decision.withLock { $0 = .deny }
        let dispatcher = Dispatcher(
            router: try Router([Self.route(Source(size: 1))]),
            gate: Gate(identity: TokenIdentity(), permissions: policy),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            errorPage: { error, _ in .text(error.message) })
        let answer = await dispatcher.respond(
            to: .init(
                method: .get, target: "/api/test/stream", headers: [.authorization: "Bearer user"], body: { _ in [] }))
        #expect(answer.status == .ok && answer.stream != nil)
    }

    @Test("it ends where another decision holds, and where nobody may listen any more", arguments: [true, false])
    func recheck(_ isDenied: Bool) async throws {
        let policy = ChangingPolicy()
        var limits = EventLimits.streams
        limits.recheck = .seconds(2)
        let dispatcher = Dispatcher(
            router: try Router([Self.route(Source(size: 1))]),
            gate: Gate(identity: TokenIdentity(), permissions: policy),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, streams: EventSeats(limits),
            errorPage: { error, _ in .text(error.message) })
        let answer = await dispatcher.respond(
            to: .init(
                method: .get, target: "/api/test/stream", headers: [.authorization: "Bearer user"], body: { _ in [] }))
        let stream = try #require(answer.stream)
        let next = stream()
        try await Task.sleep(for: .milliseconds(2_100))
        #expect(await next() != nil)
        policy.decision.withLock { $0 = isDenied ? .deny : .conditional(.everything) }
        #expect(await next() != nil)
        try await Task.sleep(for: .milliseconds(2_100))
        #expect(await next() == nil)
    }
}
