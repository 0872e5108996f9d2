/// The tokens of YAML, line by line; collections in brackets and texts in quotes may go over several.
enum YAMLTokens {
    private static let words = WordSet("true false null True False Null TRUE FALSE NULL ~")

    static func mark(_ scanner: inout CodeScanner) {
        while !scanner.isAtEnd { line(&scanner) }
    }

    private static func line(_ scanner: inout CodeScanner) {
        let start = scanner.index
        if marker(&scanner) { return }
        // The column that lines of a block of text lie right of.
        var column = -1
        scanner.skip(while: Sign.isBlank)
        while "-?".utf8.contains(scanner.byte), isGap(scanner.byte(after: 1)) {
            column = scanner.index - start
            scanner.advance()
            scanner.skip(while: Sign.isBlank)
        }
        properties(&scanner)
        let keyStart = scanner.index
        if let end = keyEnd(scanner) {
            column = keyStart - start
            scanner.advance(end - keyStart)
            scanner.mark(.key, from: keyStart)
            scanner.skip(while: Sign.isBlank)
            scanner.advance()
        }
        values(&scanner, column)
    }

    /// Between documents, and instructions before one.
    private static func marker(_ scanner: inout CodeScanner) -> Bool {
        let start = scanner.index
        if scanner.byte == UInt8(ascii: "%") {
            scanner.skipLine()
            scanner.mark(.keyword, from: start)
            return true
        }
        guard scanner.starts(with: "---") || scanner.starts(with: "..."), isGap(scanner.byte(after: 3)) else {
            return false
        }
        scanner.advance(3)
        scanner.mark(.keyword, from: start)
        values(&scanner, -1)
        return true
    }

    /// Anchors, aliases and tags.
    private static func properties(_ scanner: inout CodeScanner) {
        while "&*!".utf8.contains(scanner.byte), !isGap(scanner.byte(after: 1)) {
            let start = scanner.index
            scanner.skip { !isGap($0) && $0 != UInt8(ascii: ",") }
            scanner.mark(.type, from: start)
            scanner.skip(while: Sign.isBlank)
        }
    }

    /// Where the key ends that begins at hand; nil where there is none in this line.
    private static func keyEnd(_ scanner: CodeScanner) -> Int? {
        let bytes = scanner.bytes
        var index = scanner.index
        guard index < bytes.count, !"{[|>#,]}@`".utf8.contains(bytes[index]) else { return nil }
        let quote = bytes[index]
        if quote == Sign.quote || quote == Sign.apostrophe {
            index += 1
            while index < bytes.count, bytes[index] != quote {
                if bytes[index] == Sign.newline { return nil }
                index += quote == Sign.quote && bytes[index] == Sign.backslash ? 2 : 1
            }
            index += 1
            let end = index
            while index < bytes.count, Sign.isBlank(bytes[index]) { index += 1 }
            return index < bytes.count && bytes[index] == Sign.colon && isGap(at: index + 1, bytes) ? end : nil
        }
        while index < bytes.count, bytes[index] != Sign.newline {
            if bytes[index] == Sign.colon, isGap(at: index + 1, bytes) { return index }
            if bytes[index] == Sign.hash, index > 0, Sign.isBlank(bytes[index - 1]) { return nil }
            index += 1
        }
        return nil
    }

    /// What stands behind a key, a dash, or alone, up to the end of its line.
    private static func values(_ scanner: inout CodeScanner, _ column: Int) {
        while !scanner.isAtEnd {
            scanner.skip(while: Sign.isBlank)
            let start = scanner.index
            switch scanner.byte {
            case Sign.newline: return scanner.advance()
            case Sign.hash where isGap(scanner.previous): comment(&scanner)
            case Sign.quote, Sign.apostrophe: quoted(&scanner)
            case UInt8(ascii: "{"), UInt8(ascii: "["): collection(&scanner)
            case UInt8(ascii: "|"), UInt8(ascii: ">"):
                if isHeader(scanner) { return block(&scanner, column) }
                plain(&scanner, isInCollection: false)
            default:
                properties(&scanner)
                if scanner.index == start { plain(&scanner, isInCollection: false) }
            }
        }
    }

    private static func comment(_ scanner: inout CodeScanner) {
        let start = scanner.index
        scanner.skipLine()
        scanner.mark(.comment, from: start)
    }

    private static func quoted(_ scanner: inout CodeScanner) {
        let start = scanner.index
        let escape = scanner.byte == Sign.quote ? Sign.backslash : nil
        scanner.skipQuoted(escape: escape, isOneLine: false)
        let end = scanner.index
        scanner.skip(while: Sign.isBlank)
        let isKey = scanner.byte == Sign.colon
        scanner.mark(isKey ? .key : .string, from: start, to: end)
    }

    /// `|` or `>` with nothing but its signs and a comment behind it.
    private static func isHeader(_ scanner: CodeScanner) -> Bool {
        var index = scanner.index + 1
        while index < scanner.bytes.count, "+-0123456789".utf8.contains(scanner.bytes[index]) { index += 1 }
        guard isGap(at: index, scanner.bytes) else { return false }
        while index < scanner.bytes.count, Sign.isBlank(scanner.bytes[index]) { index += 1 }
        return index == scanner.bytes.count || [Sign.newline, Sign.hash].contains(scanner.bytes[index])
    }

    /// Lines of text that lie right of a column.
    private static func block(_ scanner: inout CodeScanner, _ column: Int) {
        let header = scanner.index
        scanner.skip { !isGap($0) }
        scanner.mark(.keyword, from: header)
        scanner.skip(while: Sign.isBlank)
        if scanner.byte == Sign.hash { comment(&scanner) }
        scanner.advance()
        let start = scanner.index
        var end = start
        while !scanner.isAtEnd {
            let line = scanner.index
            var next = line
            while next < scanner.bytes.count, scanner.bytes[next] == 0x20 { next += 1 }
            let isEmpty = isGap(at: next, scanner.bytes)
            guard isEmpty || next - line > column else { break }
            scanner.skipLine()
            if !isEmpty { end = scanner.index }
            scanner.advance()
        }
        let first = scanner.bytes[start..<end].firstIndex { $0 > 0x20 } ?? end
        scanner.mark(.string, from: first, to: end)
    }

    /// In braces or brackets, over as many lines and levels as it has.
    private static func collection(_ scanner: inout CodeScanner) {
        var depth = 0
        repeat {
            switch scanner.byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                scanner.advance()
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                scanner.advance()
            case UInt8(ascii: ","), Sign.colon, Sign.newline: scanner.advance()
            case let byte where Sign.isBlank(byte): scanner.advance()
            case Sign.hash where isGap(scanner.previous): comment(&scanner)
            case Sign.quote, Sign.apostrophe: quoted(&scanner)
            default:
                let start = scanner.index
                properties(&scanner)
                if scanner.index == start { plain(&scanner, isInCollection: true) }
            }
        } while depth > 0 && !scanner.isAtEnd
    }

    /// A value without quotes.
    private static func plain(_ scanner: inout CodeScanner, isInCollection: Bool) {
        let start = scanner.index
        scanner.advance()
        while !scanner.isAtEnd, scanner.byte != Sign.newline {
            if isInCollection {
                if ",{}[]".utf8.contains(scanner.byte) { break }
                if scanner.byte == Sign.colon, isGap(scanner.byte(after: 1)) { break }
            }
            if scanner.byte == Sign.hash, Sign.isBlank(scanner.previous) { break }
            scanner.advance()
        }
        var end = scanner.index
        while end > start, isGap(scanner.bytes[end - 1]) { end -= 1 }
        let isKey = isInCollection && scanner.byte == Sign.colon
        scanner.mark(isKey ? .key : kind(scanner.bytes[start..<end]), from: start, to: end)
    }

    private static func kind(_ value: ArraySlice<UInt8>) -> TokenKind {
        if words.contains(value) { return .keyword }
        let digits = value.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: ".") }
        guard let first = digits.first, Sign.isDigit(first), digits.count <= 40 else { return .string }
        let isNumber =
            value.allSatisfy(Sign.isOfNumber)
            && value.count(where: { $0 == UInt8(ascii: ".") }) <= 1
        return isNumber ? .number : .string
    }

    private static func isGap(_ byte: UInt8) -> Bool { Sign.isBlank(byte) || byte == Sign.newline || byte == 0 }

    private static func isGap(at index: Int, _ bytes: [UInt8]) -> Bool {
        index >= bytes.count || isGap(bytes[index])
    }
}
