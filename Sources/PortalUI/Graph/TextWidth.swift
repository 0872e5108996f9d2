/// How wide a text is about, for what is drawn before a browser has measured it.
///
/// Advance widths of Inter Regular, in thousandths of the size, with a little room for the fonts that stand in for it.
enum TextWidth {
    /// From the space to the tilde.
    private static let ascii: [Int] = [
        281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605, 636, 642, 608,
        624, 571, 616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652,
        562, 889, 753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452, 497, 564,
        621, 558, 621, 582, 361, 609, 591, 237, 237, 544, 237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812,
        540, 557, 541, 362, 327, 362, 659,
    ]
    private static let room = 1.06
    private static let other = 640
    /// Characters of East Asian writing and pictures.
    private static let wide = 1200

    /// The width of a text in the unit of the size.
    static func of(_ text: String, size: Double) -> Double {
        Double(plainASCII(text) ?? text.reduce(0) { $0 + width($1) }) * size * room / 1000
    }

    /// The width of what most names are: letters and signs of ASCII with single spaces between them; nil for other texts.
    private static func plainASCII(_ text: String) -> Int? {
        var sum = 0
        var last: UInt8 = 0x20
        for byte in text.utf8 {
            guard byte >= 0x20, byte < 0x7F, byte != 0x20 || last != 0x20 else { return nil }
            sum += ascii[Int(byte) - 0x20]
            last = byte
        }
        return last == 0x20 ? nil : sum
    }

    private static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.value >= 0x20, first.value < 0x7F { return ascii[Int(first.value) - 0x20] }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return isWide(first, character) ? wide : other
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar, _ character: Character) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
            true
        default:
            scalar.properties.isEmojiPresentation || character.unicodeScalars.contains { $0.value == 0xFE0F }
        }
    }

    /// A text on one line and at most so wide: words lose their end, a name without spaces its middle, because names
    /// differ at the end as often as at the beginning.
    static func shortened(_ text: String, to limit: Double, size: Double) -> String {
        let line = plain(text)
        guard line.isCut || of(line.text, size: size) > limit else { return line.text }
        let characters = Array(line.text)
        let available = limit * 1000 / (size * room) - Double(width("…"))
        let isName = !characters.contains(" ") && !line.isCut
        let start = fitting(characters, isName ? available / 2 : available)
        let end = isName ? fitting(characters.reversed(), available / 2) : 0
        var kept = String(characters.prefix(start))
        while kept.last == " " { kept.removeLast() }
        return kept + "…" + String(characters.suffix(min(end, characters.count - start)))
    }

    /// How many characters fit.
    private static func fitting(_ characters: [Character], _ room: Double) -> Int {
        var used = 0.0
        for (index, character) in characters.enumerated() {
            used += Double(width(character))
            if used > room { return index }
        }
        return characters.count
    }

    private static let mostCharacters = 200
    /// Letters with accents and families of people have fewer; what has more is there to fill the page.
    private static let mostScalars = 12

    /// The beginning of a text without line breaks, controls and what turns the direction of writing round.
    private static func plain(_ text: String) -> (text: String, isCut: Bool) {
        if text.utf8.count <= mostCharacters, plainASCII(text) != nil { return (text, false) }
        var result = ""
        var count = 0
        for character in text {
            if count == mostCharacters { return (result, true) }
            count += 1
            if character.isWhitespace {
                if !result.isEmpty, result.last != " " { result.append(" ") }
                continue
            }
            result.unicodeScalars.append(contentsOf: character.unicodeScalars.prefix(mostScalars).filter(isShown))
        }
        if result.last == " " { result.removeLast() }
        return (result, false)
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0xFFFE, 0xFFFF: false
        default: scalar.properties.generalCategory != .control
        }
    }
}
