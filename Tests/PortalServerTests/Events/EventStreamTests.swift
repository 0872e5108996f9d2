import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PortalKit
import ServiceLifecycle
import Synchronization
import Testing

@testable import PortalServer

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Knows everybody, until it knows nobody.
private final class ChangingIdentity: IdentityService {
    let mayListen = Mutex(true)

    func principal(of headers: HTTPFields) async throws -> Principal {
        guard mayListen.withLock({ $0 }) else { throw PortalError(.authentication, "The session has ended") }
        return .service(ServicePrincipal(subject: "ci"))
    }
}

/// Answers that go on for as long as somebody listens.
@Suite(.serialized) struct EventStreamTests {
    private static func route(_ numbers: AsyncStream<Int>, name: String = "changed") -> Route {
        Route(.get, "/api/test/events", access: .authenticated) { _ in
            var response = PortalResponse()
            response.events = {
                let (stream, continuation) = AsyncStream<ServerEvent>.makeStream()
                let task = Task {
                    for await number in numbers { continuation.yield(ServerEvent(name, id: String(number))) }
                    continuation.finish()
                }
                continuation.onTermination = { _ in task.cancel() }
                return stream
            }
            return response
        }
    }

    /// Ends when it is told to.
    private static let endless = AsyncStream<Int>.makeStream()

    private static let request =
        "GET /api/test/events HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer user\r\nAccept-Encoding: gzip\r\n\r\n"

    @Test("events arrive in order with their ids, unpacked and unbuffered, until they end")
    func order() async throws {
        let (numbers, source) = AsyncStream<Int>.makeStream()
        try await TestServer.run([Self.route(numbers)]) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(Self.request)
            for number in 1...3 {
                source.yield(number)
                try await Task.sleep(for: .milliseconds(100))
            }
            source.finish()
            let answer = try #require(await connection.rest())
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            let head = answer.lowercased()
            #expect(head.contains("content-type: text/event-stream"))
            #expect(head.contains("x-accel-buffering: no"))
            #expect(head.contains("cache-control: no-store"))
            #expect(!head.contains("content-encoding"))
            let ids = answer.matches(of: /event: changed\nid: ([0-9]+)\ndata: [0-9]+\n\n/).map { String($0.1) }
            // A reader that is slow is told the newest alone.
            #expect(ids.last == "3" && ids == ids.sorted(), "\(ids)")
        }
    }

    @Test("a silent stream shows that it lives, and ends where the listener may not listen any more")
    func heartbeat() async throws {
        let (numbers, _) = AsyncStream<Int>.makeStream()
        var limits = EventLimits()
        limits.heartbeat = .milliseconds(50)
        limits.recheck = .milliseconds(400)
        let identity = ChangingIdentity()
        let dispatcher = try Self.dispatcher([Self.route(numbers)], identity, limits)
        let answer = await dispatcher.respond(
            to: .init(method: .get, target: "/api/test/events", headers: [:], body: { _ in [] }))
        let events = try #require(answer.events)
        #expect(dispatcher.seats.count == 1)
        identity.mayListen.withLock { $0 = false }
        let start = ContinuousClock.now
        for await _ in events() {}
        #expect(start.duration(to: .now) < .seconds(10))
    }

    @Test("nobody takes more than their share, and what has ended frees its place")
    func seats() throws {
        var limits = EventLimits()
        (limits.mostPerPerson, limits.mostOfAll) = (2, 3)
        let seats = EventSeats(limits)
        var taken = [try #require(try seats.take(for: "ann")), try #require(try seats.take(for: "ann"))]
        #expect(try seats.take(for: "ann") == nil)
        taken.append(try #require(try seats.take(for: "bob")))
        #expect(throws: PortalError.self) { try seats.take(for: "cleo") }
        taken.removeAll()
        #expect(seats.count == 0)
        #expect(try seats.take(for: "ann") != nil)
    }

    @Test("who has too many is told so, and a connection that is gone frees its place")
    func refusals() async throws {
        var limits = EventLimits()
        limits.mostPerPerson = 1
        limits.heartbeat = .milliseconds(50)
        try await TestServer.run([Self.route(Self.endless.stream)], events: limits) { server in
            var first: RawConnection? = try RawConnection(port: server.port)
            first?.send(Self.request)
            #expect(await first?.beginning() != nil)
            #expect(try await server.send("/api/test/events").0 == 429)
            first = nil
            var isFree = false
            for _ in 0..<40 where !isFree {
                try await Task.sleep(for: .milliseconds(100))
                let next = try RawConnection(port: server.port)
                next.send(Self.request)
                isFree = await next.beginning()?.hasPrefix("HTTP/1.1 200 ") == true
            }
            #expect(isFree)
        }
    }

    @Test("a slow reader gets the newest, and nothing else waits")
    func slowReader() async {
        let inbox = EventInbox()
        for number in 0..<100_000 { inbox.put(ServerEvent("changed", id: String(number))) }
        inbox.close()
        var texts: [String] = []
        for await _ in inbox.wakes { texts.append(inbox.take()) }
        #expect(texts == ["event: changed\nid: 99999\ndata: 99999\n\n"])
    }

    @Test("an open stream does not hold the end of the portal")
    func shutdown() async throws {
        let (numbers, _) = AsyncStream<Int>.makeStream()
        let (ports, started) = AsyncStream<Int>.makeStream()
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            responder: PortalResponder(dispatcher: try Self.dispatcher([Self.route(numbers)], TokenIdentity())),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { started.yield($0.localAddress?.port ?? 0) }, logger: quiet)
        let group = ServiceGroup(services: [application], logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let connection = try RawConnection(port: await iterator.next() ?? 0)
            connection.send(Self.request)
            #expect(await connection.beginning()?.hasPrefix("HTTP/1.1 200 ") == true)
            let start = ContinuousClock.now
            await group.triggerGracefulShutdown()
            try await tasks.next()
            #expect(start.duration(to: .now) < .seconds(2))
        }
    }

    private static func dispatcher(
        _ routes: [Route], _ identity: any IdentityService, _ limits: EventLimits = EventLimits()
    ) throws -> Dispatcher {
        Dispatcher(
            router: try Router(routes), gate: Gate(identity: identity, permissions: FixedPermissions()),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, seats: EventSeats(limits),
            errorPage: { error, _ in .text(error.message) })
    }
}
