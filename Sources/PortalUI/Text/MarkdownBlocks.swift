/// A part of a text that stands for itself.
enum MarkdownBlock: Equatable {
    case paragraph(String)
    /// Items that follow one another are one list.
    case item(MarkdownItem)
    case code(String)
    case table(MarkdownTable)
}

/// The blocks of a text, in one pass over its lines.
struct MarkdownBlocks {
    private var blocks: [MarkdownBlock] = []
    /// Of the paragraph that is being read.
    private var lines: [Substring] = []
    private var fence: Fence?
    /// How far the items are indented that the last one stands below, and it itself.
    private var indents: [Int] = []

    /// Lists below lists that are deeper go on where they are.
    private static let mostIndents = 6

    static func read(_ text: String) -> [MarkdownBlock] {
        let all = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var reader = MarkdownBlocks()
        var rest = all[...]
        while let line = rest.popFirst() {
            if reader.fence == nil, let table = MarkdownTable(line, followedBy: &rest) {
                reader.end()
                reader.blocks.append(.table(table))
            } else {
                reader.take(line)
            }
        }
        if let fence = reader.fence { reader.blocks.append(.code(fence.text)) }
        reader.end()
        return reader.blocks
    }

    private mutating func take(_ line: Substring) {
        let words = line.trimmed
        if let open = fence {
            if open.isClosed(by: words) {
                blocks.append(.code(open.text))
                fence = nil
            } else {
                fence?.lines.append(line)
            }
        } else if let begun = Fence(words) {
            end()
            fence = begun
        } else if words.isEmpty || Self.isRule(words) {
            end()
        } else if let heading = Self.heading(words) {
            end()
            blocks.append(.paragraph(String(heading)))
        } else if let (marker, text) = MarkdownItem.beginning(of: words),
            lines.isEmpty || MarkdownItem.interrupts(marker)
        {
            end()
            add(MarkdownItem(marker: marker, text: String(text), depth: depth(of: line)))
        } else if lines.isEmpty, case .item(var item) = blocks.last, line.first == " " {
            // The words of an item go on below it.
            item.text += " \(words)"
            blocks[blocks.count - 1] = .item(item)
        } else {
            lines.append(words.first == ">" ? words.drop { $0 == ">" || $0 == " " } : words)
        }
    }

    private mutating func add(_ item: MarkdownItem) { blocks.append(.item(item)) }

    private mutating func end() {
        if !lines.isEmpty { blocks.append(.paragraph(lines.joined(separator: " "))) }
        lines = []
    }

    /// How many items an item stands below, by how far it is indented.
    private mutating func depth(of line: Substring) -> Int {
        if case .item = blocks.last {} else { indents = [] }
        let indent = line.prefix { $0 == " " || $0 == "\t" }.reduce(0) { $0 + ($1 == "\t" ? 4 : 1) }
        while let last = indents.last, indent < last { indents.removeLast() }
        if indents.last.map({ indent >= $0 + 2 }) ?? true, indents.count < Self.mostIndents { indents.append(indent) }
        return max(0, indents.count - 1)
    }

    /// A line between parts, or below a heading.
    private static func isRule(_ line: Substring) -> Bool {
        guard line.count >= 3, let sign = line.first, "-=*_".contains(sign) else { return false }
        return line.allSatisfy { $0 == sign || $0 == " " }
    }

    private static func heading(_ line: Substring) -> Substring? {
        let rest = line.drop { $0 == "#" }
        let depth = line.count - rest.count
        guard (1...6).contains(depth), rest.first == " " else { return nil }
        var words = rest.trimmed
        while words.last == "#" { words = words.dropLast() }
        // Marks that close a heading stand for themselves: C# is none.
        return words.last?.isWhitespace == false ? rest.trimmed : words.trimmed
    }

    /// Lines of code between lines of backticks or tildes.
    private struct Fence {
        private let sign: Substring
        var lines: [Substring] = []

        var text: String { lines.joined(separator: "\n") }

        /// - Returns: nil where none begins; what has backticks behind those is code within a line.
        init?(_ line: Substring) {
            guard let first = line.first, first == "`" || first == "~" else { return nil }
            sign = line.prefix { $0 == first }
            guard sign.count >= 3, first == "~" || !line.dropFirst(sign.count).contains("`") else { return nil }
        }

        func isClosed(by line: Substring) -> Bool {
            line.hasPrefix(sign) && line.allSatisfy { $0 == sign.first }
        }
    }
}

extension Substring {
    /// Without white space around it.
    var trimmed: Substring {
        var rest = self
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return rest
    }
}
