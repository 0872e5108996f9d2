import Foundation

/// Where finished spans go, and who decides which there are.
public protocol SpanSink: Sendable {
    /// Whether spans are recorded of a trace that begins here, or comes from elsewhere.
    func isSampled(_ trace: TraceID, from remote: TraceContext?) -> Bool
    /// Never waits.
    func take(_ span: FinishedSpan)
}

/// Makes spans of work. Where tracing is off that costs one comparison.
///
///     try await tracer.span("read builds", .client) { span in
///         span?.set("server.address", "ci.example.org")
///         return try await builds()
///     }
public struct Tracer: Sendable {
    /// What a span is a part of.
    public enum Parent: Sendable {
        /// The work under way; without a trace there, there is no span.
        case current
        /// Nothing: a trace begins.
        case none
        /// What a caller from elsewhere says; nil begins a trace.
        case remote(TraceContext?)
    }

    /// Makes none.
    public static let off = Tracer(nil)

    private let sink: (any SpanSink)?

    public init(_ sink: (any SpanSink)?) { self.sink = sink }

    public var isOn: Bool { sink != nil }

    /// Does work within a span; `work` gets nil where it is not recorded.
    public func span<Result>(
        _ name: @autoclosure () -> String, _ kind: Span.Kind = .internal, _ parent: Parent = .current,
        _ work: (Span?) async throws -> Result
    ) async rethrows -> Result {
        guard let sink, let (context, parent) = Self.begin(parent, sink) else { return try await work(nil) }
        var around = WorkContext.current ?? WorkContext()
        around.trace = context
        guard context.isSampled else { return try await WorkContext.$current.withValue(around) { try await work(nil) } }
        let now = UInt64(max(0, Date().timeIntervalSince1970 * 1_000_000)) * 1_000
        let span = Span(name(), kind, context, parent: parent, start: now)
        defer { sink.take(span.finished()) }
        do {
            return try await WorkContext.$current.withValue(around) { try await work(span) }
        } catch {
            // Its words may say what a trace must not hold.
            span.fail((error as? PortalError)?.kind.rawValue ?? "\(type(of: error as Any))")
            throw error
        }
    }

    private static func begin(_ parent: Parent, _ sink: any SpanSink) -> (TraceContext, parent: UInt64?)? {
        let span = UInt64.random(in: 1 ... .max)
        switch parent {
        case .current:
            guard let around = WorkContext.current?.trace, around.isSampled else { return nil }
            return (TraceContext(trace: around.trace, span: span, isSampled: true), around.span)
        case .none: return begun(nil, span, sink)
        case .remote(let remote): return begun(remote, span, sink)
        }
    }

    private static func begun(
        _ remote: TraceContext?, _ span: UInt64, _ sink: any SpanSink
    ) -> (TraceContext, parent: UInt64?) {
        let trace = remote?.trace ?? .random()
        return (
            TraceContext(trace: trace, span: span, isSampled: sink.isSampled(trace, from: remote)), remote?.span
        )
    }
}
