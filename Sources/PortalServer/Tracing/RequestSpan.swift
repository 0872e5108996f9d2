import HTTPTypes
import PortalKit

/// The span of a request, by OpenTelemetry's conventions for HTTP servers.
enum RequestSpan {
    static func name(_ method: HTTPRequest.Method, _ route: Route?) -> String {
        route.map { "\(word(method)) \($0.path)" } ?? word(method)
    }

    /// Those that are asked every few seconds, by machines, and always answer the same.
    static func isWorthwhile(_ target: String) -> Bool {
        !target.hasPrefix("/healthz") && !target.hasPrefix("/.backstage/health/") && !target.hasPrefix("/metrics")
    }

    /// Methods that the conventions do not name could be anything.
    private static func word(_ method: HTTPRequest.Method) -> String {
        let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .delete, .patch, .options, .connect, .trace]
        return known.contains(method) ? method.rawValue : "_OTHER"
    }

    static func note(
        _ span: Span, _ incoming: Dispatcher.Incoming, _ route: Route?, _ status: HTTPResponse.Status
    ) {
        span.rename(name(incoming.method, route))
        span.set("http.request.method", .text(word(incoming.method)))
        if let route { span.set("http.route", .text(route.path)) }
        span.set("url.path", .text(Redaction.redacted(Dispatcher.path(of: incoming.target))))
        span.set("url.scheme", "http")
        span.set("http.response.status_code", .integer(status.code))
        if status.code >= 500 { span.fail(String(status.code)) }
    }
}
