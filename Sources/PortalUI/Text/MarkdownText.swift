public import PortalKit

/// What people write as Markdown in a line or two: the words of it for rows, paragraphs with links for its own place.
public struct MarkdownText: Sendable {
    /// A part of a text that stands for itself.
    enum Block: Equatable {
        case paragraph(String)
        case item(String)
        case code(String)
    }

    let blocks: [Block]

    /// Longer texts are shown as they were written.
    private static let longest = 20_000
    private static let longestRow = 200
    /// A character may be made of any number of scalars.
    private static let mostScalars = 5 * longestRow

    /// Reads a text once, for its words or its HTML.
    public init(_ text: String) {
        blocks = text.utf8.count > Self.longest ? [.code(text)] : Self.blocks(text)
    }

    /// The beginning of a text in one line and without marks, as much as a row of a table has room for.
    public static func row(_ text: String) -> String {
        let bytes = text.utf8.prefix(2 * longestRow)
        if isPlain(bytes) {
            if text.utf8.count <= longestRow { return text }
            // A letter for each byte, as in most descriptions.
            if bytes.allSatisfy({ $0 < 0x80 }) {
                return "\(String(decoding: bytes.prefix(longestRow), as: UTF8.self))…"
            }
        }
        // Marks that end behind what is shown should be known as marks.
        let beginning = String(String(text.unicodeScalars.prefix(mostScalars)).prefix(2 * longestRow))
        let plain = MarkdownText(beginning).plain
        if plain.count <= longestRow, beginning.utf8.count == text.utf8.count { return plain }
        return "\(plain.prefix(longestRow))…"
    }

    /// Nothing in it could be a mark, and it begins with a word.
    private static func isPlain(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first else { return true }
        if [0x20, UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "=")]
            .contains(first)
        {
            return false
        }
        return text.allSatisfy {
            switch $0 {
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "["), UInt8(ascii: "~"),
                UInt8(ascii: "\\"), UInt8(ascii: "<"), 0...0x1F:
                false
            default: true
            }
        }
    }

    /// All words in one line.
    var plain: String {
        blocks.map { block in
            switch block {
            case .paragraph(let text), .item(let text): InlineMarks(text).plain
            case .code(let text): text.replacing("\n", with: " ")
            }
        }.joined(separator: " ")
    }

    /// Lines of code between lines of backticks or tildes.
    private struct Fence {
        private let sign: Substring
        var lines: [Substring] = []

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

    private static func blocks(_ text: String) -> [Block] {
        var blocks: [Block] = []
        var lines: [Substring] = []
        var fence: Fence?
        func end() {
            if !lines.isEmpty { blocks.append(.paragraph(lines.joined(separator: " "))) }
            lines = []
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let words = line.trimmed
            if let open = fence {
                if open.isClosed(by: words) {
                    blocks.append(.code(open.lines.joined(separator: "\n")))
                    fence = nil
                } else {
                    fence?.lines.append(line)
                }
            } else if let begun = Fence(words) {
                end()
                fence = begun
            } else if words.isEmpty || isRule(words) {
                end()
            } else if let heading = heading(words) {
                end()
                blocks.append(.paragraph(String(heading)))
            } else if let item = item(words) {
                end()
                blocks.append(.item(String(item)))
            } else if lines.isEmpty, case .item(let item) = blocks.last, line.first == " " {
                // The words of an item go on below it.
                blocks[blocks.count - 1] = .item("\(item) \(words)")
            } else {
                lines.append(words.first == ">" ? words.drop { $0 == ">" || $0 == " " } : words)
            }
        }
        if let fence { blocks.append(.code(fence.lines.joined(separator: "\n"))) }
        end()
        return blocks
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

    private static func item(_ line: Substring) -> Substring? {
        guard let sign = line.first, "-*+".contains(sign), line.dropFirst().first == " " else { return nil }
        return line.dropFirst().trimmed
    }
}

extension MarkdownText {
    /// Paragraphs, lists and links; addresses that are not safe to follow are words.
    public func html(_ words: any InterfaceWords) -> HTML {
        HTML { h in
            var index = 0
            while index < blocks.count {
                switch blocks[index] {
                case .paragraph(let text): h(.p, .class("prose")) { Self.write(text, h) }
                case .code(let text): h.add(Code.block(text, label: Self.label(text, words)))
                case .item:
                    let items = blocks[index...].prefix { if case .item = $0 { true } else { false } }
                    h(.ul, .class("prose")) {
                        for case .item(let text) in items { h(.li) { Self.write(text, h) } }
                    }
                    index += items.count - 1
                }
                index += 1
            }
        }
    }

    /// How it begins, which tells one from others on the page.
    private static func label(_ code: String, _ words: any InterfaceWords) -> String {
        let line = code.prefix { !$0.isNewline }
        return "\(words.example): \(line.count > longestLabel ? "\(line.prefix(longestLabel))…" : line)"
    }

    private static let longestLabel = 40

    private static func write(_ text: String, _ h: HTMLWriter) {
        for run in InlineMarks(text).runs {
            switch run {
            case .text(let words): h.text(words)
            case .code(let words): h(.code, text: words)
            case .link(let words, let url):
                // A relative address would lead into the portal, not to where the file lies.
                if let safe = SafeURL(url), url.contains(":") {
                    h(.a, .href(safe), .rel("noopener"), text: words)
                } else {
                    h.text(words)
                }
            }
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = self
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return rest
    }
}
