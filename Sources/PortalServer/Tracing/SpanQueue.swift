import PortalKit
import Synchronization

/// Spans that wait to be sent. It is bounded and never waits: what comes when it is full is counted and gone.
final class SpanQueue: SpanSink {
    /// Why spans were not delivered.
    enum Loss: String, Sendable, CaseIterable {
        case queueFull = "queue_full"
        case refused
        case unreachable
    }

    static let longest = 4_096
    static let largestBatch = 512

    private struct State {
        var spans: [FinishedSpan] = []
        var sent = 0
        var lost: [Loss: Int] = [:]
    }

    private let sampler: TraceSettings.Sampler
    private let state = Mutex(State())
    /// Told when a batch is full.
    let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    init(_ sampler: TraceSettings.Sampler) {
        self.sampler = sampler
        (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func isSampled(_ trace: TraceID, from remote: TraceContext?) -> Bool {
        Self.isSampled(trace, remote, sampler)
    }

    private static func isSampled(
        _ trace: TraceID, _ remote: TraceContext?, _ sampler: TraceSettings.Sampler
    ) -> Bool {
        switch sampler {
        case .always: true
        case .never: false
        // Of the half that all implementations look at, so that they agree.
        case .ratio(let ratio): ratio >= 1 || Double(trace.low >> 1) < ratio * 0x1p63
        case .byParent(let root): remote?.isSampled ?? isSampled(trace, nil, root)
        }
    }

    func take(_ span: FinishedSpan) {
        let isFull = state.withLock { state in
            guard state.spans.count < Self.longest else {
                state.lost[.queueFull, default: 0] += 1
                return false
            }
            state.spans.append(span)
            return state.spans.count % Self.largestBatch == 0
        }
        if isFull { wake.yield() }
    }

    func batch() -> [FinishedSpan] {
        state.withLock { state in
            let batch = Array(state.spans.prefix(Self.largestBatch))
            state.spans.removeFirst(batch.count)
            return batch
        }
    }

    var count: Int { state.withLock { $0.spans.count } }

    func noteSent(_ count: Int) { state.withLock { $0.sent += count } }
    func noteLost(_ count: Int, _ loss: Loss) { state.withLock { $0.lost[loss, default: 0] += count } }

    var families: [MetricFamily] {
        let state = state.withLock { $0 }
        return [
            MetricFamily(
                "callboard_trace_spans_waiting", .gauge, "Spans that wait to be sent.", Double(state.spans.count)),
            MetricFamily(
                "callboard_trace_spans_sent_total", .counter, "Spans that the collector took.", Double(state.sent)),
            MetricFamily(
                "callboard_trace_spans_dropped_total", .counter, "Spans that were not delivered, by reason.",
                Loss.allCases.map { MetricSample(Double(state.lost[$0] ?? 0), [.init("reason", $0.rawValue)]) }),
        ]
    }
}
