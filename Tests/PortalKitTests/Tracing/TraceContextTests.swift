import PortalKit
import Synchronization
import Testing

@Suite struct TraceContextTests {
    private static let header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test("a traceparent is read and written as it was") func roundTrip() throws {
        let context = try #require(TraceContext(traceparent: Self.header))
        #expect(context.traceparent == Self.header)
        #expect(context.isSampled)
        #expect(context.trace.description == "0af7651916cd43dd8448eb211c80319c")
        #expect(TraceContext(traceparent: Self.header.dropLast() + "0")?.isSampled == false)
        // A later version may say more.
        #expect(TraceContext(traceparent: "cc" + Self.header.dropFirst(2) + "-more") != nil)
    }

    @Test(
        "a malformed one is left aside",
        arguments: [
            "", "00", header + "-more", header + "0", "ff" + header.dropFirst(2), String(header.dropLast()),
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
            "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", " " + header, "é" + header.dropFirst(2),
            "cc" + header.dropFirst(2) + "." + String(repeating: "x", count: 10),
            "cc" + header.dropFirst(2) + "-" + String(repeating: "x", count: 1_000),
        ])
    func malformed(_ text: String) { #expect(TraceContext(traceparent: text) == nil) }
}

/// Keeps spans.
private final class KeptSpans: SpanSink {
    private let spans = Mutex<[FinishedSpan]>([])
    var all: [FinishedSpan] { spans.withLock { $0 } }

    func isSampled(_ trace: TraceID, from remote: TraceContext?) -> Bool { remote?.isSampled ?? true }
    func take(_ span: FinishedSpan) { spans.withLock { $0.append(span) } }
}

@Suite struct TracerTests {
    private struct Trouble: Error {}

    @Test("spans of work within work belong together") func nesting() async throws {
        let sink = KeptSpans()
        let tracer = Tracer(sink)
        await tracer.span("outer", .server, .none) { _ in
            await tracer.span("inner") { span in span?.set("a", 1) }
        }
        try #require(sink.all.map(\.name) == ["inner", "outer"])
        #expect(sink.all[0].context.trace == sink.all[1].context.trace)
        #expect(sink.all[0].parent == sink.all[1].context.span)
        #expect(sink.all[1].parent == nil)
        #expect(sink.all.allSatisfy { $0.end >= $0.start && $0.start > 1_600_000_000_000_000_000 })
    }

    @Test("what fails says so, without its words") func failure() async {
        let sink = KeptSpans()
        await #expect(throws: Trouble.self) {
            try await Tracer(sink).span("a", .internal, .none) { _ in throw Trouble() }
        }
        #expect(sink.all.map(\.isFailed) == [true])
        #expect(sink.all[0].attributes.map(\.name) == ["error.type"])
    }

    @Test("nothing is made without a trace around it, where a caller does not want it, or where tracing is off")
    func none() async throws {
        let sink = KeptSpans()
        let unsampled = TraceContext(trace: .random(), span: 1, isSampled: false)
        await Tracer(sink).span("a") { #expect($0 == nil) }
        await Tracer(sink).span("a", .server, .remote(unsampled)) { span in
            #expect(span == nil)
            #expect(WorkContext.current?.trace?.trace == unsampled.trace)
            await Tracer(sink).span("b") { #expect($0 == nil) }
        }
        await Tracer.off.span("a", .server, .none) { #expect($0 == nil) }
        #expect(sink.all.isEmpty)
    }

    @Test("attributes are bounded") func bounds() async {
        let sink = KeptSpans()
        await Tracer(sink).span(String(repeating: "n", count: 5_000), .internal, .none) { span in
            for number in 0..<100 { span?.set("a\(number)", .text(String(repeating: "x", count: 5_000))) }
        }
        #expect(sink.all[0].attributes.count == Span.mostAttributes)
        #expect(sink.all[0].attributes.allSatisfy { $0.value == .text(String(repeating: "x", count: 1_024)) })
        #expect(sink.all[0].name.count == 1_024)
    }
}
