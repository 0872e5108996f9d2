public import HTTPTypes

/// One route and who may call it. There is no route without an access rule.
public struct Route: Sendable {
    public enum Access: Sendable {
        /// Asks the permission policy; the decision is handed to the handler.
        case permission(Permission)
        /// Any signed-in user or service.
        case authenticated
        /// Anyone; the reason is printed in the list of open routes.
        case open(reason: String)
    }

    public typealias Handler = @Sendable (PortalRequest) async throws -> PortalResponse

    public let method: HTTPRequest.Method
    /// Segments in braces are parameters; `{rest*}` as the last takes the rest of the path.
    public let path: String
    public let access: Access
    /// Largest body that is read, in bytes.
    public let maximumBodyBytes: Int
    /// Pages send people to sign in; API routes answer 401.
    public let isPage: Bool
    /// A denial is handed to the handler, which answers as if there were nothing; always so where reading of
    /// entities is denied.
    public let hidesDenied: Bool
    public let handler: Handler

    public init(
        _ method: HTTPRequest.Method, _ path: String, access: Access, maximumBodyBytes: Int = 1 << 20,
        isPage: Bool = false, hidesDenied: Bool = false, handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.maximumBodyBytes = maximumBodyBytes
        self.isPage = isPage
        self.hidesDenied = hidesDenied
        self.handler = handler
    }
}
