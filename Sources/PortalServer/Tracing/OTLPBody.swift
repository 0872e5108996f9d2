import EntityModel
import PortalKit

/// Spans as OpenTelemetry's collectors read them: an `ExportTraceServiceRequest` in OTLP's JSON encoding, where ids are
/// hexadecimal, 64-bit numbers are texts and enumerations are numbers.
enum OTLPBody {
    static func json(_ spans: [FinishedSpan], resource: [(name: String, value: String)]) -> JSONValue {
        let attributes = resource.map { attribute($0.name, .text($0.value)) }
        let scope: JSONValue = ["name": "callboard", "version": .string(CallboardVersion.current)]
        return [
            "resourceSpans": [
                [
                    "resource": ["attributes": .array(attributes)],
                    "scopeSpans": [["scope": scope, "spans": .array(spans.map(span))]],
                ]
            ]
        ]
    }

    private static func span(_ span: FinishedSpan) -> JSONValue {
        var object: JSONObject = [
            "traceId": .string(span.context.trace.description), "spanId": .string(span.context.spanID),
            "name": .string(span.name), "kind": .number(Double(span.kind.rawValue)),
            "startTimeUnixNano": .string(String(span.start)), "endTimeUnixNano": .string(String(span.end)),
            "attributes": .array(span.attributes.map { attribute($0.name, $0.value) }),
        ]
        if let parent = span.parent {
            let context = TraceContext(trace: span.context.trace, span: parent, isSampled: true)
            object["parentSpanId"] = .string(context.spanID)
        }
        // Nothing is said of what went well: that is for whoever knows better.
        object["status"] = span.isFailed ? ["code": 2] : [:]
        return .object(object)
    }

    private static func attribute(_ name: String, _ value: SpanValue) -> JSONValue {
        let value: JSONValue =
            switch value {
            case .text(let text): ["stringValue": .string(text)]
            case .integer(let integer): ["intValue": .string(String(integer))]
            case .flag(let flag): ["boolValue": .bool(flag)]
            }
        return ["key": .string(name), "value": value]
    }
}
