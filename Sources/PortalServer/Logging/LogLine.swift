import EntityModel
import Foundation
import Logging
import PortalKit

/// One event as one line, whatever is in it.
struct LogLine: Sendable {
    let time: Date
    let level: Logger.Level
    let label: String
    let message: String
    let metadata: Logger.Metadata
    let context: WorkContext?

    /// Characters of a message or a value; what is longer is cut.
    static let longestText = 16_384
    private static let deepest = 4

    /// A JSON object: `time`, `level`, `label`, `message`, and where there are any `request_id`, `trace_id`, `span_id`
    /// and `metadata`.
    var json: String {
        var object: JSONObject = [
            "time": .string(Self.text(of: time)), "level": .string(level.rawValue), "label": .string(label),
            "message": .string(Self.shown(message)),
        ]
        if let request = context?.request { object["request_id"] = .string(request) }
        if let trace = context?.trace {
            object["trace_id"] = .string(trace.trace.description)
            object["span_id"] = .string(trace.spanID)
        }
        if !metadata.isEmpty { object["metadata"] = Self.json(.dictionary(metadata), depth: 0, name: "") }
        return JSONWriter.text(.object(object))
    }

    /// For people: `2026-03-01T12:00:00.000Z warning callboard: message plugin=catalog request=…`.
    var text: String {
        var line = "\(Self.text(of: time)) \(level.rawValue) \(label): \(Self.plain(Self.shown(message)))"
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            line += " \(Self.plain(name))=\(Self.word(Self.json(value, depth: 0, name: name)))"
        }
        if let request = context?.request { line += " request=\(request)" }
        if let trace = context?.trace { line += " trace=\(trace.trace)" }
        return line
    }

    private static func word(_ value: JSONValue) -> String {
        guard let text = value.string else { return plain(JSONWriter.text(value)) }
        let isPlain = !text.isEmpty && !text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        return isPlain ? plain(text) : plain(JSONWriter.text(value))
    }

    private static func shown(_ text: String) -> String {
        let text = Redaction.redacted(text)
        return text.utf8.count <= longestText ? text : "\(text.prefix(longestText))…"
    }

    private static func json(_ value: Logger.MetadataValue, depth: Int, name: String) -> JSONValue {
        if SecretNames.tells(name) { return .string("<secret>") }
        switch value {
        case .string(let text): return .string(shown(text))
        case .stringConvertible(let value):
            switch value {
            case let number as Int: return .number(Double(number))
            case let number as Double: return .number(number)
            case let flag as Bool: return .bool(flag)
            default: return .string(shown("\(value)"))
            }
        case .array, .dictionary: break
        }
        guard depth < deepest else { return .string("…") }
        switch value {
        case .array(let values): return .array(values.map { json($0, depth: depth + 1, name: name) })
        case .dictionary(let members):
            var object = JSONObject()
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                object[key] = json(value, depth: depth + 1, name: key)
            }
            return .object(object)
        default: return .null
        }
    }

    /// Without anything that ends a line or moves a terminal's cursor: what somebody sends must not look like a line of
    /// the portal's.
    private static func plain(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            default:
                if isControl(scalar) {
                    out += "\\u{\(String(scalar.value, radix: 16))}"
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f..<0xa0, 0x2028, 0x2029, 0x202a...0x202e, 0x2066...0x2069: true
        default: false
        }
    }

    /// RFC 3339 in UTC, with milliseconds.
    static func text(of time: Date) -> String {
        let milliseconds = Int64((time.timeIntervalSince1970 * 1_000).rounded(.down))
        var seconds = time_t(milliseconds / 1_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func digits(_ number: some BinaryInteger, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        let date = "\(digits(parts.tm_year + 1_900, 4))-\(digits(parts.tm_mon + 1, 2))-\(digits(parts.tm_mday, 2))"
        let clock = "\(digits(parts.tm_hour, 2)):\(digits(parts.tm_min, 2)):\(digits(parts.tm_sec, 2))"
        return "\(date)T\(clock).\(digits(milliseconds % 1_000, 3))Z"
    }
}
