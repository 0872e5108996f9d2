import EntityModel
import Foundation
import PortalKit

/// Where traces go and which: OpenTelemetry's standard variables, which win, and `callboard.tracing`.
struct TraceSettings: Sendable {
    /// Which traces are recorded.
    enum Sampler: Sendable, Hashable {
        case always, never
        case ratio(Double)
        /// As the caller does; the other for what begins here.
        indirect case byParent(Sampler)
    }

    /// The whole URL that spans are posted to; nil where nothing is traced.
    private(set) var endpoint: String?
    private(set) var headers: [(name: String, value: Secret)] = []
    private(set) var sampler = Sampler.byParent(.always)
    /// Of the resource, `service.name` among them.
    private(set) var resource: [(name: String, value: String)] = []
    private(set) var timeoutSeconds = 10.0
    /// What of the environment could not be used. Such variables are often set for many programs at once, so they keep
    /// none from starting.
    private(set) var warnings: [String] = []

    private static let samplers = [
        "always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off",
        "parentbased_traceidratio",
    ]

    /// - Throws: `PortalError` of kind `input` that names a wrong key of the configuration.
    init(_ config: AppConfig, environment: [String: String] = [:]) throws {
        let node = config.node("callboard.tracing")
        try readConfiguration(node)
        let variables = environment.filter { $0.key.hasPrefix("OTEL_") && !$0.value.isEmpty }
        read(variables)
        if !resource.contains(where: { $0.name == "service.name" }) { resource.append(("service.name", "callboard")) }
        if !resource.contains(where: { $0.name == "service.version" }) {
            resource.append(("service.version", CallboardVersion.current))
        }
    }

    private mutating func readConfiguration(_ node: ConfigNode) throws {
        if let text = try node["endpoint"].text() {
            guard let url = Self.url(text) else { throw node["endpoint"].mistake("is no http or https URL") }
            endpoint = Self.traces(url)
        }
        for name in try node["headers"].keys() {
            guard let value = try node["headers"][name].secret() else { continue }
            headers.append((name, value))
        }
        if let word = try node["sampler"].text() {
            let ratio = try node["ratio"].number() ?? 1
            guard (0...1).contains(ratio) else { throw node["ratio"].mistake("must be a number from 0 to 1") }
            guard let found = Self.sampler(word, ratio) else {
                throw node["sampler"].mistake(
                    "is '\(word)'; there are \(Self.samplers.joined(separator: ", "))", near: word, among: Self.samplers
                )
            }
            sampler = found
        }
        for name in try node["resourceAttributes"].keys() {
            put(name, try node["resourceAttributes"][name].requiredText())
        }
        if let name = try node["serviceName"].text() { put("service.name", name) }
    }

    private mutating func put(_ name: String, _ value: String) {
        resource.removeAll { $0.name == name }
        resource.append((name, value))
    }

    private static func sampler(_ word: String, _ ratio: Double) -> Sampler? {
        switch word {
        case "always_on": .always
        case "always_off": .never
        case "traceidratio": .ratio(ratio)
        case "parentbased_always_on": .byParent(.always)
        case "parentbased_always_off": .byParent(.never)
        case "parentbased_traceidratio": .byParent(.ratio(ratio))
        default: nil
        }
    }

    private static func url(_ text: String) -> String? { (try? FetchTarget(text)) == nil ? nil : text }

    /// The path of traces below the address of a collector.
    private static func traces(_ base: String) -> String {
        base.hasSuffix("/v1/traces") ? base : base + (base.hasSuffix("/") ? "" : "/") + "v1/traces"
    }

    static let keys: [ConfigKey] = [
        ConfigKey(
            "callboard.tracing.endpoint", .text,
            "Where spans are sent: the address of an OpenTelemetry collector that takes OTLP/JSON over HTTP."),
        ConfigKey(
            "callboard.tracing.headers", .object, isSecret: true, "Headers that the collector wants, by their names."),
        ConfigKey(
            "callboard.tracing.sampler", .text, default: "parentbased_always_on",
            "Which traces are recorded, in the words of OTEL_TRACES_SAMPLER."),
        ConfigKey(
            "callboard.tracing.ratio", .number, default: 1,
            "The part of traces that a sampler by ratio records, 0 to 1."
        ),
        ConfigKey(
            "callboard.tracing.serviceName", .text, default: "callboard", "What this portal is called in traces."),
        ConfigKey("callboard.tracing.resourceAttributes", .object, "What else all spans say of this portal."),
    ]
}

/// The standard variables.
extension TraceSettings {
    private mutating func read(_ variables: [String: String]) {
        readEndpoint(variables)
        if let text = variables["OTEL_EXPORTER_OTLP_TRACES_HEADERS"] ?? variables["OTEL_EXPORTER_OTLP_HEADERS"] {
            for (name, value) in pairs(text, of: "OTEL_EXPORTER_OTLP_HEADERS") {
                headers.removeAll { $0.name.lowercased() == name.lowercased() }
                headers.append((name, Secret(value)))
            }
        }
        if let text = variables["OTEL_EXPORTER_OTLP_TRACES_TIMEOUT"] ?? variables["OTEL_EXPORTER_OTLP_TIMEOUT"] {
            if let milliseconds = Int(text), (1...60_000).contains(milliseconds) {
                timeoutSeconds = Double(milliseconds) / 1_000
            } else {
                warn("OTEL_EXPORTER_OTLP_TIMEOUT", "must be milliseconds from 1 to 60000")
            }
        }
        readSampler(variables)
        for (name, value) in pairs(variables["OTEL_RESOURCE_ATTRIBUTES"] ?? "", of: "OTEL_RESOURCE_ATTRIBUTES") {
            put(name, value)
        }
        if let name = variables["OTEL_SERVICE_NAME"] { put("service.name", name) }
        let exporter = variables["OTEL_TRACES_EXPORTER"]
        if exporter == "none" || variables["OTEL_SDK_DISABLED"]?.lowercased() == "true" { endpoint = nil }
        if let exporter, !["none", "otlp"].contains(exporter) {
            warn("OTEL_TRACES_EXPORTER", "is '\(exporter)', but there are otlp and none")
        }
    }

    private mutating func readEndpoint(_ variables: [String: String]) {
        if let text = variables["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] {
            endpoint = Self.url(text) ?? endpoint
            if Self.url(text) == nil { warn("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "is no http or https URL") }
        } else if let text = variables["OTEL_EXPORTER_OTLP_ENDPOINT"] {
            endpoint = Self.url(text).map(Self.traces) ?? endpoint
            if Self.url(text) == nil { warn("OTEL_EXPORTER_OTLP_ENDPOINT", "is no http or https URL") }
        }
        let wire = variables["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] ?? variables["OTEL_EXPORTER_OTLP_PROTOCOL"]
        if endpoint != nil, let wire, wire != "http/json" {
            warn("OTEL_EXPORTER_OTLP_PROTOCOL", "is '\(wire)', but spans are sent as http/json")
        }
    }

    private mutating func readSampler(_ variables: [String: String]) {
        guard let word = variables["OTEL_TRACES_SAMPLER"] else { return }
        var ratio = 1.0
        if let text = variables["OTEL_TRACES_SAMPLER_ARG"], word.hasSuffix("traceidratio") {
            if let number = Double(text), (0...1).contains(number) {
                ratio = number
            } else {
                warn("OTEL_TRACES_SAMPLER_ARG", "must be a number from 0 to 1")
            }
        }
        if let found = Self.sampler(word, ratio) {
            sampler = found
        } else {
            warn("OTEL_TRACES_SAMPLER", "is none of \(Self.samplers.joined(separator: ", "))")
        }
    }

    /// `name=value,name=value`, with values percent-encoded.
    private mutating func pairs(_ text: String, of variable: String) -> [(name: String, value: String)] {
        text.split(separator: ",").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].trimmingCharacters(in: .whitespaces)
            guard parts.count == 2, !name.isEmpty else {
                warn(variable, "must be pairs such as name=value, with commas between them")
                return nil
            }
            let value = parts[1].trimmingCharacters(in: .whitespaces)
            return (name, value.removingPercentEncoding ?? value)
        }
    }

    private mutating func warn(_ variable: String, _ what: String) {
        let warning = "The variable \(variable) \(what); it is left aside."
        if !warnings.contains(warning) { warnings.append(warning) }
    }
}
