public import PortalKit

/// What changed between two texts: one below the other, with signs, numbers, and unchanged stretches folded away.
public enum DiffView {
    /// More lines than these are counted and not shown.
    static let mostRows = 2_000
    /// A stretch that is longer is said to be there, and cannot be unfolded.
    static let longestFold = 500
    /// What is shown of a line.
    static let longestLine = 2_000

    /// - Parameters:
    ///   - label: what is compared, for those who do not see it.
    ///   - context: how many unchanged lines stand around a change.
    public static func html(
        before: String, after: String, label: String, context: Int = 3, _ words: any InterfaceWords
    ) -> HTML {
        guard let difference = LineDiff(before: before, after: after) else {
            return Card.quiet(words.tooLargeToCompare(words.size(LineDiff.mostBytes)))
        }
        return html(difference, label: label, context: context, words)
    }

    /// A difference that was made before.
    public static func html(
        _ difference: LineDiff, label: String, context: Int = 3, _ words: any InterfaceWords
    ) -> HTML {
        guard difference.added + difference.removed > 0 else {
            return Card.quiet(difference.isEndDifferent ? words.onlyEndDiffers : words.noLineDiffers)
        }
        return HTML { h in
            h(.figure, .class("diff")) {
                h(.figcaption, text: summary(difference, words))
                h(.div, .tabindex(0), .role("region"), .aria("label", label)) {
                    rows(h, difference.lines, context: max(0, context), words)
                }
            }
        }
    }

    /// `2 lines added, 1 removed`
    static func summary(_ difference: LineDiff, _ words: any InterfaceWords) -> String {
        if difference.removed == 0 { return words.linesAdded(difference.added) }
        if difference.added == 0 { return words.linesRemoved(difference.removed) }
        return words.linesChanged(added: difference.added, removed: difference.removed)
    }

    private static func rows(
        _ h: HTMLWriter, _ lines: [LineDiff.Line], context: Int, _ words: any InterfaceWords
    ) {
        var left = mostRows
        var rest = lines[...]
        while let first = rest.first {
            let isSame = first.change == .same
            let stretch = rest.prefix { ($0.change == .same) == isSame }
            rest = rest.dropFirst(stretch.count)
            if isSame {
                let isFirst = stretch.startIndex == lines.startIndex
                unchanged(h, stretch, before: isFirst ? 0 : context, after: rest.isEmpty ? 0 : context, &left, words)
            } else {
                changed(h, stretch.prefix(max(0, left)), words)
                left -= stretch.count
            }
            if left <= 0, !rest.isEmpty || left < 0 {
                let count = rest.count - min(0, left)
                return h(.p, text: words.moreLinesNotShown(count))
            }
        }
    }

    /// The lines next to changes, and what lies between them behind a fold.
    private static func unchanged(
        _ h: HTMLWriter, _ lines: ArraySlice<LineDiff.Line>, before: Int, after: Int, _ left: inout Int,
        _ words: any InterfaceWords
    ) {
        let folded = lines.dropFirst(before).dropLast(after)
        // A fold takes a line itself.
        guard folded.count > 1 else {
            left -= lines.count
            return lines.forEach { row(h, $0, [], words) }
        }
        lines.prefix(before).forEach { row(h, $0, [], words) }
        let text = words.unchangedLines(folded.count)
        if folded.count <= longestFold, folded.count <= left {
            h(.details) {
                h(.summary, text: text)
                folded.forEach { row(h, $0, [], words) }
            }
            left -= folded.count
        } else {
            h(.p, text: text)
        }
        lines.suffix(after).forEach { row(h, $0, [], words) }
        left -= before + after
    }

    /// Lines that took the place of as many others are compared word by word.
    private static func changed(
        _ h: HTMLWriter, _ lines: ArraySlice<LineDiff.Line>, _ words: any InterfaceWords
    ) {
        var rest = lines
        while !rest.isEmpty {
            let removed = rest.prefix { $0.change == .removed }
            let added = rest.dropFirst(removed.count).prefix { $0.change == .added }
            rest = rest.dropFirst(removed.count + added.count)
            let changes = zip(removed, added).map { WordDiff.of($0.bytes, $1.bytes) }
            for (offset, line) in removed.enumerated() {
                row(h, line, offset < changes.count ? changes[offset]?.before ?? [] : [], words)
            }
            for (offset, line) in added.enumerated() {
                row(h, line, offset < changes.count ? changes[offset]?.after ?? [] : [], words)
            }
        }
    }

    static func row(
        _ h: HTMLWriter, _ line: LineDiff.Line, _ changes: [Range<Int>], _ words: any InterfaceWords,
        isNumbered: Bool = true
    ) {
        let (name, sign): (String?, String) =
            switch line.change {
            case .same: (nil, " ")
            case .removed: ("removed", "−")
            case .added: ("added", "+")
            }
        h(.div, name.map { .class($0) }) {
            if isNumbered {
                h(.i, text: line.old.map { "\($0 + 1)" } ?? "")
                h(.i, text: line.new.map { "\($0 + 1)" } ?? "")
            }
            h(.b, text: sign)
            h(.code) { text(h, line, changes, words) }
        }
    }

    /// The line with its changed words marked; of a long one what lies around the first change.
    private static func text(
        _ h: HTMLWriter, _ line: LineDiff.Line, _ changes: [Range<Int>], _ words: any InterfaceWords
    ) {
        let shown = Self.shown(line.bytes, changes)
        func write(_ range: Range<Int>) { h.text(visible(line.bytes[range])) }
        if shown.lowerBound > line.bytes.startIndex { h.text("…") }
        var place = shown.lowerBound
        for word in changes {
            let word = word.clamped(to: shown)
            if word.isEmpty { continue }
            write(place..<word.lowerBound)
            h(.mark) { write(word) }
            place = word.upperBound
        }
        write(place..<shown.upperBound)
        let rest = line.bytes.endIndex - shown.upperBound
        if rest > 0 { h.text("… \(words.more(words.size(rest)))") }
    }

    private static func shown(_ bytes: ArraySlice<UInt8>, _ words: [Range<Int>]) -> Range<Int> {
        guard bytes.count > longestLine else { return bytes.indices }
        let before = longestLine / 10
        func boundary(_ index: Int) -> Int {
            var index = index
            while index > bytes.startIndex, index < bytes.endIndex, bytes[index] & 0xC0 == 0x80 { index -= 1 }
            return index
        }
        let start = boundary(max(bytes.startIndex, (words.first?.lowerBound ?? bytes.startIndex) - before))
        return start..<boundary(min(bytes.endIndex, start + longestLine))
    }

    /// A line break of another system, which would not be seen, gets a sign.
    private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.utf8.last == 0x0D ? text.dropLast() + "␍" : text
    }
}
