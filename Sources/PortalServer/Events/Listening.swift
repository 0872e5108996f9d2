import HTTPTypes
import Hummingbird
import NIOCore
import PortalKit
import ServiceLifecycle
import Synchronization

extension Dispatcher {
    /// Seconds until another one may have ended.
    private static let retryAfter = "10"
    private static let unbuffered = HTTPField.Name("X-Accel-Buffering")

    /// Gives an answer of events its seat and its headers, and lets it end where the listener may not listen any more.
    func seated(
        _ response: PortalResponse, _ principal: Principal, _ decision: AuthorizationDecision, _ incoming: Incoming,
        _ route: Route
    ) throws -> PortalResponse {
        if response.events == nil, response.stream == nil { return response }
        // A stream tells those who may read nothing of nothing, as lists do.
        guard decision != .deny || response.events == nil else { throw PortalError(.notAllowed, "Unauthorized") }
        var response = response
        response.headers[.contentType] = "text/event-stream; charset=utf-8"
        response.headers[.cacheControl] = "no-store"
        if let name = Self.unbuffered { response.headers[name] = "no" }
        let (events, stream) = (response.events, response.stream)
        response.events = nil
        response.stream = nil
        if incoming.method == .head { return response }
        let seats = stream == nil ? seats : streams
        guard let seat = try seats.take(for: Self.person(principal)) else {
            let what =
                stream == nil ? "pages of yours listen to changes" : "streams of yours are open; end some of them"
            var refusal = PortalResponse.text("Too many \(what).", status: .tooManyRequests)
            refusal.headers[.retryAfter] = Self.retryAfter
            return refusal
        }
        if let events {
            response.events = { [gate] in
                Self.watched(events(), seat, every: seats.limits.recheck) {
                    guard let (now, decision) = try? await gate.admit(incoming.headers, to: route) else { return false }
                    return now == principal && decision != .deny
                }
            }
        }
        if let stream {
            response.stream = { [gate] in
                Self.watched(stream(), seat, every: seats.limits.recheck) {
                    guard let (now, other) = try? await gate.admit(incoming.headers, to: route) else { return false }
                    // By another decision something else is told; who comes back gets that.
                    return now == principal && other == decision
                }
            }
        }
        return response
    }

    /// The same pieces until the listener may not hear them any more, or hears something else.
    private static func watched(
        _ next: @escaping PortalResponse.Pieces, _ seat: EventSeats.Seat, every pause: Duration,
        _ mayListen: @escaping @Sendable () async -> Bool
    ) -> PortalResponse.Pieces {
        let check = Check()
        return {
            defer { withExtendedLifetime(seat) {} }
            guard let piece = await next() else { return nil }
            if check.isDue(after: pause), await !mayListen() { return nil }
            return piece
        }
    }

    /// When it was asked last.
    private final class Check: Sendable {
        private let asked = Mutex(ContinuousClock.now)

        func isDue(after pause: Duration) -> Bool {
            asked.withLock { last in
                guard last.duration(to: .now) >= pause else { return false }
                last = .now
                return true
            }
        }
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
    /// Writes the pieces of a stream until they end, the client is gone, or the portal shuts down. Who takes nothing is
    /// cut off by `StalledWrites`, as of every answer.
    static func stream(
        _ stream: @escaping @Sendable () -> PortalResponse.Pieces, of request: Request
    ) -> ResponseBody {
        ResponseBody { writer in
            let slot = PieceSlot()
            try await request.body.consumeWithInboundCloseHandler { _ in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await slot.fill(stream()) }
                    group.addTask {
                        try await gracefulShutdown()
                        slot.close()
                    }
                    defer { group.cancelAll() }
                    for await piece in slot.pieces {
                        var rest = ByteBuffer(bytes: piece)
                        while let part = StalledWrites.takePart(of: &rest) { try await writer.write(part) }
                        slot.isTaken()
                    }
                }
            } onInboundClosed: {
                slot.close()
            }
            try await writer.finish(nil)
        }
    }

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
