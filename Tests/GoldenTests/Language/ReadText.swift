/// What people read or hear of a page: the texts between its tags, and those attributes that are said.
///
/// Goes over the bytes once; patterns take seconds for a large page without optimisation.
struct ReadText {
    private(set) var texts: Set<String> = []
    private(set) var links: [String] = []

    /// Text that programs wrote or read; its words are nobody's language.
    private static let silent: Set<String> = ["script", "style", "code", "pre", "kbd"]
    private static let said: Set<String> = ["aria-label", "title", "placeholder", "alt", "data-say"]

    private let bytes: [UInt8]
    private var place = 0
    private var silence: (name: String, depth: Int)?

    init(_ html: String) {
        bytes = Array(html.utf8)
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "<") { tag() } else { text() }
        }
    }

    private mutating func take(while isWanted: (UInt8) -> Bool) -> String {
        let start = place
        while place < bytes.count, isWanted(bytes[place]) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func text() {
        let text = take { $0 != UInt8(ascii: "<") }
        if silence == nil { add(text) }
    }

    private mutating func tag() {
        place += 1
        let name = take { $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
        while place < bytes.count, bytes[place] != UInt8(ascii: ">") { attribute() }
        place += 1
        let isEnd = name.hasPrefix("/")
        let plain = isEnd ? String(name.dropFirst()) : name
        if let open = silence {
            guard open.name == plain else { return }
            let depth = open.depth + (isEnd ? -1 : 1)
            silence = depth == 0 ? nil : (plain, depth)
        } else if !isEnd, Self.silent.contains(name) {
            silence = (name, 1)
        }
    }

    private mutating func attribute() {
        let name = take { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: " ") }
        guard place + 1 < bytes.count, bytes[place] == UInt8(ascii: "="), bytes[place + 1] == UInt8(ascii: "\"") else {
            if place < bytes.count, bytes[place] != UInt8(ascii: ">") { place += 1 }
            return
        }
        place += 2
        let value = take { $0 != UInt8(ascii: "\"") }
        place += 1
        if name == "href", value.hasPrefix("/") { links.append(Self.plain(String(value.prefix { $0 != "#" }))) }
        if silence == nil, Self.said.contains(name) || name.hasPrefix("data-word-") { add(value) }
    }

    private mutating func add(_ text: String) {
        let words = Self.plain(text)
        if !words.isEmpty { texts.insert(words) }
    }

    /// Without the spelling of HTML, and in one line.
    static func plain(_ text: String) -> String {
        var text = text
        if text.utf8.contains(UInt8(ascii: "&")) {
            for (coded, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
                text = text.replacing(coded, with: sign)
            }
        }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
