import HTTPTypes
import PortalKit
import Synchronization

/// How often each route was asked, what it answered and how long that took, from the parsed request to the first byte
/// of the answer.
final class RequestMeter: Sendable {
    private final class Meter: Sendable {
        let times = Histogram()
        /// By class of the status: 1xx first.
        let classes = Mutex(InlineArray<5, Int>(repeating: 0))
    }

    /// By what routes are told apart.
    private struct Key: Hashable {
        let method: HTTPRequest.Method
        let path: String
    }

    /// Made once, so that looking one up takes no lock.
    private let meters: [Key: Meter]
    /// Requests that no route was found for: their addresses are anybody's, so they are one.
    private let strays = Mutex(0)

    init(_ routes: [Route]) {
        let keys = routes.map { Key(method: $0.method, path: $0.path) }
        meters = Dictionary(keys.map { ($0, Meter()) }) { first, _ in first }
    }

    func note(_ route: Route?, _ status: HTTPResponse.Status, after time: Duration) {
        guard let route, let meter = meters[Key(method: route.method, path: route.path)] else {
            return strays.withLock { $0 += 1 }
        }
        meter.times.add(time)
        let place = min(max(status.code / 100, 1), 5) - 1
        meter.classes.withLock { $0[place] += 1 }
    }

    /// Routes that nobody has asked yet are left out.
    var families: [MetricFamily] {
        let all = meters.sorted { ($0.key.path, $0.key.method.rawValue) < ($1.key.path, $1.key.method.rawValue) }
        return [
            MetricFamily(
                "callboard_http_request_duration_seconds", .histogram,
                "From the parsed request to the first byte of its answer, by route.",
                all.flatMap { $0.value.times.samples(Self.labels($0.key)) }),
            MetricFamily(
                "callboard_http_requests_total", .counter, "Answers by route and class of the status.",
                all.flatMap { Self.classes($0.value, Self.labels($0.key)) }),
            MetricFamily(
                "callboard_http_unrouted_requests_total", .counter, "Requests that no route was found for.",
                Double(strays.withLock { $0 })),
        ]
    }

    private static func labels(_ route: Key) -> [MetricSample.Label] {
        [.init("method", route.method.rawValue), .init("route", route.path)]
    }

    private static func classes(_ meter: Meter, _ labels: [MetricSample.Label]) -> [MetricSample] {
        let counts = meter.classes.withLock { $0 }
        return counts.indices.filter { counts[$0] > 0 }.map { place in
            MetricSample(Double(counts[place]), labels + [.init("code", "\(place + 1)xx")])
        }
    }
}
