import EntityModel

/// The commonest mistakes in YAML, in words that say what to do; the parser's own say what it was about to read.
struct YAMLMistake {
    private let lines: [Substring]
    private let firstLine: Int

    init(_ part: YAMLSplitter.Part) {
        lines = part.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Substring.init)
        firstLine = part.line
    }

    /// What to say instead of what the parser does.
    func words(for problem: String, at position: SourcePosition) -> String {
        if beginsWithBraces(at: position) { return "This is not valid YAML: a text that begins with {{ needs quotes" }
        return "This is not valid YAML: \(explanation(of: problem, at: position) ?? problem)"
    }

    /// Whether a value begins with `{{`, as templates do, on the line or the one before: YAML takes it for a mapping
    /// that is the key of another.
    func beginsWithBraces(at position: SourcePosition) -> Bool {
        [position.line - 1, position.line].contains {
            line($0)?.firstMatch(of: /^\s*(- +)*([^\s'"#][^'"#]*:\s+)?\{\{/) != nil
        }
    }

    private func explanation(of problem: String, at position: SourcePosition) -> String? {
        if problem.contains("mapping values are not allowed") {
            return
                "\"key: value\" is not allowed here; the line is indented wrongly, or a text with a colon needs quotes"
        }
        if problem.contains("nesting level") {
            return
                "lists and mappings are nested too deep; \(YAMLConversion.deepest) levels are the limit, make them flatter"
        }
        if problem.contains("tab character") { return Self.tab }
        if let late = Self.late.first(where: { problem.contains($0.problem) }) { return late.words }
        guard problem.contains("cannot start any token"), let first = character(at: position) else { return nil }
        return first == "\t" ? Self.tab : "a text that begins with \(first) needs quotes"
    }

    /// What the parser says of mistakes that are found only where they no longer fit.
    private static let late: [(problem: String, words: String)] = [
        (
            "did not find expected ',' or",
            "a list or mapping in brackets is not closed, or a text in it with brackets or a comma needs quotes"
        ),
        (
            "did not find expected node content",
            "a list or mapping in brackets is not closed, or a bracket or comma stands where a value is expected"
        ),
        ("could not find expected ':'", "a line here or above has a key without a colon, or is indented wrongly"),
        ("did not find expected key", "a line here or above is indented wrongly, or a text in it needs quotes"),
        ("did not find expected '-'", "an element of a list here or above has no dash, or is indented wrongly"),
        ("found unexpected end of stream", "a quote that is opened is not closed"),
    ]

    private static let tab = "a tab; YAML indents with spaces"

    private func line(_ number: Int) -> Substring? {
        let index = number - firstLine
        return lines.indices.contains(index) ? lines[index] : nil
    }

    private func character(at position: SourcePosition) -> Character? {
        line(position.line)?.unicodeScalars.dropFirst(position.column - 1).first.map(Character.init)
    }
}
