public import HTTPTypes

/// A request as handlers see it: parsed, limited, authenticated and authorised.
public struct PortalRequest: Sendable {
    public let method: HTTPRequest.Method
    /// Path and query as they were sent.
    public let target: String
    public let headers: HTTPFields
    /// Percent-decoded parameters of the route's path.
    public let parameters: [String: String]
    public let query: QueryParameters
    public let body: [UInt8]
    public let principal: Principal
    /// `allow` or `conditional`; a denied request never reaches a handler, unless the route's permission
    /// is about entities, where a denial hides them instead.
    public let decision: AuthorizationDecision
    /// Names the request in logs and error pages.
    public let id: String
    /// The page is the answer to a form that cannot be taken.
    public let refusal: FormRefusal?

    public init(
        method: HTTPRequest.Method, target: String, headers: HTTPFields = [:], parameters: [String: String] = [:],
        query: QueryParameters = QueryParameters(""), body: [UInt8] = [], principal: Principal = .none,
        decision: AuthorizationDecision = .allow, id: String = "", refusal: FormRefusal? = nil
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.parameters = parameters
        self.query = query
        self.body = body
        self.principal = principal
        self.decision = decision
        self.id = id
        self.refusal = refusal
    }

    /// A parameter of the route's path.
    /// - Throws: `PortalError` of kind `internal` where the route has no such parameter.
    public func parameter(_ name: String) throws -> String {
        guard let value = parameters[name] else {
            throw PortalError(.internal, "The route has no parameter named \(name).")
        }
        return value
    }
}
