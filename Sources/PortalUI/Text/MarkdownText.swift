public import PortalKit

/// What people write as Markdown in a line or two: the words of it for rows, paragraphs with links for its own place.
public struct MarkdownText: Sendable {
    let blocks: [MarkdownBlock]

    /// Longer texts are shown as they were written.
    private static let longest = 20_000
    private static let longestRow = 200
    /// A character may be made of any number of scalars.
    private static let mostScalars = 5 * longestRow

    /// Reads a text once, for its words or its HTML.
    public init(_ text: String) {
        blocks = text.utf8.count > Self.longest ? [.code(text)] : MarkdownBlocks.read(text)
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
            case .paragraph(let text): InlineMarks(text).plain
            case .item(let item): item.plain
            case .table(let table): table.plain
            case .code(let text): text.replacing("\n", with: " ")
            }
        }.joined(separator: " ")
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
                case .table(let table): table.write(h, Self.write)
                case .item:
                    let items = blocks[index...].compactMapPrefix { if case .item(let item) = $0 { item } else { nil } }
                    MarkdownItem.write(items[...], h, isTop: true, Self.write)
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

extension ArraySlice {
    /// What becomes of the first elements, as long as something does.
    fileprivate func compactMapPrefix<Result>(_ change: (Element) -> Result?) -> [Result] {
        var results: [Result] = []
        for element in self {
            guard let result = change(element) else { break }
            results.append(result)
        }
        return results
    }
}
