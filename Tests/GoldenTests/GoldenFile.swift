import Foundation
import Testing

/// A text in `Tests/Golden` that says what the program shows to the outside, so that a change of it is seen in review.
enum GoldenFile {
    private static let isWriting = ProcessInfo.processInfo.environment["CALLBOARD_GOLDEN"] == "write"

    /// Compares the file with what is true now, or rewrites it where `make golden` asked for that.
    static func expect(_ name: String, _ lines: [String], _ location: SourceLocation = #_sourceLocation) throws {
        let actual = lines.joined(separator: "\n") + "\n"
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/\(name)")
        if isWriting { return try Data(actual.utf8).write(to: file) }
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        if expected == actual { return }
        Issue.record(
            """
            Tests/Golden/\(name) is not what the program shows any more:
            \(difference(from: expected, to: actual))
            If this change is meant, run `make golden` and commit the file with it.
            """, sourceLocation: location)
    }

    private static let mostLinesShown = 60

    /// The lines that went and came, in the order of the new text.
    static func difference(from old: String, to new: String) -> String {
        let old = old.split(separator: "\n", omittingEmptySubsequences: false)
        let new = new.split(separator: "\n", omittingEmptySubsequences: false)
        let changes = new.difference(from: old).map { change -> (place: Int, line: String) in
            switch change {
            case .remove(let offset, let element, _): (offset, "- \(offset + 1): \(element)")
            case .insert(let offset, let element, _): (offset, "+ \(offset + 1): \(element)")
            }
        }.sorted { $0.place < $1.place }.map(\.line)
        let rest = changes.count - mostLinesShown
        return (changes.prefix(mostLinesShown) + (rest > 0 ? ["… and \(rest) more"] : [])).joined(separator: "\n")
    }

    /// Rows as aligned columns; the last is not padded.
    static func table(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.compactMap { column < $0.count - 1 ? $0[column].count : nil }.max() ?? 0
        }
        return rows.map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell.padding(toLength: widths[column], withPad: " ", startingAt: 0)
            }.joined(separator: "  ")
        }
    }
}
