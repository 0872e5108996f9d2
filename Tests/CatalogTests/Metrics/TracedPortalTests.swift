import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Synchronization
import Testing

/// What a portal tells in traces, from a request to the database and to other hosts.
@Suite struct TracedPortalTests {
    /// Keeps spans.
    private final class Kept: SpanSink {
        private let spans = Mutex<[FinishedSpan]>([])
        var all: [FinishedSpan] { spans.withLock { $0 } }

        func isSampled(_ trace: TraceID, from remote: TraceContext?) -> Bool { remote?.isSampled ?? true }
        func take(_ span: FinishedSpan) { spans.withLock { $0.append(span) } }
    }

    private static let caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    private static let url = "https://files.example.org/all.yaml?token=c4nary"

    private func attribute(_ name: String, _ span: FinishedSpan) -> SpanValue? {
        span.attributes.first { $0.name == name }?.value
    }

    @Test(
        "a source that is read, its request and its writes are one trace, without the token of its address",
        arguments: TestDatabase.engines)
    func reading(_ engine: Dialect) async throws {
        let kept = Kept()
        let config = """
            backend: { reading: { allow: [{ host: files.example.org }] } }
            catalog: { locations: [{ type: url, target: '\(Self.url)' }] }
            """
        let portal = try await TestPortal.make(config, engine: engine, tracer: Tracer(kept))
        portal.http.record(
            .get, Self.url,
            "kind: Component\napiVersion: backstage.io/v1alpha1\nmetadata: { name: shop }\n"
                + "spec: { type: service, lifecycle: production, owner: team }")
        try await portal.running {
            let isFollowed: @Sendable () async -> Bool = { kept.all.contains { $0.name == "follow catalog feed" } }
            #expect(await portal.eventually(isFollowed))
            #expect(await portal.eventually { kept.all.contains { $0.name == "read source" } })
        }
        let source = try #require(kept.all.first { $0.name == "read source" })
        #expect(attribute("callboard.location", source) == "url:https://files.example.org/all.yaml")
        #expect(attribute("callboard.outcome", source) == "read")
        let parts = kept.all.filter { $0.parent == source.context.span }
        let fetch = try #require(parts.first { $0.kind == .client && $0.name == "GET" })
        #expect(attribute("server.address", fetch) == "files.example.org")
        #expect(attribute("http.response.status_code", fetch) == 200)
        let write = try #require(parts.first { $0.name == "database write" })
        #expect(attribute("callboard.lane", write) == "background")
        let sent = try #require(portal.http.requests.first)
        let header = try #require(HTTPField.Name("traceparent").flatMap { sent.headers[$0] })
        #expect(TraceContext(traceparent: header)?.trace == source.context.trace)
        #expect(TraceContext(traceparent: header)?.span == fetch.context.span)
        #expect(!"\(kept.all)".contains("c4nary"))
        #expect(!"\(kept.all)".contains("INSERT"))
    }

    @Test("a request goes on with its caller's trace, and has its route and status")
    func request() async throws {
        let kept = Kept()
        let portal = try await TestPortal.make(tracer: Tracer(kept))
        let name = try #require(HTTPField.Name("traceparent"))
        _ = await portal.send(
            .get, "/api/catalog/entities/by-name/component/default/none", headers: [name: Self.caller])
        let span = try #require(kept.all.last { $0.kind == .server })
        #expect(span.name == "GET /api/catalog/entities/by-name/{kind}/{namespace}/{name}")
        #expect(span.context.trace.description == "0af7651916cd43dd8448eb211c80319c")
        #expect(span.parent == TraceContext(traceparent: Self.caller)?.span)
        #expect(attribute("http.request.method", span) == "GET")
        #expect(attribute("http.response.status_code", span) == 404)
        #expect(!span.isFailed)
        #expect(!"\(kept.all)".contains("c4nary"))
        _ = await portal.send(.get, "/healthz")
        #expect(kept.all.count { $0.kind == .server } == 1)
        _ = await portal.send(.get, "/api/catalog/entities", headers: [name: String(Self.caller.dropLast()) + "0"])
        #expect(kept.all.count { $0.kind == .server } == 1)
    }
}
