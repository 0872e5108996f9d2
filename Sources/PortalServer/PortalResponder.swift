import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PortalKit

/// From a request on the wire to a route's handler and back, with every limit and error in between.
struct PortalResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let router: Router
    let gate: Gate
    let logger: Logger
    /// Draws errors for people; API routes get JSON.
    let errorPage: @Sendable (PortalError, PortalRequest) -> PortalResponse

    private static let longestTarget = 32_768

    func respond(to request: Request, context: Context) async throws -> Response {
        let target = request.head.path ?? "/"
        var route: Route?
        var response: PortalResponse
        do {
            response = try await answer(request, target, &route)
        } catch {
            response = failure(error, request, target, route, id: Self.newRequestID())
        }
        SecurityHeaders.add(to: &response.headers)
        if request.method == .head { response.body = [] }
        return Response(
            status: response.status, headers: response.headers,
            body: response.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)))
    }

    /// Of our own: Hummingbird's traps where the log handler keeps no metadata.
    private static func newRequestID() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }

    private func answer(_ request: Request, _ target: String, _ found: inout Route?) async throws -> PortalResponse {
        guard target.utf8.count <= Self.longestTarget else {
            throw PortalError(.input, "The request line is too long.")
        }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first ?? "/"
        switch router.match(request.method, path) {
        case .none:
            throw PortalError(.notFound, "There is nothing at \(path)")
        case .wrongMethod(let allowed):
            throw PortalError(.methodNotAllowed, "\(path) answers \(allowed.joined(separator: ", ")) only")
        case .route(let route, let parameters):
            found = route
            let (principal, decision) = try await gate.admit(request.headers, to: route)
            let body = try await read(request, limit: route.maximumBodyBytes)
            return try await route.handler(
                PortalRequest(
                    method: request.method, target: target, headers: request.headers, parameters: parameters,
                    query: QueryParameters(parts.count > 1 ? String(parts[1]) : ""), body: body, principal: principal,
                    decision: decision))
        }
    }

    private func read(_ request: Request, limit: Int) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await part in request.body {
            guard body.count + part.readableBytes <= limit else {
                throw PortalError(.tooLarge, "The body is larger than \(limit) bytes.")
            }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }

    private func failure(
        _ error: any Error, _ request: Request, _ target: String, _ route: Route?, id: String
    ) -> PortalResponse {
        let known = error as? PortalError
        if known == nil || known?.kind == .internal {
            logger.error("\(request.method.rawValue) \(target) failed: \(error)", metadata: ["request": "\(id)"])
        }
        let shown = known.map { $0.kind == .internal ? nil : $0 } ?? nil
        let portal = shown ?? PortalError(.internal, "Something went wrong; the log names it by \(id).")
        let isAPI = target.hasPrefix("/api/") || target.hasPrefix("/.") || target.hasPrefix("/healthz")
        if isAPI && route?.isPage != true {
            let body = ErrorBody.json(portal, method: request.method.rawValue, url: target)
            return .json(body, status: HTTPResponse.Status(code: portal.kind.statusCode))
        }
        return errorPage(
            portal, PortalRequest(method: request.method, target: target, headers: request.headers, id: id))
    }
}
