import EntityModel
import HTTPTypes
import Logging
import PortalKit
import Synchronization

/// Sends spans to the collector, a batch at a time. Whatever the collector does, nothing else waits for it: what it does
/// not take is counted and gone.
struct SpanExporter: Sendable {
    /// What the collector made of a batch.
    private enum Outcome {
        case taken(rejected: Int)
        case refused(String)
        /// Perhaps later.
        case away(String, pause: Duration?)
    }

    private static let mostAttempts = 3
    private static let longestPause: Duration = .seconds(30)
    private static let largestAnswer = 64 << 10

    let queue: SpanQueue
    let settings: TraceSettings
    let fetcher: any HTTPFetcher
    let logger: Logger
    /// How long spans wait for company.
    var interval: Duration = .seconds(5)
    /// Before the second attempt; twice as long before the next.
    var pause: Duration = .seconds(1)
    /// For what is left when the portal ends.
    var farewell: Duration = .seconds(3)
    private let trouble = Trouble()

    init(_ settings: TraceSettings, _ queue: SpanQueue, _ fetcher: any HTTPFetcher, _ logger: Logger) {
        self.settings = settings
        self.queue = queue
        self.fetcher = fetcher
        self.logger = logger
    }

    /// Sends until cancelled, then what is left.
    func run() async throws {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        // Not cancelled with this one: what is under way then comes to its end, within the time for what is left.
        let sending = Task {
            for await _ in signals { while await sendBatch() {} }
            while await sendBatch(isLast: true) {}
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in queue.wakes { signal.yield() } }
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: interval)
                    signal.yield()
                }
            }
        }
        signal.finish()
        let end = Task {
            try await Task.sleep(for: farewell)
            sending.cancel()
        }
        await sending.value
        end.cancel()
    }

    /// - Returns: whether there may be more to send at once.
    @discardableResult
    func sendBatch(isLast: Bool = false) async -> Bool {
        let batch = queue.batch()
        if batch.isEmpty { return false }
        let body = JSONWriter.bytes(OTLPBody.json(batch, resource: settings.resource))
        var wait = pause
        attempts: for attempt in 1...Self.mostAttempts {
            switch await send(body) {
            case .taken(let rejected):
                queue.noteSent(batch.count - min(rejected, batch.count))
                if rejected > 0 { queue.noteLost(min(rejected, batch.count), .refused) }
                tell(nil)
                return queue.count > 0
            case .refused(let reason):
                queue.noteLost(batch.count, .refused)
                tell("The collector refuses spans: \(reason). They are dropped.")
                return queue.count > 0
            case .away(let reason, let asked):
                tell("The collector does not take spans: \(reason). They are dropped until it does.")
                if attempt == Self.mostAttempts || isLast || Task.isCancelled { break attempts }
                try? await Task.sleep(for: min(asked ?? wait, Self.longestPause))
                wait = wait * 2
            }
        }
        queue.noteLost(batch.count, .unreachable)
        return false
    }

    private func send(_ body: [UInt8]) async -> Outcome {
        guard let endpoint = settings.endpoint else { return .refused("there is none") }
        var request = FetchRequest(
            .post, endpoint, headers: [.contentType: "application/json"], body: body,
            timeoutSeconds: settings.timeoutSeconds, maximumBytes: Self.largestAnswer)
        request.headers[.userAgent] = "callboard/\(CallboardVersion.current)"
        for (name, value) in settings.headers {
            guard let name = HTTPField.Name(name) else { continue }
            request.headers[name] = value.reveal()
        }
        request.mayFollow = { _ in false }
        do {
            let answer = try await fetcher.fetch(request)
            switch answer.status.code {
            case 200..<300: return .taken(rejected: Self.rejected(answer.body))
            case 429, 502, 503, 504:
                let seconds = answer.headers[.retryAfter].flatMap { Int($0) }
                return .away(
                    "it answers \(answer.status.code)", pause: seconds.map { .seconds(min(max($0, 0), 3_600)) })
            default: return .refused("it answers \(answer.status.code)")
            }
        } catch { return .away((error as? PortalError)?.message ?? "\(type(of: error))", pause: nil) }
    }

    /// Of a partial success; a collector that says something else took them all.
    private static func rejected(_ body: [UInt8]) -> Int {
        guard let answer = try? JSONParser.parse(body), let rejected = answer["partialSuccess"]?["rejectedSpans"] else {
            return 0
        }
        let count = rejected.string.flatMap { Int($0) } ?? rejected.number.flatMap { Int(exactly: $0) } ?? 0
        return max(0, count)
    }

    /// Says what is wrong once, and once that it is over.
    private func tell(_ text: String?) {
        let before = trouble.exchange(for: text)
        if let text, before == nil { logger.warning("\(text)") }
        if text == nil, before != nil { logger.info("The collector takes spans again.") }
    }
}

/// What is wrong with the collector, as the log was told.
private final class Trouble: Sendable {
    private let text = Mutex<String?>(nil)

    /// - Returns: what it was before.
    func exchange(for next: String?) -> String? {
        text.withLock { text in
            defer { text = next }
            return text
        }
    }
}
