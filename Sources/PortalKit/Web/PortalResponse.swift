public import EntityModel
public import HTTPTypes

/// What a handler answers.
public struct PortalResponse: Sendable {
    public var status: HTTPResponse.Status
    public var headers: HTTPFields
    public var body: [UInt8]
    /// What follows the body, for answers that are too large to be held in memory at once: the piece of a number, counted
    /// from zero, and nil after the last. Each is asked for when the one before is on its way.
    public var pieces: (@Sendable (_ number: Int) -> [UInt8]?)?

    /// What is told for as long as somebody listens, instead of a body. Only the newest event waits for a slow listener:
    /// each must say enough alone.
    public var events: (@Sendable () -> AsyncStream<ServerEvent>)?

    /// Asks for what is told next, and waits for it; nil is the end.
    public typealias Pieces = @Sendable () async -> [UInt8]?

    /// Server-sent events that are told without leaving one out, for as long as somebody listens, instead of a body: each
    /// piece is asked for once the one before is on its way, so a slow listener holds up only this. Who takes nothing
    /// for a minute is cut off, as of every answer, and must be able to go on by an id. Where there is nothing to tell,
    /// a sign of life is: it is the time at which it is asked again whether somebody may listen.
    public var stream: (@Sendable () -> Pieces)?

    public init(_ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// JSON that is already written as bytes.
    public static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> PortalResponse {
        PortalResponse(status, headers: [.contentType: "application/json; charset=utf-8"], body: bytes)
    }

    public static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> PortalResponse {
        json(JSONWriter.bytes(value), status: status)
    }

    public static func text(_ text: String, status: HTTPResponse.Status = .ok) -> PortalResponse {
        PortalResponse(status, headers: [.contentType: "text/plain; charset=utf-8"], body: Array(text.utf8))
    }

    public static func redirect(_ location: String, status: HTTPResponse.Status = .seeOther) -> PortalResponse {
        PortalResponse(status, headers: [.location: location])
    }
}
