public import PortalKit

/// A text that programs read, with its tokens marked and its lines numbered; the first part of one that is too long.
///
/// The numbers stand in a column of their own that is neither copied nor read out. Each is a place that an address can
/// lead to, `#L12`; that costs 22 bytes a line, six once compressed, where an element around each line would also have
/// to divide every token that goes over several.
public enum CodeBlock {
    /// How much of a text is shown.
    public static let mostLines = 3_000
    public static let mostBytes = 256 * 1_024

    /// - Parameters:
    ///   - label: what the text is, also for the button that copies it.
    ///   - raw: where the whole text is shown as it is.
    ///   - download: where the whole text can be had as a file.
    ///   - lines: what the addresses of lines begin with, different for each block of a page; nil for none.
    public static func html(
        _ text: String, language: CodeLanguage, label: String, raw: SafeURL? = nil, download: SafeURL? = nil,
        lines: String? = "L", _ words: any InterfaceWords
    ) -> HTML {
        let part = CodeExtract(text, mostLines: mostLines, mostBytes: mostBytes)
        return HTML { h in
            h(.figure, .class("source")) {
                h(.div, .tabindex(0), .role("region"), .aria("label", label)) {
                    h(.pre, .class("numbers"), .aria("hidden", "true")) {
                        h.add(numbers(part.lines, lines))
                    }
                    h(.pre, .class(language == .plain ? "plain" : "marked")) {
                        // Who copies wants the whole: of a part of it the ways to the whole must do.
                        h(.code, part.isPartial ? nil : .data("copy", label)) {
                            h.add(Highlighter.html(part.bytes, language))
                        }
                    }
                }
                if part.isPartial || raw != nil || download != nil {
                    h(.figcaption) {
                        if part.isPartial { h(.span, text: part.summary(words)) }
                        if let raw { h(.a, .href(raw), text: words.rawText) }
                        if let download { h(.a, .href(download), .flag("download"), text: words.download) }
                    }
                }
            }
        }
    }

    private static func numbers(_ count: Int, _ prefix: String?) -> HTML {
        HTML { h in
            for line in 1...max(count, 1) {
                if let prefix {
                    h(.b, .id("\(prefix)\(line)"), text: "\(line)")
                    h.text("\n")
                } else {
                    h.text("\(line)\n")
                }
            }
        }
    }
}

/// The beginning of a text, cut between two lines where one of them ends in time.
struct CodeExtract {
    let bytes: [UInt8]
    /// How many lines are shown, the last perhaps in part.
    let lines: Int
    let allLines: Int
    let allBytes: Int

    init(_ text: String, mostLines: Int, mostBytes: Int) {
        var text = text
        self = text.withUTF8 { CodeExtract($0, mostLines, mostBytes) }
    }

    private init(_ text: UnsafeBufferPointer<UInt8>, _ mostLines: Int, _ mostBytes: Int) {
        var breaks = 0
        var end = 0
        var lines = 0
        for index in text.indices where text[index] == Sign.newline {
            breaks += 1
            if breaks <= mostLines, index < mostBytes {
                end = index + 1
                lines = breaks
            }
        }
        if breaks < mostLines, text.count <= mostBytes {
            // What follows the last line break is a line as well.
            lines += end < text.count ? 1 : 0
            end = text.count
        } else if end == 0 {
            end = Self.cut(text, mostBytes)
            lines = 1
        }
        bytes = Array(text[..<end])
        allBytes = text.count
        allLines = breaks + (text.last == Sign.newline || text.isEmpty ? 0 : 1)
        self.lines = lines
    }

    var isPartial: Bool { bytes.count < allBytes }

    /// `The first 3,000 of 200,000 lines; 4.8 MiB more.`
    func summary(_ words: any InterfaceWords) -> String {
        let rest = words.size(allBytes - bytes.count)
        if lines == allLines { return words.first(words.size(bytes.count), rest: rest) }
        if bytes.last != Sign.newline {
            return words.first(words.size(bytes.count), ofFirstOf: allLines, rest: rest)
        }
        return words.first(lines, of: allLines, rest: rest)
    }

    /// Before the limit and between two characters.
    private static func cut(_ text: UnsafeBufferPointer<UInt8>, _ limit: Int) -> Int {
        var end = min(limit, text.count)
        while end > 0, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}
