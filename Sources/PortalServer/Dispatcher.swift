import Database
import EntityModel
import HTTPTypes
import Logging
import PortalKit

/// From a parsed request to its answer: route, gate, body, handler, errors, headers. Knows no socket.
struct Dispatcher: Sendable {
    let router: Router
    let gate: Gate
    let logger: Logger
    var meter = RequestMeter([])
    var seats = EventSeats()
    /// Of streams that leave nothing out.
    var streams = EventSeats(.streams)
    /// Draws errors for people; API routes get JSON.
    let errorPage: @Sendable (PortalError, PortalRequest) async -> PortalResponse

    private static let longestTarget = 32_768
    private static let longestHeaders = 32_768

    /// A request whose body has not been read: most that are refused are refused without it.
    struct Incoming: Sendable {
        let method: HTTPRequest.Method
        let target: String
        let headers: HTTPFields
        /// Reads the body, up to a number of bytes.
        let body: @Sendable (_ limit: Int) async throws -> [UInt8]
    }

    /// Never throws: whatever goes wrong is an answer.
    func respond(to incoming: Incoming) async -> PortalResponse {
        let start = ContinuousClock.now
        let id = Self.newRequestID()
        var route: Route?
        var response: PortalResponse
        do {
            response = try await answer(incoming, id: id, &route)
        } catch let refusal as FormRefusal {
            response = await refused(refusal, incoming, route, id: id)
        } catch {
            response = await failure(error, incoming, route, id: id)
        }
        SecurityHeaders.add(to: &response.headers)
        PagePacking.pack(&response, for: incoming.headers)
        if incoming.method == .head, let length = Self.length(of: response) {
            // What GET would say, also where nothing is sent; else the server counts the body that is not there.
            response.headers[.contentLength] = "\(length)"
            response.body = []
            response.pieces = nil
        }
        meter.note(route, response.status, after: start.duration(to: .now))
        return response
    }

    /// - Returns: nil for an answer without a body.
    private static func length(of response: PortalResponse) -> Int? {
        var (length, number) = (response.body.count, 0)
        while let piece = response.pieces?(number) {
            length += piece.count
            number += 1
        }
        return length == 0 ? nil : length
    }

    private static func newRequestID() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }

    /// The page that a form stands on, with why it cannot be taken; an error page where that page is not to be had.
    private func refused(_ refusal: FormRefusal, _ incoming: Incoming, _ route: Route?, id: String) async
        -> PortalResponse
    {
        let target = String(refusal.page.text.prefix { $0 != "#" })
        let again = Incoming(method: .get, target: target, headers: incoming.headers) { _ in [] }
        var page: Route?
        if let response = try? await answer(again, id: id, &page, refusal: refusal),
            response.status.code == refusal.kind.statusCode
        {
            return response
        }
        let language = PortalRequest(method: .get, target: target, headers: incoming.headers).language
        return await failure(PortalError(refusal.kind, refusal.reason(language)), incoming, route, id: id)
    }

    private func answer(
        _ incoming: Incoming, id: String, _ found: inout Route?, refusal: FormRefusal? = nil
    ) async throws -> PortalResponse {
        guard incoming.target.utf8.count <= Self.longestTarget else {
            throw PortalError(.input, "The request line is longer than \(ByteCount.text(Self.longestTarget)).")
        }
        let size = incoming.headers.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count }
        guard size <= Self.longestHeaders else {
            throw PortalError(.input, "The headers are longer than \(ByteCount.text(Self.longestHeaders)).")
        }
        let parts = incoming.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first ?? "/"
        switch router.match(incoming.method, path) {
        case .none: throw PortalError(.notFound, "There is nothing at \(path)")
        case .wrongMethod(let allowed):
            let methods = (allowed + (allowed.contains("GET") ? ["HEAD"] : [])).joined(separator: ", ")
            throw PortalError(
                .methodNotAllowed, "\(path) answers \(methods) only", metadata: ["allow": .string(methods)])
        case .route(let route, let parameters):
            found = route
            guard refusal == nil || route.isPage else {
                throw PortalError(.notFound, "No form stands at \(path)")
            }
            let query = QueryParameters(parts.count > 1 ? String(parts[1]) : "")
            // A page's query may come from anywhere; what it does not understand it leaves aside.
            let pairs = route.isPage ? [] : query.pairs.flatMap { [$0.name, $0.value] }
            let texts = Array(parameters.values) + pairs
            guard !texts.contains(where: { $0.utf8.contains(0) }) else {
                throw PortalError(.input, "The address holds a NUL character, which nothing here is named by.")
            }
            let (principal, decision) = try await gate.admit(incoming.headers, to: route)
            let body = try await incoming.body(route.maximumBodyBytes)
            let response = try await route.handler(
                PortalRequest(
                    method: incoming.method, target: incoming.target, headers: incoming.headers,
                    parameters: parameters, query: query, body: body, principal: principal, decision: decision, id: id,
                    refusal: refusal))
            return try seated(response, principal, decision, incoming, route)
        }
    }

    /// What a database that does not answer means to whoever asked: nothing that they did.
    private static func outage(_ error: DatabaseError) -> PortalError? {
        switch error.kind {
        case .connection, .busy, .timeout, .full:
            PortalError(.unavailable, "The database does not answer; try again in a moment.", underlying: error)
        default: nil
        }
    }

    private func failure(_ error: any Error, _ incoming: Incoming, _ route: Route?, id: String) async -> PortalResponse
    {
        let known = error as? PortalError ?? (error as? DatabaseError).flatMap(Self.outage)
        if known == nil || known?.kind == .internal || error is DatabaseError {
            logger.error(
                "\(incoming.method.rawValue) \(incoming.target) failed: \(error)", metadata: ["request": "\(id)"])
        }
        let shown = known.flatMap { $0.kind == .internal ? nil : $0 }
        let portal = shown ?? PortalError(.internal, "Something went wrong; the log names it by \(id).")
        let target = incoming.target
        // What no route was found for is told from its address.
        let isAPI =
            route.map { !$0.isPage }
            ?? (target.hasPrefix("/api/") || target.hasPrefix("/.") || target.hasPrefix("/healthz"))
        if isAPI {
            let body = ErrorBody.json(portal, method: incoming.method.rawValue, url: target)
            return Self.allowing(portal, .json(body, status: HTTPResponse.Status(code: portal.kind.statusCode)))
        }
        let principal = (try? await gate.identity.principal(of: incoming.headers)) ?? .none
        let request = PortalRequest(
            method: incoming.method, target: target, headers: incoming.headers, principal: principal, id: id)
        return Self.allowing(portal, await errorPage(portal, request))
    }

    /// RFC 9110 wants the methods of a path in a header beside a 405.
    private static func allowing(_ error: PortalError, _ response: PortalResponse) -> PortalResponse {
        var response = response
        if error.kind == .methodNotAllowed { response.headers[.allow] = error.metadata["allow"]?.string }
        return response
    }
}
