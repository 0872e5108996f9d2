/// The tokens of JSON, also with the comments that some allow themselves.
enum JSONTokens {
    private static let words = WordSet("true false null")

    static func mark(_ scanner: inout CodeScanner) {
        while !scanner.isAtEnd {
            let start = scanner.index
            switch scanner.byte {
            case Sign.quote: string(&scanner)
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                scanner.skip(while: Sign.isOfNumber)
                scanner.mark(.number, from: start)
            case UInt8(ascii: "/") where scanner.starts(with: "//"):
                scanner.skipLine()
                scanner.mark(.comment, from: start)
            case UInt8(ascii: "/") where scanner.starts(with: "/*"):
                scanner.skip(past: "*/")
                scanner.mark(.comment, from: start)
            case let byte where Sign.isLetter(byte):
                scanner.skip(while: Sign.isWord)
                if words.contains(scanner.bytes[start..<scanner.index]) { scanner.mark(.keyword, from: start) }
            default: scanner.advance()
            }
        }
    }

    private static func string(_ scanner: inout CodeScanner) {
        let start = scanner.index
        scanner.skipQuoted(escape: Sign.backslash, isOneLine: true)
        let end = scanner.index
        scanner.skip { Sign.isBlank($0) || $0 == Sign.newline }
        scanner.mark(scanner.byte == Sign.colon ? .key : .string, from: start, to: end)
    }
}
