import PortalKit
import Testing

@testable import PortalServer

@Suite struct TraceSettingsTests {
    private func settings(_ config: String = "", _ variables: [String: String] = [:]) throws -> TraceSettings {
        let loader = AppConfigLoader(environment: [:]) { _ in Array(config.utf8) }
        return try TraceSettings(try loader.load(["/portal/app-config.yaml"]).config, environment: variables)
    }

    @Test("tracing is off unless somebody says where to") func off() throws {
        #expect(try settings().endpoint == nil)
        let variables = ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318"]
        #expect(try settings("", variables).endpoint == "http://c:4318/v1/traces")
        #expect(try settings("", variables.merging(["OTEL_TRACES_EXPORTER": "none"]) { $1 }).endpoint == nil)
        #expect(try settings("", variables.merging(["OTEL_SDK_DISABLED": "TRUE"]) { $1 }).endpoint == nil)
    }

    @Test("the addresses of collectors become those of traces")
    func endpoints() throws {
        for (base, whole) in [
            ("http://c:4318/", "http://c:4318/v1/traces"), ("https://c/otlp", "https://c/otlp/v1/traces"),
            ("https://c/v1/traces", "https://c/v1/traces"),
        ] {
            #expect(try settings("callboard: { tracing: { endpoint: '\(base)' } }").endpoint == whole)
        }
        let own = ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://a", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://b/x"]
        #expect(try settings("", own).endpoint == "http://b/x")
    }

    @Test("the environment wins over the configuration") func precedence() throws {
        let config = """
            callboard:
              tracing:
                endpoint: http://a:1
                headers: { X-Key: one, X-More: two }
                serviceName: one
                sampler: always_off
                resourceAttributes: { team: one, zone: z }
            """
        let settings = try settings(
            config,
            [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://b:2", "OTEL_EXPORTER_OTLP_HEADERS": "x-key=three",
                "OTEL_RESOURCE_ATTRIBUTES": "service.name=two,team=three", "OTEL_SERVICE_NAME": "four",
                "OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0.25",
            ])
        #expect(settings.endpoint == "http://b:2/v1/traces")
        #expect(settings.headers.map { "\($0.name) \($0.value.reveal())" } == ["X-More two", "x-key three"])
        let resource = Dictionary(uniqueKeysWithValues: settings.resource.map { ($0.name, $0.value) })
        #expect(resource["service.name"] == "four" && resource["team"] == "three" && resource["zone"] == "z")
        #expect(settings.sampler == .ratio(0.25))
        #expect(!"\(settings)".contains("three\"") || !"\(settings.headers)".contains("three"))
    }

    @Test(
        "what is wrong in the configuration is named",
        arguments: [
            ("endpoint: ftp://a", "endpoint"), ("endpoint: 'http://u:p@a'", "endpoint"),
            ("sampler: sometimes", "sampler"),
            ("sampler: traceidratio, ratio: 2", "ratio"), ("headers: [a]", "headers"),
        ])
    func mistakes(_ text: String, _ key: String) {
        #expect {
            try settings("callboard: { tracing: { \(text) } }")
        } throws: { error in
            (error as? PortalError)?.message.contains("callboard.tracing.\(key) ") == true
        }
    }

    @Test("what is wrong in the environment keeps nothing from starting, and is told")
    func warnings() throws {
        let settings = try settings(
            "",
            [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://a:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
                "OTEL_TRACES_SAMPLER": "xray", "OTEL_EXPORTER_OTLP_TIMEOUT": "soon",
                "OTEL_EXPORTER_OTLP_HEADERS": "c4nary",
                "OTEL_TRACES_EXPORTER": "zipkin",
            ])
        #expect(settings.endpoint != nil && settings.sampler == .byParent(.always))
        #expect(settings.warnings.count == 5)
        #expect(!settings.warnings.joined().contains("c4nary"))
    }

    @Test("traces are recorded as the sampler says") func sampling() {
        let yes = TraceContext(trace: .random(), span: 1, isSampled: true)
        let no = TraceContext(trace: .random(), span: 1, isSampled: false)
        func sampled(_ sampler: TraceSettings.Sampler, _ parent: TraceContext?) -> Bool {
            SpanQueue(sampler).isSampled(parent?.trace ?? .random(), from: parent)
        }
        #expect(sampled(.always, no) && !sampled(.never, yes))
        #expect(sampled(.byParent(.never), yes) && !sampled(.byParent(.always), no))
        #expect(sampled(.byParent(.always), nil) && !sampled(.byParent(.never), nil))
        let some = (0..<10_000).count { _ in sampled(.byParent(.ratio(0.25)), nil) }
        #expect((2_200...2_800).contains(some))
        #expect(sampled(.ratio(1), nil) && !sampled(.ratio(0), nil))
    }
}
