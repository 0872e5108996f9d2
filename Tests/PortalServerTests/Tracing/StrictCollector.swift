import EntityModel
import HTTPTypes
import PortalKit
import Synchronization
import Testing

/// A collector of OpenTelemetry that takes what a real one would, and nothing else.
final class StrictCollector: Sendable {
    /// What it answers instead of taking spans.
    struct Mood: Sendable {
        var status = 200
        var body = "{}"
        var headers: HTTPFields = [:]
        /// Gives no answer before the switch is on.
        var hold: Switch?
    }

    private struct State {
        var mood = Mood()
        var spans: [JSONObject] = []
        var resources: [JSONValue] = []
        var headers: [HTTPFields] = []
        var complaints: [String] = []
    }

    private let state = Mutex(State())

    /// Of the spans that it took, in their order.
    var spans: [JSONObject] { state.withLock { $0.spans } }
    var resources: [JSONValue] { state.withLock { $0.resources } }
    /// Of every request.
    var headers: [HTTPFields] { state.withLock { $0.headers } }
    /// What was wrong with what was sent.
    var complaints: [String] { state.withLock { $0.complaints } }

    func become(_ mood: Mood) { state.withLock { $0.mood = mood } }

    var routes: [Route] {
        [
            Route(
                .post, "/v1/traces", access: .open(reason: "a test"), maximumBodyBytes: 4 << 20,
                handler: { [self] in await answer($0) }),
            Route(.post, "/moved", access: .open(reason: "a test")) { _ in
                .redirect("/v1/traces", status: .init(code: 307))
            },
        ]
    }

    private func answer(_ request: PortalRequest) async -> PortalResponse {
        let mood = state.withLock { state in
            state.headers.append(request.headers)
            return state.mood
        }
        if let hold = mood.hold {
            while !hold.isOn, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(10)) }
        }
        if mood.status == 200 {
            do { try take(request) } catch {
                state.withLock { $0.complaints.append("\(error)") }
                return .text("\(error)", status: .badRequest)
            }
        }
        var response = PortalResponse.text(mood.body, status: .init(code: mood.status))
        for field in mood.headers { response.headers.append(field) }
        return response
    }

    private func take(_ request: PortalRequest) throws {
        try OTLPRules.demand(request.headers[.contentType] == "application/json", "the type of the body")
        let (spans, resources) = try OTLPRules.read(try JSONParser.parse(request.body))
        state.withLock { state in
            state.spans += spans
            state.resources += resources
        }
    }
}

/// The rules of OTLP's JSON encoding (opentelemetry-proto, `trace/v1`), and of what spans must have.
enum OTLPRules {
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    static func demand(_ condition: Bool, _ what: String) throws {
        if !condition { throw Refusal(description: "wrong: \(what)") }
    }

    static func read(_ body: JSONValue) throws -> (spans: [JSONObject], resources: [JSONValue]) {
        let root = try object(body, ["resourceSpans"], [])
        var spans: [JSONObject] = []
        var resources: [JSONValue] = []
        for group in try list(root["resourceSpans"]) {
            let group = try object(group, ["resource", "scopeSpans"], ["schemaUrl"])
            let resource = try object(group["resource"], ["attributes"], ["droppedAttributesCount"])
            try attributes(resource["attributes"])
            resources.append(resource["attributes"] ?? .null)
            for scoped in try list(group["scopeSpans"]) {
                let scoped = try object(scoped, ["scope", "spans"], ["schemaUrl"])
                let scope = try object(scoped["scope"], ["name"], ["version"])
                try demand(scope["name"]?.string?.isEmpty == false, "the scope's name")
                for value in try list(scoped["spans"]) { spans.append(try span(value)) }
            }
        }
        try demand(!spans.isEmpty, "no spans")
        return (spans, resources)
    }

    private static func span(_ value: JSONValue) throws -> JSONObject {
        let span = try object(
            value, ["traceId", "spanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano"],
            ["parentSpanId", "traceState", "flags", "attributes", "events", "links", "status"])
        try hex(span["traceId"], 32)
        try hex(span["spanId"], 16)
        if let parent = span["parentSpanId"] { try hex(parent, 16) }
        try demand(span["name"]?.string?.isEmpty == false, "a name")
        try demand(span["kind"]?.number.map { [1, 2, 3, 4, 5].contains($0) } == true, "a kind")
        let start = try time(span["startTimeUnixNano"])
        try demand(try time(span["endTimeUnixNano"]) >= start, "an end before the start")
        if let value = span["attributes"] { try attributes(value) }
        if let value = span["status"] {
            let status = try object(value, [], ["code", "message"])
            if let code = status["code"] { try demand([0, 1, 2].contains(code.number ?? -1), "a status") }
        }
        return span
    }

    private static func attributes(_ value: JSONValue?) throws {
        var names: Set<String> = []
        for attribute in try list(value, mayBeEmpty: true) {
            let attribute = try object(attribute, ["key", "value"], [])
            let name = attribute["key"]?.string ?? ""
            try demand(!name.isEmpty && names.insert(name).inserted, "the key '\(name)'")
            let value = try object(attribute["value"], [], ["stringValue", "boolValue", "intValue", "doubleValue"])
            try demand(value.keys.count == 1, "the value of \(name)")
            if let text = value["stringValue"] { try demand(text.string != nil, "the text of \(name)") }
            if let flag = value["boolValue"] { try demand(flag.bool != nil, "the flag of \(name)") }
            if let number = value["intValue"] { try demand(number.string.flatMap { Int64($0) } != nil, "\(name)") }
        }
    }

    private static func object(_ value: JSONValue?, _ needed: Set<String>, _ allowed: Set<String>) throws -> JSONObject
    {
        guard let object = value?.object else { throw Refusal(description: "no object with \(needed.sorted())") }
        let keys = Set(object.keys)
        try demand(keys.isSuperset(of: needed), "lacks \(needed.subtracting(keys).sorted())")
        try demand(keys.isSubset(of: needed.union(allowed)), "unknown \(keys.subtracting(needed).sorted())")
        return object
    }

    private static func list(_ value: JSONValue?, mayBeEmpty: Bool = false) throws -> [JSONValue] {
        guard let list = value?.array, mayBeEmpty || !list.isEmpty else { throw Refusal(description: "no list") }
        return list
    }

    private static func hex(_ value: JSONValue?, _ count: Int) throws {
        let text = value?.string ?? ""
        let isHex = text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
        try demand(text.utf8.count == count && isHex && text.contains { $0 != "0" }, "the id '\(text)'")
    }

    private static func time(_ value: JSONValue?) throws -> UInt64 {
        guard let number = value?.string.flatMap({ UInt64($0) }), number > 1_600_000_000_000_000_000 else {
            throw Refusal(description: "a time")
        }
        return number
    }
}
