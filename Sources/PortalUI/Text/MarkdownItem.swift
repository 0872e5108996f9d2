import PortalKit

/// One item of a list, which may stand below another.
struct MarkdownItem: Equatable {
    /// `1.` or `1)` of one with a number; nil for the others.
    let marker: String?
    var text: String
    /// How many items it stands below.
    let depth: Int

    private static let mostDigits = 9

    /// All words in one line.
    var plain: String {
        let words = InlineMarks(text).plain
        return marker.map { "\($0) \(words)" } ?? words
    }

    /// - Returns: nil for a line that begins no item.
    static func beginning(of line: Substring) -> (marker: String?, text: Substring)? {
        guard let sign = line.first else { return nil }
        if "-*+".contains(sign) {
            return line.dropFirst().first == " " ? (nil, line.dropFirst().trimmed) : nil
        }
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        let rest = line.dropFirst(digits.count)
        guard (1...mostDigits).contains(digits.count), let end = rest.first, end == "." || end == ")",
            rest.dropFirst().first == " "
        else { return nil }
        return ("\(digits)\(end)", rest.dropFirst().trimmed)
    }

    /// Whether an item may begin within a paragraph: a number at the start of a line may be that of its sentence.
    static func interrupts(_ marker: String?) -> Bool { marker == nil || marker == "1." || marker == "1)" }

    /// Writes items that follow one another, those below another within it.
    static func write(
        _ items: ArraySlice<MarkdownItem>, _ h: HTMLWriter, isTop: Bool, _ inline: (String, HTMLWriter) -> Void
    ) {
        var rest = items
        while let first = rest.first {
            h(first.marker == nil ? .ul : .ol, isTop ? .class("prose") : nil, first.start) {
                while let item = rest.first, (item.marker == nil) == (first.marker == nil) {
                    let below = rest.dropFirst().prefix { $0.depth > item.depth }
                    rest = rest.dropFirst(1 + below.count)
                    h(.li) {
                        inline(item.text, h)
                        write(below, h, isTop: false, inline)
                    }
                }
            }
        }
    }

    /// Where a list does not begin with one.
    private var start: Attribute? {
        guard let number = marker.flatMap({ Int($0.dropLast()) }), number != 1 else { return nil }
        return Attribute("start", String(number))
    }
}
