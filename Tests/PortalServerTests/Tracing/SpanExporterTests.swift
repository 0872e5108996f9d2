import EntityModel
import Foundation
import HTTPTypes
import Logging
import PortalKit
import PortalTesting
import Synchronization
import Testing

@testable import PortalServer

/// Spans on their way to a collector, which may be in any state.
@Suite(.serialized) struct SpanExporterTests {
    private let collector = StrictCollector()
    private let log = LogLines()
    private let queue = SpanQueue(.always)

    private func settings(_ port: Int, path: String = "", _ more: [String: String] = [:]) throws -> TraceSettings {
        var variables = ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(port)"]
        // A machine that is busy with other tests may let it wait.
        variables["OTEL_EXPORTER_OTLP_TIMEOUT"] = "60000"
        if !path.isEmpty { variables["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = "http://127.0.0.1:\(port)\(path)" }
        variables.merge(more) { $1 }
        let config = try AppConfigLoader(environment: [:]) { _ in [] }.load(["/portal/app-config.yaml"]).config
        return try TraceSettings(config, environment: variables)
    }

    private func exporter(_ settings: TraceSettings) throws -> SpanExporter {
        let target = try FetchTarget(settings.endpoint ?? "")
        let fetcher = LiveHTTPFetcher(trustedHosts: TrustedHosts(["\(target.host):\(target.port)"]))
        var exporter = SpanExporter(settings, queue, fetcher, log.logger)
        exporter.pause = .milliseconds(10)
        exporter.interval = .milliseconds(50)
        exporter.farewell = .seconds(60)
        return exporter
    }

    private func work(_ count: Int) async {
        for number in 0..<count {
            await Tracer(queue).span("work", .client, .none) { span in
                span?.set("a.text", .text("ä \u{0} \"\(number)\""))
                span?.set("a.number", .integer(.max))
                span?.set("a.flag", true)
                if number == 0 { span?.fail("500") }
                await Tracer(queue).span("part") { _ in }
            }
        }
    }

    /// Of the samples of a family, the sum.
    private func total(_ name: String, _ reason: String? = nil) -> Double {
        let samples = queue.families.first { $0.name == name }?.samples ?? []
        return samples.filter { reason == nil || $0.labels.first?.value == reason }.reduce(0) { $0 + $1.value }
    }

    @Test("a collector understands what is sent, with headers and the resource of the environment")
    func taken() async throws {
        try await TestServer.run(collector.routes) { server in
            let settings = try settings(
                server.port,
                more: [
                    "OTEL_EXPORTER_OTLP_HEADERS": "X-Key=c4nary%3D1, x-other=two",
                    "OTEL_SERVICE_NAME": "portal",
                    "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=test,team=a%20b",
                ])
            await work(300)
            let exporter = try exporter(settings)
            while await exporter.sendBatch() {}
            #expect(collector.complaints == [])
            #expect(collector.spans.count == 600)
            #expect(total("callboard_trace_spans_sent_total") == 600)
            let key = try #require(HTTPField.Name("X-Key"))
            #expect(collector.headers.allSatisfy { $0[key] == "c4nary=1" })
            let attributes = try #require(collector.resources.first?.array)
            #expect(attributes.contains(["key": "service.name", "value": ["stringValue": "portal"]]))
            #expect(attributes.contains(["key": "team", "value": ["stringValue": "a b"]]))
            #expect(collector.spans.count { $0["status"] == ["code": 2] } == 1)
            #expect(log.all == [])
        }
    }

    private func settings(_ port: Int, more: [String: String]) throws -> TraceSettings {
        try settings(port, path: "", more)
    }

    @Test("what a collector refuses is dropped, counted and told once", arguments: [400, 401, 404, 413, 500])
    func refused(_ status: Int) async throws {
        try await TestServer.run(collector.routes) { server in
            collector.become(.init(status: status, body: "<html>no</html>"))
            let exporter = try exporter(try settings(server.port))
            for _ in 0..<2 {
                await work(5)
                await exporter.sendBatch()
            }
            #expect(total("callboard_trace_spans_dropped_total", "refused") == 20)
            #expect(collector.headers.count == 2)
            #expect(log.all == ["warning: The collector refuses spans: it answers \(status). They are dropped."])
        }
    }

    @Test("who may take them later is asked again, a few times", arguments: [429, 502, 503, 504])
    func later(_ status: Int) async throws {
        try await TestServer.run(collector.routes) { server in
            collector.become(.init(status: status, headers: [.retryAfter: "0"]))
            let exporter = try exporter(try settings(server.port))
            await work(5)
            await exporter.sendBatch()
            #expect(collector.headers.count == 3)
            #expect(total("callboard_trace_spans_dropped_total", "unreachable") == 10)
            collector.become(.init())
            await work(5)
            await exporter.sendBatch()
            #expect(collector.spans.count == 10)
            #expect(log.all.count == 2 && log.all.last == "info: The collector takes spans again.")
        }
    }

    @Test(
        "whatever stands in its answer does no harm",
        arguments: [
            "", "garbage", "[]", "null", #"{"partialSuccess":{"rejectedSpans":"-1"}}"#,
            #"{"partialSuccess":{"rejectedSpans":"99999999999999999999"}}"#, #"{"partialSuccess":[]}"#,
        ])
    func garbage(_ body: String) async throws {
        try await TestServer.run(collector.routes) { server in
            collector.become(.init(body: body))
            await work(5)
            await (try exporter(try settings(server.port))).sendBatch()
            #expect(total("callboard_trace_spans_sent_total") == 10)
        }
    }

    @Test("what a partial success leaves out counts as refused; redirects are not followed")
    func partial() async throws {
        try await TestServer.run(collector.routes) { server in
            collector.become(.init(body: #"{"partialSuccess":{"rejectedSpans":"3","errorMessage":"no"}}"#))
            await work(5)
            await (try exporter(try settings(server.port))).sendBatch()
            #expect(total("callboard_trace_spans_sent_total") == 7)
            #expect(total("callboard_trace_spans_dropped_total", "refused") == 3)
            await work(1)
            await (try exporter(try settings(server.port, path: "/moved"))).sendBatch()
            #expect(total("callboard_trace_spans_dropped_total", "unreachable") == 2)
        }
    }

    @Test("a collector that hangs or is not there holds up nobody; what is too much is counted")
    func hanging() async throws {
        try await TestServer.run(collector.routes) { server in
            let hold = Switch()
            collector.become(.init(hold: hold))
            let exporter = try exporter(try settings(server.port, more: ["OTEL_EXPORTER_OTLP_TIMEOUT": "60000"]))
            await work(1)
            let sending = Task { await exporter.sendBatch() }
            while collector.headers.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
            await work(SpanQueue.longest)
            #expect(!hold.isOn, "nobody waited for the collector")
            #expect(queue.count == SpanQueue.longest)
            #expect(total("callboard_trace_spans_dropped_total", "queue_full") >= Double(SpanQueue.longest))
            hold.turnOn()
            _ = await sending.value
        }
    }

    @Test("what waits is sent in the background, and the rest at the end")
    func service() async throws {
        try await TestServer.run(collector.routes) { server in
            let exporter = try exporter(try settings(server.port))
            let running = Task { try await exporter.run() }
            await work(2)
            while collector.spans.count < 4 { try await Task.sleep(for: .milliseconds(10)) }
            await work(SpanQueue.largestBatch)
            running.cancel()
            try await running.value
            // What was under way is sent once more, whether the collector had it or not.
            let ids = Set(collector.spans.compactMap { $0["spanId"]?.string })
            #expect(ids.count == 4 + 2 * SpanQueue.largestBatch)
            #expect(collector.complaints == [])
        }
    }

    @Test("what is under way as the portal ends comes to its end")
    func underWay() async throws {
        try await TestServer.run(collector.routes) { server in
            let hold = Switch()
            collector.become(.init(hold: hold))
            let exporter = try exporter(try settings(server.port))
            let running = Task { try await exporter.run() }
            await work(1)
            while collector.headers.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
            running.cancel()
            try await Task.sleep(for: .milliseconds(100))
            hold.turnOn()
            try await running.value
            #expect(total("callboard_trace_spans_sent_total") == 2)
            #expect(total("callboard_trace_spans_dropped_total") == 0)
        }
    }

    @Test("every figure is documented") func documented() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let text = try String(contentsOf: root.appending(path: "docs/operating/metrics.md"), encoding: .utf8)
        let names = Set(text.matches(of: /\bcallboard_trace_[a-z_]+/).map { String($0.output) })
        #expect(names == Set(queue.families.map(\.name)))
    }
}
