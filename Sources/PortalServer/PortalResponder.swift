import HTTPTypes
import Hummingbird
import NIOCore
import PortalKit
import Synchronization

/// How long a connection may take its time, so that slow or silent ones do not use up what others need.
struct ConnectionLimits: Sendable {
    /// From the last request, or from the connection's beginning, to its end; slow headers count as silence.
    var idle: Duration = .seconds(75)
    /// From a request's headers to the end of its body.
    var body: Duration = .seconds(60)
    /// How long a client may take nothing of an answer.
    var stall: Duration = .seconds(60)
    /// How long a silent connection stays open while the portal stops.
    var drain: Duration = .zero
}

/// Hummingbird's way to the dispatcher.
struct PortalResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let dispatcher: Dispatcher
    var limits = ConnectionLimits()

    private static let host = HTTPField.Name("Host")

    func respond(to request: Request, context: Context) async throws -> Response {
        let upload = Upload(request, deadline: .now + limits.body)
        let response = await dispatcher.respond(
            to: .init(
                method: request.method, target: request.head.path ?? "/", headers: Self.headers(of: request),
                body: { try await upload.read(limit: $0) }))
        if let events = response.events {
            let heartbeat = dispatcher.seats.limits.heartbeat
            return Response(
                status: response.status, headers: response.headers,
                body: .events(events, of: request, heartbeat: heartbeat))
        }
        if let stream = response.stream {
            return Response(
                status: response.status, headers: response.headers,
                body: .stream(stream, of: request))
        }
        return Response(
            status: response.status, headers: response.headers, body: Self.body(of: response, after: upload))
    }

    /// The parser takes the first `Host` out of the headers. What decides by it whom the browser believes to talk to
    /// must see it, and must see a second one too.
    private static func headers(of request: Request) -> HTTPFields {
        var headers = request.headers
        if let host, let authority = request.head.authority {
            headers.append(HTTPField(name: host, value: authority))
        }
        return headers
    }

    private static func body(of response: PortalResponse, after upload: Upload) -> ResponseBody {
        let buffer = ByteBuffer(bytes: response.body)
        let isLong = buffer.readableBytes > StalledWrites.largestPart
        if isLong || response.pieces != nil {
            let pieces = response.pieces
            return ResponseBody(contentLength: pieces == nil ? buffer.readableBytes : nil) { writer in
                try await writer.write(inParts: buffer)
                var number = 0
                while let piece = pieces?(number) {
                    try await writer.write(inParts: ByteBuffer(bytes: piece))
                    number += 1
                }
                try await writer.finish(nil)
                if upload.mayGoOn { try await upload.end() }
            }
        }
        guard upload.mayGoOn else { return response.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: buffer) }
        // The answer goes out at once. What is still on its way must come to an end before the next request; what
        // does not in time throws, which ends the connection.
        return ResponseBody(contentLength: buffer.readableBytes) { writer in
            if buffer.readableBytes > 0 { try await writer.write(buffer) }
            try await writer.finish(nil)
            try await upload.end()
        }
    }
}

extension ResponseBodyWriter {
    /// Writes a part when the one before has mostly gone.
    @concurrent fileprivate mutating func write(inParts buffer: ByteBuffer) async throws {
        var rest = buffer
        while let part = StalledWrites.takePart(of: &rest) { try await write(part) }
    }
}

/// A request's body on its way in, until a deadline. It is taken once: what is not wanted of it is dropped.
private final class Upload: Sendable {
    private struct State {
        var taking: Task<Void, any Error>?
        var hasEnded: Bool
    }

    private let body: RequestBody
    private let deadline: ContinuousClock.Instant
    private let state: Mutex<State>

    init(_ request: Request, deadline: ContinuousClock.Instant) {
        body = request.body
        self.deadline = deadline
        let hasBody =
            request.headers[.transferEncoding] != nil || (request.headers[.contentLength].map { $0 != "0" } ?? false)
        state = Mutex(State(hasEnded: !hasBody))
    }

    /// Whether something of it may still come.
    var mayGoOn: Bool { state.withLock { !$0.hasEnded } }

    /// - Throws: `PortalError` of kind `tooLarge`, or `requestTimeout` where the body is not there in time.
    func read(limit: Int) async throws -> [UInt8] {
        guard mayGoOn else { return [] }
        let (answers, answer) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        take(limit, answer)
        for try await bytes in answers { return bytes }
        throw CancellationError()
    }

    /// Waits until nothing more can come.
    func end() async throws {
        if state.withLock({ $0.taking == nil }) { take(0, nil) }
        try await state.withLock { $0.taking }?.value
    }

    private func take(_ limit: Int, _ answer: AsyncThrowingStream<[UInt8], any Error>.Continuation?) {
        let task = Task {
            do {
                try await inTime { [self] in try await receive(limit, answer) }
            } catch {
                answer?.finish(throwing: error)
                throw error
            }
        }
        state.withLock { $0.taking = task }
    }

    /// Answers as soon as it is known what to say, and goes on to the body's end.
    private func receive(_ limit: Int, _ answer: AsyncThrowingStream<[UInt8], any Error>.Continuation?) async throws {
        var bytes: [UInt8] = []
        var isTooLarge = false
        for try await part in body where !isTooLarge {
            if bytes.count + part.readableBytes <= limit {
                bytes.append(contentsOf: part.readableBytesView)
                continue
            }
            isTooLarge = true
            bytes = []
            answer?.finish(throwing: PortalError(.tooLarge, "The body is larger than \(ByteCount.text(limit))."))
        }
        state.withLock { $0.hasEnded = true }
        if isTooLarge { return }
        answer?.yield(bytes)
        answer?.finish()
    }

    private func inTime(_ work: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { [deadline] group in
            group.addTask {
                try await work()
                return true
            }
            group.addTask {
                try await Task.sleep(until: deadline)
                return false
            }
            defer { group.cancelAll() }
            guard try await group.next() == true else {
                throw PortalError(.requestTimeout, "The body of the request did not arrive in time; send it again.")
            }
        }
    }
}
