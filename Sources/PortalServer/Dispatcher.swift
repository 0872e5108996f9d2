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
    /// Nil where there are no other replicas.
    var seen: SeenPosition?
    var tracer = Tracer.off
    /// Whether each request has a line in the log at a level that is usually written.
    var logsRequests: @Sendable () -> Bool = { false }
    /// Draws errors for people; API routes get JSON.
    let errorPage: @Sendable (PortalError, PortalRequest) async -> PortalResponse

    private static let longestTarget = 32_768
    private static let longestHeaders = 32_768
    /// Seconds after which a database that was away is often back.
    private static let retryAfter = "5"

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
        let id = RequestID.of(incoming.headers)
        let remote = TracedFetcher.traceparent.flatMap { incoming.headers[$0] }.flatMap {
            TraceContext(traceparent: $0)
        }
        return await WorkContext.$current.withValue(WorkContext(request: id, trace: remote)) {
            guard tracer.isOn, RequestSpan.isWorthwhile(incoming.target) else {
                return await respond(to: incoming, id: id, span: nil)
            }
            return await tracer.span(incoming.method.rawValue, .server, .remote(remote)) { span in
                await respond(to: incoming, id: id, span: span)
            }
        }
    }

    private func respond(to incoming: Incoming, id: String, span: Span?) async -> PortalResponse {
        let start = ContinuousClock.now
        var route: Route?
        var response: PortalResponse
        var cause: (any Error)?
        do {
            response = try await answer(incoming, id: id, &route)
        } catch let refusal as FormRefusal {
            response = await refused(refusal, incoming, route, id: id)
        } catch {
            cause = error
            response = await failure(error, incoming, route, id: id)
        }
        SecurityHeaders.add(to: &response.headers)
        // What browsers keep for good has none, where every byte counts.
        let isKept = response.headers[.cacheControl]?.hasSuffix("immutable") == true
        if !isKept, let name = RequestID.field { response.headers.append(HTTPField(name: name, value: id)) }
        AnswerPacking.pack(&response, for: incoming.headers)
        if incoming.method == .head, let length = Self.length(of: response) {
            // What GET would say, also where nothing is sent; else the server counts the body that is not there.
            response.headers[.contentLength] = "\(length)"
            response.body = []
            response.pieces = nil
        }
        let time = start.duration(to: .now)
        meter.note(route, response.status, after: time)
        if let span { RequestSpan.note(span, incoming, route, response.status) }
        log(incoming, route, response.status, cause, after: time)
        return response
    }

    /// What failed on our side has one line, which the answer names by its id; the rest has one where that is wanted.
    private func log(
        _ incoming: Incoming, _ route: Route?, _ status: HTTPResponse.Status, _ cause: (any Error)?,
        after time: Duration
    ) {
        let isFailure = status.code >= 500 && route?.path.hasPrefix("/.backstage/health/") != true
        let usual: Logger.Level = logsRequests() ? .info : .debug
        guard isFailure || logger.logLevel <= usual else { return }
        var metadata: Logger.Metadata = [
            "method": "\(incoming.method.rawValue)", "status": .stringConvertible(status.code),
            "duration_ms": .stringConvertible((time / .microseconds(1)).rounded() / 1_000),
        ]
        metadata["route"] = route.map { "\($0.path)" }
        let name = "\(incoming.method.rawValue) \(Self.path(of: incoming.target))"
        guard isFailure else { return logger.log(level: usual, "\(name) \(status.code)", metadata: metadata) }
        let reason = cause.map { ": \(Self.words($0))" } ?? ""
        logger.log(
            level: Self.isUnforeseen(cause) ? .error : .warning, "\(name) failed with \(status.code)\(reason)",
            metadata: metadata)
    }

    /// Without the query, which may hold tokens, and not endless.
    static func path(of target: String) -> String {
        let path = target.prefix { $0 != "?" && $0 != "#" }
        return path.utf8.count <= 1_000 ? String(path) : "\(path.prefix(1_000))…"
    }

    private static func words(_ error: any Error) -> String {
        guard let underlying = (error as? PortalError)?.underlying else { return "\(error)" }
        return "\(error) (\(underlying))"
    }

    /// What a handler says itself, such as that a host does not answer, is no mistake of the portal's.
    private static func isUnforeseen(_ error: (any Error)?) -> Bool {
        guard let error = error as? PortalError else { return true }
        return error.kind == .internal
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
            if principal != .none { await seen?.wait(for: incoming.headers) }
            var response = try await route.handler(
                PortalRequest(
                    method: incoming.method, target: incoming.target, headers: incoming.headers,
                    parameters: parameters, query: query, body: body, principal: principal, decision: decision, id: id,
                    refusal: refusal))
            if principal != .none { seen?.tell(incoming.headers, &response.headers) }
            return try seated(response, principal, decision, incoming, route)
        }
    }

    /// What a database that does not answer means to whoever asked: nothing that they did. Where trying again does not
    /// help, they are told what has happened.
    private static func outage(_ error: DatabaseError) -> PortalError? {
        if !error.isOutage { return nil }
        let message = error.publicReason ?? "The database does not answer; try again in a moment."
        return PortalError(.unavailable, message, underlying: error)
    }

    private func failure(_ error: any Error, _ incoming: Incoming, _ route: Route?, id: String) async -> PortalResponse
    {
        let known = error as? PortalError ?? (error as? DatabaseError).flatMap(Self.outage)
        let shown = known.flatMap { $0.kind == .internal ? nil : $0 }
        let portal = shown ?? PortalError(.internal, "Something went wrong; the log names it by \(id).")
        let target = incoming.target
        // What no route was found for is told from its address.
        let isAPI =
            route.map { !$0.isPage }
            ?? (target.hasPrefix("/api/") || target.hasPrefix("/.") || target.hasPrefix("/healthz"))
        if isAPI {
            let body = ErrorBody.json(portal, method: incoming.method.rawValue, url: target, id: id)
            return Self.completed(portal, .json(body, status: HTTPResponse.Status(code: portal.kind.statusCode)))
        }
        let principal = (try? await gate.identity.principal(of: incoming.headers)) ?? .none
        let request = PortalRequest(
            method: incoming.method, target: target, headers: incoming.headers, principal: principal, id: id)
        return Self.completed(portal, await errorPage(portal, request))
    }

    /// Adds what RFC 9110 wants beside some errors: the methods of a path, and when to come back.
    private static func completed(_ error: PortalError, _ response: PortalResponse) -> PortalResponse {
        var response = response
        if error.kind == .methodNotAllowed { response.headers[.allow] = error.metadata["allow"]?.string }
        if error.kind == .unavailable { response.headers[.retryAfter] = retryAfter }
        return response
    }
}
