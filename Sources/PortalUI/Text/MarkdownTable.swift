import PortalKit

/// A table as GitHub writes them: a line of headings, a line of dashes, and lines of cells between bars.
struct MarkdownTable: Equatable {
    enum Alignment: String, Equatable { case start, middle, end }

    let heads: [String]
    let alignments: [Alignment]
    /// None has more cells than there are headings.
    let rows: [[String]]

    private static let mostColumns = 30
    private static let longestLabel = 60

    /// - Parameter rest: the lines that follow, of which those of the table are taken.
    /// - Returns: nil for a line that begins none; then nothing is taken.
    init?(_ line: Substring, followedBy rest: inout ArraySlice<Substring>) {
        guard line.contains("|"), let dashes = rest.first, dashes.contains("-"), dashes.contains("|") else {
            return nil
        }
        let alignments = Self.cells(dashes).map(Self.alignment)
        let heads = Self.cells(line)
        guard heads.count == alignments.count, heads.count <= Self.mostColumns else { return nil }
        self.heads = heads
        self.alignments = alignments.compactMap { $0 }
        guard self.alignments.count == heads.count else { return nil }
        rest = rest.dropFirst()
        let lines = rest.prefix { $0.contains("|") }
        rest = rest.dropFirst(lines.count)
        rows = lines.map { Array(Self.cells($0).prefix(heads.count)) }
    }

    /// What stands between bars that no backslash takes away.
    private static func cells(_ line: Substring) -> [String] {
        var words = line.trimmed
        if words.first == "|" { words = words.dropFirst() }
        if words.last == "|", !words.hasSuffix("\\|") { words = words.dropLast() }
        var cells: [String] = []
        var cell = ""
        var isEscaped = false
        for letter in words {
            if letter == "|", !isEscaped {
                cells.append(cell)
                cell = ""
            } else {
                // A bar is one within code, too.
                if letter == "|" { cell.removeLast() }
                cell.append(letter)
            }
            isEscaped = letter == "\\" && !isEscaped
        }
        return (cells + [cell]).map { String($0[...].trimmed) }
    }

    /// - Returns: nil where there is something else than dashes.
    private static func alignment(_ cell: String) -> Alignment? {
        let (isStart, isEnd) = (cell.first == ":", cell.last == ":")
        let dashes = cell.dropFirst(isStart ? 1 : 0).dropLast(isEnd ? 1 : 0)
        guard !dashes.isEmpty, dashes.allSatisfy({ $0 == "-" }) else { return nil }
        return isStart && isEnd ? .middle : isEnd ? .end : .start
    }

    /// All words in one line.
    var plain: String {
        (heads + rows.joined()).map { InlineMarks($0).plain }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What it is called where it cannot be seen: by its headings, else by how it begins.
    private var name: String {
        let words = [heads, Array(rows.joined().prefix(1))].map { cells in
            cells.map { InlineMarks($0).plain }.filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return words.first { !$0.isEmpty } ?? "…"
    }

    /// Wider ones than their place are moved within it.
    func write(_ h: HTMLWriter, _ inline: (String, HTMLWriter) -> Void) {
        let label = name
        h(
            .div, .class("scroll prose"), .tabindex(0), .role("region"),
            .aria("label", label.count > Self.longestLabel ? "\(label.prefix(Self.longestLabel))…" : label)
        ) {
            h(.table) {
                h(.thead) { h(.tr) { write(heads, .th, h, inline) } }
                h(.tbody) { for row in rows { h(.tr) { write(row, .td, h, inline) } } }
            }
        }
    }

    private func write(_ cells: [String], _ tag: Tag, _ h: HTMLWriter, _ inline: (String, HTMLWriter) -> Void) {
        for (cell, alignment) in zip(cells, alignments) {
            h(tag, alignment == .start ? nil : .class(alignment.rawValue)) { inline(cell, h) }
        }
    }
}
