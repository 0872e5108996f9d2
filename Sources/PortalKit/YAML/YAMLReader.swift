import EntityModel
import Yams

/// Reads YAML that anybody may have written, as YAML 1.2 and JSON know it.
///
/// Documents are parsed one by one, so that a broken one does not take its siblings along. `Yams.compose` is the only
/// entry to Yams: its `load` can end the process.
public enum YAMLReader {
    /// Every document of a file, in order. A file that cannot be read at all is one document with an error.
    public static func documents(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> [YAMLDocument] {
        let top = SourcePosition(line: 1, column: 1)
        func refused(_ message: String) -> [YAMLDocument] {
            [YAMLDocument(value: .failure(YAMLError(message, top)), positions: [:], start: top)]
        }
        if bytes.count > limits.maximumBytes {
            return refused(
                "The file has \(ByteCount.text(bytes.count)); \(ByteCount.text(limits.maximumBytes)) are the limit")
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            return [YAMLDocument(value: .failure(NoText.error(bytes)), positions: [:], start: top)]
        }
        let parts = YAMLSplitter.split(text)
        if parts.count > limits.maximumDocuments {
            return refused("The file has \(parts.count) documents; \(limits.maximumDocuments) are the limit")
        }
        return parts.map { document($0, limits) }
    }

    private static func document(_ part: YAMLSplitter.Part, _ limits: YAMLLimits) -> YAMLDocument {
        let start = SourcePosition(line: part.line, column: 1)
        do {
            try YAMLSplitter.refuseAliasesInKeys(part)
            // An escape may be a byte longer than it was written; twice the file is more than any without aliases.
            var conversion = YAMLConversion(
                firstLine: part.line, budget: limits.maximumNodes, bytes: limits.maximumBytes * 2)
            let node = try Yams.compose(yaml: part.text, .basic)
            let value = try node.map { try conversion.value($0, path: []) } ?? .null
            return YAMLDocument(value: .success(value), positions: conversion.positions, start: start)
        } catch let error as YAMLError {
            let mistake = YAMLMistake(part)
            let isTemplate = mistake.beginsWithBraces(at: error.position)
            let words = isTemplate ? mistake.words(for: error.message, at: error.position) : error.message
            return YAMLDocument(value: .failure(YAMLError(words, error.position)), positions: [:], start: start)
        } catch {
            return YAMLDocument(value: .failure(located(error, part)), positions: [:], start: start)
        }
    }

    private static func located(_ error: any Error, _ part: YAMLSplitter.Part) -> YAMLError {
        func place(_ mark: Mark?) -> SourcePosition {
            SourcePosition(line: max(1, (mark?.line ?? 1)) + part.line - 1, column: max(1, mark?.column ?? 1))
        }
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return YAMLError(YAMLMistake(part).words(for: problem, at: place(mark)), place(mark))
        case .duplicatedKeysInMapping(let keys, let context):
            var duplicates = YAMLDuplicates(part)
            if let error = duplicates.error(keys, context.mark) { return error }
            return YAMLError("The key \(keys.joined(separator: ", ")) is there more than once", place(context.mark))
        case .reader(let problem, _, _, _):
            return YAMLError("This is not valid YAML: \(problem)", place(nil))
        default:
            return YAMLError("This is not valid YAML", place(nil))
        }
    }
}
