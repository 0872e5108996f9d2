import HTTPTypes
import PortalKit
import Testing

@testable import PortalServer

@Suite struct RequestMeterTests {
    private static let route = Route(.get, "/a/{word}", access: .open(reason: "a test")) { _ in .text("") }

    @Test("answers are counted by route and class of status; addresses without a route are one")
    func counts() throws {
        let meter = RequestMeter([Self.route])
        meter.note(Self.route, .ok, after: .milliseconds(2))
        meter.note(Self.route, .noContent, after: .milliseconds(3))
        meter.note(Self.route, .notFound, after: .milliseconds(4))
        meter.note(nil, .notFound, after: .milliseconds(5))
        let families = Dictionary(uniqueKeysWithValues: meter.families.map { ($0.name, $0.samples) })
        let labels: [MetricSample.Label] = [.init("method", "GET"), .init("route", "/a/{word}")]
        #expect(
            families["callboard_http_requests_total"] == [
                MetricSample(2, labels + [.init("code", "2xx")]), MetricSample(1, labels + [.init("code", "4xx")]),
            ])
        let times = families["callboard_http_request_duration_seconds"] ?? []
        #expect(times.last == MetricSample(3, labels, suffix: "_count"))
        #expect(families["callboard_http_unrouted_requests_total"] == [MetricSample(1)])
    }
}
