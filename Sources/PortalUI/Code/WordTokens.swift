/// The tokens of languages that are words and signs: GraphQL's schemas and protobuf.
struct WordTokens: Sendable {
    private let keywords: WordSet
    private let types: WordSet
    /// Keywords also where other words would be a key.
    private let firmWords: WordSet
    /// What stands behind the name of a field.
    private let keySign: UInt8
    private let lineComment: StaticString
    private let isGraphQL: Bool

    static let graphQL = WordTokens(
        keywords: WordSet(
            "type interface union enum input scalar schema directive extend implements query mutation subscription "
                + "fragment on repeatable true false null"),
        types: WordSet("ID"), firmWords: WordSet(""), keySign: Sign.colon, lineComment: "#", isGraphQL: true)

    static let protobuf = WordTokens(
        keywords: WordSet(
            "syntax edition package import public weak option message enum service rpc returns stream oneof map "
                + "repeated optional required reserved extensions extend group to max true false"),
        types: WordSet(
            "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes"),
        firmWords: WordSet("syntax edition"), keySign: UInt8(ascii: "="), lineComment: "//", isGraphQL: false)

    func mark(_ scanner: inout CodeScanner) {
        while !scanner.isAtEnd {
            let start = scanner.index
            switch scanner.byte {
            case Sign.quote, Sign.apostrophe: string(&scanner)
            case UInt8(ascii: "-") where Sign.isDigit(scanner.byte(after: 1)):
                scanner.advance()
                scanner.skip(while: Sign.isOfNumber)
                scanner.mark(.number, from: start)
            case let byte where Sign.isDigit(byte):
                scanner.skip(while: Sign.isOfNumber)
                scanner.mark(.number, from: start)
            case let byte where Sign.isLetter(byte): word(&scanner)
            case UInt8(ascii: "@") where isGraphQL:
                scanner.advance()
                scanner.skip(while: Sign.isWord)
                scanner.mark(.keyword, from: start)
            default: other(&scanner)
            }
        }
    }

    private func other(_ scanner: inout CodeScanner) {
        let start = scanner.index
        if scanner.starts(with: lineComment) {
            scanner.skipLine()
            scanner.mark(.comment, from: start)
        } else if !isGraphQL, scanner.starts(with: "/*") {
            scanner.advance(2)
            scanner.skip(past: "*/")
            scanner.mark(.comment, from: start)
        } else {
            scanner.advance()
        }
    }

    private func string(_ scanner: inout CodeScanner) {
        let start = scanner.index
        guard isGraphQL, scanner.starts(with: "\"\"\"") else {
            scanner.skipQuoted(escape: Sign.backslash, isOneLine: true)
            return scanner.mark(.string, from: start)
        }
        scanner.advance(3)
        scanner.skip(past: "\"\"\"")
        // A text of its own before a definition describes it.
        scanner.mark(.comment, from: start)
    }

    private func word(_ scanner: inout CodeScanner) {
        let start = scanner.index
        scanner.skip { Sign.isWord($0) || !isGraphQL && $0 == UInt8(ascii: ".") }
        let end = scanner.index
        let word = scanner.bytes[start..<end]
        scanner.skip(while: Sign.isBlank)
        let isKey = scanner.byte == keySign && !firmWords.contains(word)
        if isKey {
            scanner.mark(.key, from: start, to: end)
        } else if keywords.contains(word) {
            scanner.mark(.keyword, from: start, to: end)
        } else if scanner.byte == UInt8(ascii: "(") {
            scanner.mark(.key, from: start, to: end)
        } else if types.contains(word) || isTypeName(word) {
            scanner.mark(.type, from: start, to: end)
        }
    }

    /// Begins with a capital, as the last part of a path may; longer words of capitals alone are values of an enum.
    private func isTypeName(_ word: ArraySlice<UInt8>) -> Bool {
        let name = word.lastIndex(of: UInt8(ascii: ".")).map { word[($0 + 1)...] } ?? word
        guard let first = name.first, Sign.isUpper(first) else { return false }
        return name.count == 1 || name.contains { $0 &- 0x61 < 26 }
    }
}
