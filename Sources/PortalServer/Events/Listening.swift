import HTTPTypes
import Hummingbird
import NIOCore
import PortalKit
import ServiceLifecycle

extension Dispatcher {
    private static let unbuffered = HTTPField.Name("X-Accel-Buffering")

    /// Gives an answer of events its seat and its headers, and lets it end where the listener may not listen any more.
    func seated(
        _ response: PortalResponse, _ principal: Principal, _ decision: AuthorizationDecision, _ incoming: Incoming,
        _ route: Route
    ) throws -> PortalResponse {
        guard let events = response.events else { return response }
        guard decision != .deny else { throw PortalError(.notAllowed, "Unauthorized") }
        var response = response
        response.headers[.contentType] = "text/event-stream; charset=utf-8"
        response.headers[.cacheControl] = "no-store"
        if let name = Self.unbuffered { response.headers[name] = "no" }
        response.events = nil
        if incoming.method == .head { return response }
        guard let seat = try seats.take(for: Self.person(principal)) else {
            return .text("Too many pages of yours listen to changes.", status: .tooManyRequests)
        }
        response.events = { [gate, seats] in
            Self.watched(events(), seat, every: seats.limits.recheck) {
                guard let (now, decision) = try? await gate.admit(incoming.headers, to: route) else { return false }
                return now == principal && decision != .deny
            }
        }
        return response
    }

    private static func person(_ principal: Principal) -> String {
        switch principal {
        case .none: ""
        case .user(let user): user.userEntityRef
        case .service(let service): service.subject
        }
    }

    /// The same events until the listener may not hear them any more.
    private static func watched(
        _ events: AsyncStream<ServerEvent>, _ seat: EventSeats.Seat, every pause: Duration,
        _ mayListen: @escaping @Sendable () async -> Bool
    ) -> AsyncStream<ServerEvent> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let task = Task {
                defer { withExtendedLifetime(seat) { continuation.finish() } }
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { for await event in events { continuation.yield(event) } }
                    group.addTask {
                        repeat {
                            do { try await Task.sleep(for: pause) } catch { return }
                        } while await mayListen()
                    }
                    await group.next()
                    group.cancelAll()
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

extension ResponseBody {
    /// Writes events until they end, the client is gone, or the portal shuts down.
    static func events(
        _ events: @escaping @Sendable () -> AsyncStream<ServerEvent>, of request: Request, heartbeat: Duration
    ) -> ResponseBody {
        ResponseBody { writer in
            let inbox = EventInbox()
            try await request.body.consumeWithInboundCloseHandler { _ in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for await event in events() { inbox.put(event) }
                        inbox.close()
                    }
                    group.addTask {
                        while true {
                            try await Task.sleep(for: heartbeat)
                            inbox.beat()
                        }
                    }
                    group.addTask {
                        // A stream has no end of its own that a shutdown could wait for.
                        try await gracefulShutdown()
                        inbox.close()
                    }
                    defer { group.cancelAll() }
                    // Said at once, so that the browser knows that it is connected.
                    inbox.beat()
                    for await _ in inbox.wakes { try await writer.write(ByteBuffer(string: inbox.take())) }
                }
            } onInboundClosed: {
                inbox.close()
            }
            try await writer.finish(nil)
        }
    }
}
