public import EntityModel

/// The one error that crosses module boundaries; its kinds are Backstage's error names and statuses.
public struct PortalError: Error, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        case notModified = "NotModifiedError"
        case input = "InputError"
        case authentication = "AuthenticationError"
        case notAllowed = "NotAllowedError"
        case notFound = "NotFoundError"
        case methodNotAllowed = "MethodNotAllowedError"
        case requestTimeout = "RequestTimeoutError"
        case conflict = "ConflictError"
        case tooLarge = "ContentTooLargeError"
        case notImplemented = "NotImplementedError"
        case unavailable = "ServiceUnavailableError"
        case `internal` = "InternalServerError"

        public var statusCode: Int {
            switch self {
            case .notModified: 304
            case .input: 400
            case .authentication: 401
            case .notAllowed: 403
            case .notFound: 404
            case .methodNotAllowed: 405
            case .requestTimeout: 408
            case .conflict: 409
            case .tooLarge: 413
            case .internal: 500
            case .notImplemented: 501
            case .unavailable: 503
            }
        }
    }

    public let kind: Kind
    /// What is wrong and what mends it, for people.
    public let message: String
    /// Further fields of the wire form's `error` object.
    public let metadata: JSONObject
    /// What caused this; logged, never sent.
    public let underlying: (any Error)?

    public init(_ kind: Kind, _ message: String, metadata: JSONObject = [:], underlying: (any Error)? = nil) {
        self.kind = kind
        self.message = message
        self.metadata = metadata
        self.underlying = underlying
    }

    public var description: String { "\(kind.rawValue): \(message)" }
}
