/// The marks within one paragraph of Markdown: which bytes they are, and what they make of the words between them.
///
/// One pass, and time that grows with the text alone: whoever writes a description does not choose how long pages take.
/// What would be HTML stays as it was written.
struct InlineMarks {
    /// Words, a piece of code, or a link.
    enum Run: Equatable {
        case text(String)
        case code(String)
        case link(String, url: String)
    }

    private struct Opener {
        let position: Int
        var count: Int
    }

    private struct Bracket {
        let position: Int
        let isImage: Bool
    }

    /// What longer addresses are is not looked for.
    private static let longestAddress = 2_048
    /// Of parentheses within an address, as CommonMark has it.
    private static let deepest = 32

    private let bytes: [UInt8]
    private var isMark: [Bool]
    private var codes: [Range<Int>] = []
    private var links: [(words: Range<Int>, url: String)] = []
    private var emphases: [UInt8: [Opener]] = [:]
    private var brackets: [Bracket] = []
    /// Numbers of backticks that nothing closes.
    private var unclosed: Set<Int> = []

    init(_ paragraph: String) {
        bytes = Array(paragraph.utf8)
        isMark = Array(repeating: false, count: bytes.count)
        var index = 0
        while index < bytes.count { index = step(index) }
    }

    /// Looks at what begins at an index, and says where to go on.
    private mutating func step(_ index: Int) -> Int {
        switch bytes[index] {
        case UInt8(ascii: "\\"):
            guard index + 1 < bytes.count, Self.isPunctuation(bytes[index + 1]) else { return index + 1 }
            isMark[index] = true
            return index + 2
        case UInt8(ascii: "`"): return code(index)
        case UInt8(ascii: "<"): return address(index)
        case UInt8(ascii: "!") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "["):
            brackets.append(Bracket(position: index, isImage: true))
            return index + 2
        case UInt8(ascii: "["):
            brackets.append(Bracket(position: index, isImage: false))
            return index + 1
        case UInt8(ascii: "]"): return link(index)
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): return emphasis(index)
        default: return index + 1
        }
    }

    private func runLength(_ index: Int) -> Int {
        var end = index
        while end < bytes.count, bytes[end] == bytes[index] { end += 1 }
        return end - index
    }

    private mutating func code(_ index: Int) -> Int {
        let count = runLength(index)
        let start = index + count
        if unclosed.contains(count) { return start }
        var end = start
        while end < bytes.count {
            guard bytes[end] == UInt8(ascii: "`") else {
                end += 1
                continue
            }
            let other = runLength(end)
            if other == count {
                mark(index..<start)
                mark(end..<end + count)
                codes.append(start..<end)
                return end + count
            }
            end += other
        }
        unclosed.insert(count)
        return start
    }

    /// `<https://example.com>`
    private mutating func address(_ index: Int) -> Int {
        let rest = bytes[(index + 1)...].prefix(Self.longestAddress)
        let isAddress = ["https://", "http://", "mailto:"].contains { rest.starts(with: $0.utf8) }
        // The next one ends the search, so that many without an end are not searched again and again.
        guard isAddress, let end = rest.firstIndex(where: { "<> ".utf8.contains($0) }),
            bytes[end] == UInt8(ascii: ">")
        else { return index + 1 }
        mark(index..<index + 1)
        mark(end..<end + 1)
        links.append((index + 1..<end, String(decoding: bytes[index + 1..<end], as: UTF8.self)))
        return end + 1
    }

    /// `[words](address "title")`, and an image by its words.
    private mutating func link(_ index: Int) -> Int {
        guard let bracket = brackets.popLast(), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "("),
            let (url, end) = target(index + 2)
        else { return index + 1 }
        let words = bracket.position + (bracket.isImage ? 2 : 1)
        mark(bracket.position..<words)
        mark(index..<end)
        if !bracket.isImage {
            links.append((words..<index, url))
            // No link holds another.
            brackets = []
        }
        return end
    }

    /// An address in parentheses, and where those end.
    private func target(_ start: Int) -> (url: String, end: Int)? {
        let limit = min(bytes.count, start + Self.longestAddress)
        var end = start
        var depth = 0
        while end < limit, bytes[end] != UInt8(ascii: " ") {
            if bytes[end] == UInt8(ascii: "(") { depth += 1 }
            if depth > Self.deepest { return nil }
            if bytes[end] == UInt8(ascii: ")") {
                if depth == 0 { break }
                depth -= 1
            }
            end += 1
        }
        let url = String(decoding: bytes[start..<end], as: UTF8.self)
        var close = end
        while close < limit, bytes[close] == UInt8(ascii: " ") { close += 1 }
        if close < limit, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[close]) {
            guard let quote = bytes[(close + 1)..<limit].firstIndex(of: bytes[close]) else { return nil }
            close = quote + 1
        }
        guard close < limit, bytes[close] == UInt8(ascii: ")") else { return nil }
        return (url, close + 1)
    }

    /// Stars, underscores and tildes around words; those within words or beside spaces stand for themselves.
    private mutating func emphasis(_ index: Int) -> Int {
        let sign = bytes[index]
        let count = runLength(index)
        let end = index + count
        if sign == UInt8(ascii: "~"), count != 2 { return end }
        let before = index > 0 ? bytes[index - 1] : UInt8(ascii: " ")
        let after = end < bytes.count ? bytes[end] : UInt8(ascii: " ")
        let isLeft = !Self.isSpace(after) && (!Self.isPunctuation(after) || Self.isBeside(before))
        let isRight = !Self.isSpace(before) && (!Self.isPunctuation(before) || Self.isBeside(after))
        let isStrict = sign == UInt8(ascii: "_")
        var rest = 0..<count
        if isRight, !isStrict || !isLeft || Self.isPunctuation(after) {
            while !rest.isEmpty, var opener = emphases[sign]?.popLast() {
                let closed = min(opener.count, rest.count)
                mark(opener.position + opener.count - closed..<opener.position + opener.count)
                mark(index + rest.lowerBound..<index + rest.lowerBound + closed)
                rest = rest.lowerBound + closed..<rest.upperBound
                opener.count -= closed
                if opener.count > 0 { emphases[sign]?.append(opener) }
            }
        }
        if !rest.isEmpty, isLeft, !isStrict || !isRight || Self.isPunctuation(before) {
            emphases[sign, default: []].append(Opener(position: index + rest.lowerBound, count: rest.count))
        }
        return end
    }

    private mutating func mark(_ range: Range<Int>) { for index in range { isMark[index] = true } }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") }
    private static func isBeside(_ byte: UInt8) -> Bool { isSpace(byte) || isPunctuation(byte) }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    private func words(_ range: Range<Int>) -> String {
        String(decoding: range.lazy.filter { !isMark[$0] }.map { bytes[$0] }, as: UTF8.self)
    }

    /// All words, without the marks.
    var plain: String { words(0..<bytes.count) }

    /// The words in order, with what they are.
    var runs: [Run] {
        var runs: [Run] = []
        var index = 0
        func text(to end: Int) {
            let words = words(index..<end)
            if !words.isEmpty { runs.append(.text(words)) }
        }
        var parts = links.map { (range: $0.words, url: Optional($0.url)) }
        parts += codes.map { ($0, nil) }
        for part in parts.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            // Code within a link is a part of its words.
            if part.range.lowerBound < index { continue }
            text(to: part.range.lowerBound)
            let words = words(part.range)
            if !words.isEmpty { runs.append(part.url.map { .link(words, url: $0) } ?? .code(words)) }
            index = part.range.upperBound
        }
        text(to: bytes.count)
        return runs
    }
}
