public import HTTPTypes

/// The only way out: every outbound request of the portal is made by the one implementation of this.
public protocol HTTPFetcher: Sendable {
    /// Sends one request and reads the whole answer.
    ///
    /// The scheme, the host and the address it resolves to are checked, again at each redirect.
    /// - Throws: `PortalError`: `notAllowed` for a target that may not be reached, `unavailable` for a failure or
    ///   timeout, `tooLarge` when the answer exceeds `maximumBytes`. Any status is returned, not thrown.
    func fetch(_ request: FetchRequest) async throws -> FetchResponse
}

/// An outbound request.
public struct FetchRequest: Sendable {
    public var method: HTTPRequest.Method
    public var url: String
    public var headers: HTTPFields
    public var body: [UInt8]
    public var timeoutSeconds: Double
    public var maximumBytes: Int
    /// Whether a redirect may be followed to a URL; nil where any will do whose address may be reached.
    ///
    /// Set it where the configuration names what may be read: an allowed host must not widen that by redirects.
    public var mayFollow: (@Sendable (_ url: String) -> Bool)?

    public init(
        _ method: HTTPRequest.Method = .get, _ url: String, headers: HTTPFields = [:], body: [UInt8] = [],
        timeoutSeconds: Double = 30, maximumBytes: Int = 16 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeoutSeconds = timeoutSeconds
        self.maximumBytes = maximumBytes
    }
}

/// The answer to an outbound request.
public struct FetchResponse: Sendable {
    public var status: HTTPResponse.Status
    public var headers: HTTPFields
    public var body: [UInt8]
    /// The URL of the last redirect that was followed.
    public var url: String

    public init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = [], url: String) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
    }
}
