import HTTPTypes
import PortalKit

/// The way out with a span for each request, which tells the other side the trace (`traceparent`).
///
/// Only the address goes into the span: a query may hold tokens. A redirect to another host takes the header away, with
/// all others that it need not know.
struct TracedFetcher: HTTPFetcher {
    let base: any HTTPFetcher
    let tracer: Tracer

    static let traceparent = HTTPField.Name("traceparent")

    func fetch(_ request: FetchRequest) async throws -> FetchResponse {
        try await tracer.span(request.method.rawValue, .client) { span in
            var request = request
            // Also of a trace that is not recorded: the other side is to know that.
            if let name = Self.traceparent, let context = WorkContext.current?.trace {
                request.headers[name] = context.traceparent
            }
            guard let span else { return try await base.fetch(request) }
            span.set("http.request.method", .text(request.method.rawValue))
            if let target = try? FetchTarget(request.url) {
                span.set("server.address", .text(target.host))
                span.set("server.port", .integer(target.port))
                span.set("url.full", .text(String(target.url.prefix { $0 != "?" && $0 != "#" })))
            }
            let answer = try await base.fetch(request)
            span.set("http.response.status_code", .integer(answer.status.code))
            if answer.status.code >= 400 { span.fail(String(answer.status.code)) }
            return answer
        }
    }
}
