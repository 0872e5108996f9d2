/// Cuts a stream into its documents, so that each can be parsed, or fail, alone.
///
/// A line that begins with `---` is always a document marker: YAML forbids it inside of any scalar.
enum YAMLSplitter {
    struct Part {
        let text: String
        /// The line of the file on which `text` begins.
        let line: Int
    }

    static func split(_ text: String) -> [Part] {
        var parts: [Part] = []
        var lines: [Substring] = []
        var start = 1
        var seenMarker = false
        let bare = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        // By scalars: to Swift's characters "\r\n" is one and no "\n".
        let all = bare.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Substring.init)
        for (index, line) in all.enumerated() {
            if isMarker(line) {
                // What stands before the first marker is a document only if it says something.
                let isPreamble = !seenMarker && lines.allSatisfy(isPreambleLine)
                let keepsDirectives = isPreamble && lines.contains { $0.hasPrefix("%") }
                if !isPreamble { parts.append(Part(text: lines.joined(separator: "\n"), line: start)) }
                if !keepsDirectives {
                    lines = []
                    start = index + 1
                }
                seenMarker = true
            }
            lines.append(line)
        }
        if seenMarker || !lines.allSatisfy(isPreambleLine) {
            parts.append(Part(text: lines.joined(separator: "\n"), line: start))
        }
        return parts
    }

    /// Yams hashes keys whole, aliases written out, before anything can count them; so where a document has many
    /// aliases none may stand in a key.
    static func refuseAliasesInKeys(_ part: Part) throws(YAMLError) {
        let text = part.text.utf8
        var aliases = 0
        var hasComplexKey = false
        var previous = UInt8(ascii: "\n")
        var closing = false
        for byte in text {
            let isSpace = byte == 32 || byte == 10 || byte == 9 || byte == 13
            if byte == UInt8(ascii: "*"), " \n\t,[{-:?\r".utf8.contains(previous) { aliases += 1 }
            if isSpace, previous == UInt8(ascii: "?") { hasComplexKey = true }
            if byte == UInt8(ascii: ":"), closing { hasComplexKey = true }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
                closing = true
            } else if byte != 32 {
                closing = false
            }
            previous = byte
        }
        if hasComplexKey, aliases > 8 {
            throw YAMLError(
                "A document with aliases must not use lists or mappings as keys",
                SourcePosition(line: part.line, column: 1))
        }
    }

    private static func isMarker(_ line: Substring) -> Bool {
        guard line.hasPrefix("---") else { return false }
        return line.dropFirst(3).first.map { $0.isWhitespace } ?? true
    }

    private static func isPreambleLine(_ line: Substring) -> Bool {
        guard let first = line.first(where: { !$0.isWhitespace }) else { return true }
        return first == "#" || line.hasPrefix("%")
    }
}
