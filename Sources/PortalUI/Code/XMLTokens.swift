/// The tokens of XML, as of a WSDL.
enum XMLTokens {
    static func mark(_ scanner: inout CodeScanner) {
        while !scanner.isAtEnd {
            scanner.skip { $0 != UInt8(ascii: "<") }
            let start = scanner.index
            if scanner.starts(with: "<!--") {
                scanner.advance(4)
                scanner.skip(past: "-->")
                scanner.mark(.comment, from: start)
            } else if scanner.starts(with: "<![CDATA[") {
                scanner.skip(past: "]]>")
                scanner.mark(.string, from: start)
            } else if scanner.starts(with: "<?") || scanner.starts(with: "<!") {
                scanner.skip(past: ">")
                scanner.mark(.keyword, from: start)
            } else {
                tag(&scanner)
            }
        }
    }

    private static func tag(_ scanner: inout CodeScanner) {
        let start = scanner.index
        scanner.advance()
        if scanner.byte == UInt8(ascii: "/") { scanner.advance() }
        // A sign of comparison in a text opens no tag.
        guard isName(scanner.byte) else { return }
        scanner.skip(while: isName)
        scanner.mark(.type, from: start)
        while !scanner.isAtEnd {
            let start = scanner.index
            switch scanner.byte {
            case UInt8(ascii: ">"):
                scanner.advance()
                return scanner.mark(.type, from: start)
            case UInt8(ascii: "<"): return
            case UInt8(ascii: "/") where scanner.byte(after: 1) == UInt8(ascii: ">"):
                scanner.advance(2)
                return scanner.mark(.type, from: start)
            case Sign.quote, Sign.apostrophe:
                scanner.skipQuoted(escape: nil, isOneLine: false)
                scanner.mark(.string, from: start)
            case let byte where isName(byte):
                scanner.skip(while: isName)
                scanner.mark(.key, from: start)
            default: scanner.advance()
            }
        }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        Sign.isWord(byte) || byte == Sign.colon || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte >= 0x80
    }
}
