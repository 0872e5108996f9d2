import EntityModel
import Yams

/// Keys that stand in a mapping more than once, with the lines of both; the parser names the first of them alone.
///
/// Only mappings written line by line are looked through: in braces both stand close together.
struct YAMLDuplicates {
    private struct Again {
        let key: String
        let position: SourcePosition
        let first: Int
    }

    /// Each costs another parse.
    private static let mostMappings = 10
    private static let mostTold = 10

    private let firstLine: Int
    private var lines: [String]
    private var found: [Again] = []

    init(_ part: YAMLSplitter.Part) {
        firstLine = part.line
        lines = part.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    /// One error of all of them; nil where they are not found in the lines.
    /// - Parameters:
    ///   - keys: of one mapping.
    ///   - mark: where one of them stands first.
    mutating func error(_ keys: [String], _ mark: Mark) -> YAMLError? {
        var (keys, mark) = (keys, mark)
        for _ in 0..<Self.mostMappings {
            let again = again(keys, mark)
            if again.isEmpty { break }
            found += again
            for one in again { hide(one) }
            guard let next = next() else { break }
            (keys, mark) = next
        }
        found.sort { $0.position.line < $1.position.line }
        guard let first = found.first else { return nil }
        let left = found.count - Self.mostTold
        let others = found.dropFirst().prefix(Self.mostTold - 1).map {
            "; so is \($0.key) in line \($0.position.line), first in line \($0.first)"
        }
        return YAMLError(
            "The key \(first.key) is there more than once, first in line \(first.first)\(others.joined())"
                + (left > 0 ? "; so are \(left) more" : ""), first.position)
    }

    private func next() -> (keys: [String], mark: Mark)? {
        do {
            _ = try Yams.compose(yaml: lines.joined(separator: "\n"), .basic)
            return nil
        } catch {
            guard case .duplicatedKeysInMapping(let keys, let context)? = error as? YamlError else { return nil }
            return (keys, context.mark)
        }
    }

    /// The second places, and all after them, of a mapping's keys.
    private func again(_ keys: [String], _ mark: Mark) -> [Again] {
        var first: [String: Int] = [:]
        var again: [Again] = []
        for index in mapping(around: mark.line - 1, indent: mark.column - 1) {
            guard let key = key(in: index, indent: mark.column - 1), keys.contains(key) else { continue }
            let position = SourcePosition(line: index + firstLine, column: mark.column)
            if let first = first[key] {
                again.append(Again(key: key, position: position, first: first))
            } else {
                first[key] = index + firstLine
            }
        }
        return again
    }

    /// The lines of the mapping with a key at a place: those around it that are indented no less.
    private func mapping(around line: Int, indent: Int) -> Range<Int> {
        guard lines.indices.contains(line) else { return 0..<0 }
        var start = line
        // The first key of an element stands behind the dash.
        while start > 0, !beginsElement(start, indent), isInside(start - 1, indent) || beginsElement(start - 1, indent)
        {
            start -= 1
        }
        var end = line + 1
        while end < lines.count, isInside(end, indent) { end += 1 }
        return start..<end
    }

    private func isInside(_ line: Int, _ indent: Int) -> Bool {
        let blanks = lines[line].prefix { $0 == " " }
        let content = lines[line][blanks.endIndex...]
        return content.first == "#" || blanks.count >= indent || content.allSatisfy(\.isWhitespace)
    }

    private func beginsElement(_ line: Int, _ indent: Int) -> Bool {
        let marks = lines[line].prefix { $0 == " " || $0 == "-" }
        return marks.count == indent && marks.contains("-")
    }

    /// The key that a line begins with, behind blanks and dashes. Lines are anybody's and may be long: each is gone
    /// through once.
    private func key(in line: Int, indent: Int) -> String? {
        guard lines[line].prefix(indent).allSatisfy({ $0 == " " || $0 == "-" }) else { return nil }
        let text = lines[line].dropFirst(indent)
        guard let first = text.first, !first.isWhitespace, first != "#" else { return nil }
        if first == "\"" || first == "'" {
            let rest = text.dropFirst()
            guard let end = rest.firstIndex(of: first) else { return nil }
            let isKey = Self.isColon(rest[rest.index(after: end)...].drop(while: \.isWhitespace))
            return isKey ? String(rest[..<end]).trimmed : nil
        }
        if first == "-", text.dropFirst().first?.isWhitespace ?? true { return nil }
        guard let end = text.firstIndex(where: { $0 == ":" || $0 == "#" }), end > text.startIndex else { return nil }
        return Self.isColon(text[end...]) ? String(text[..<end]).trimmed : nil
    }

    private static func isColon(_ text: Substring) -> Bool {
        text.first == ":" && (text.dropFirst().first?.isWhitespace ?? true)
    }

    /// Gives a key another name, so that the parser goes on to those of other mappings.
    private mutating func hide(_ one: Again) {
        let line = one.position.line - firstLine
        let place = lines[line].index(lines[line].startIndex, offsetBy: one.position.column - 1)
        let quote = lines[line][place] == "\"" || lines[line][place] == "'"
        lines[line].insert(
            contentsOf: "again-\(one.position.line)-", at: quote ? lines[line].index(after: place) : place)
    }
}
