import EntityModel
import HTTPTypes
import PortalKit

/// What an export can be.
enum ExportFormat: String, Sendable, CaseIterable {
    case csv, json, ndjson

    /// What it is called on pages.
    var name: String { rawValue.uppercased() }

    /// Without parameters.
    var mediaType: String {
        switch self {
        case .csv: "text/csv"
        case .json: "application/json"
        case .ndjson: "application/x-ndjson"
        }
    }

    /// The answer's headers: a file to keep.
    var headers: HTTPFields {
        [
            .contentType: "\(mediaType); charset=utf-8",
            .contentDisposition: "attachment; filename=\"catalog.\(rawValue)\"",
        ]
    }

    /// The format that a request names, else the one that it accepts most, else JSON.
    /// - Throws: `PortalError` of kind `input` where it names another.
    static func wanted(by request: PortalRequest) throws -> ExportFormat {
        let word = try request.query.word("format", of: allCases.map(\.rawValue))
        return word.flatMap(ExportFormat.init) ?? request.headers[.accept].flatMap(accepted) ?? .json
    }

    /// The format that a header accepts most, and of several the first; nil where it accepts none of them (RFC 9110).
    static func accepted(_ header: String) -> ExportFormat? {
        var best: (format: ExportFormat, quality: Double)?
        for range in header.split(separator: ",") {
            let parts = range.split(separator: ";").map(\.trimmed)
            guard let format = parts.first.flatMap({ named($0.lowercased()) }) else { continue }
            let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
            let quality = weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if quality > best?.quality ?? 0 { best = (format, quality) }
        }
        return best?.format
    }

    private static func named(_ range: String) -> ExportFormat? {
        switch range {
        case "text/csv", "text/*": .csv
        case "application/x-ndjson", "application/ndjson", "application/jsonl": .ndjson
        case "application/json", "application/*", "*/*": .json
        default: nil
        }
    }
}
