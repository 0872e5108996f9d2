/// What must not be written, and where.
enum WordRules {
    /// A pattern, and what to do instead.
    struct Ban {
        let pattern: Regex<AnyRegexOutput>
        let instead: String

        init(_ pattern: String, _ instead: String) throws {
            self.pattern = try Pattern.of(pattern)
            self.instead = instead
        }
    }

    /// In the code of every source.
    static func bans() throws -> [Ban] {
        [
            try Ban(#"\bYams\.load"#, "It can end the process on hostile input; read YAML with YAMLReader."),
            try Ban(#"\bJSON(Decoder|Encoder|Serialization)\b"#, "Read with JSONParser and write with JSONWriter."),
            try Ban(#"\btry!"#, "Throw, or handle the error."),
            try Ban(#"\bas!"#, "Use `as?` and say what happens otherwise."),
            try Ban(#"\b(fatalError|preconditionFailure)\("#, "Nothing may end the process; throw a PortalError."),
            try Ban(#"\bTask\.detached\b"#, "Long work is a BackgroundService."),
            try Ban(#"\bNSRegularExpression\b"#, "A pattern can take forever in that engine."),
        ]
    }

    static func banned(_ files: [TextFile]) throws -> [String] {
        try bans().flatMap { ban in
            files.flatMap { file in
                file.linesOfCode(with: ban.pattern).map {
                    "\(file.path):\($0) has '\(file.lines[$0 - 1].trimmedBlanks)'. \(ban.instead)"
                }
            }
        }
    }

    /// Notes to oneself belong to the tracker; comments are searched, too.
    static func notes(_ files: [TextFile]) throws -> [String] {
        let words = try Pattern.of(#"\b(TO"# + #"DO|FIX"# + #"ME|XX"# + #"X|HA"# + #"CK)\b"#)
        return files.flatMap { file in
            file.lines.enumerated().filter { $0.element.firstMatch(of: words) != nil }.map {
                "\(file.path):\($0.offset + 1) leaves work behind: do it, or open an issue."
            }
        }
    }

    /// C handles, and the memory that the index reads without counting references (decision 0009).
    private static let mayPin = ["Sources/Database/", "Sources/Catalog/Index/Memory/"]

    /// Compiler checks that are switched off need a proof, and are needed around C handles and pinned memory only.
    static func unchecked(_ files: [TextFile]) throws -> [String] {
        let pattern = try Pattern.of(#"@unchecked Sendable|nonisolated\(unsafe\)"#)
        return files.filter { file in !mayPin.contains { file.path.hasPrefix($0) } }.flatMap { file in
            file.linesOfCode(with: pattern).map {
                "\(file.path):\($0) switches the compiler's check for data races off; only \(mayPin.joined(separator: " and ")) may."
            }
        }
    }

    /// Reads are answered from the index: whoever needs SQL in a request has taken the wrong way.
    static func sqlInReads(_ files: [TextFile]) throws -> [String] {
        let pattern = try Pattern.of(#"\bSQL|\bimport Database\b|: any SQLDatabase"#)
        return files.filter {
            $0.path.hasPrefix("Sources/Catalog/API/") || $0.path.hasPrefix("Sources/Catalog/Pages/")
        }.flatMap { file in
            file.linesOfCode(with: pattern).map {
                "\(file.path):\($0) reaches for the database; the catalog's API and pages read from the index."
            }
        }
    }

    /// Paths of somebody's machine.
    static func machinePaths(_ files: [TextFile]) throws -> [String] {
        let pattern = try Pattern.of(#"(^|[\s"'=(:`])/(home/[a-z]|Users/[A-Za-z]|root/|work/|tmp/[a-z]/)"#)
        return files.flatMap { file in
            file.lines.enumerated().filter { $0.element.firstMatch(of: pattern) != nil }.map {
                "\(file.path):\($0.offset + 1) names a path of one machine: '\($0.element.trimmedBlanks)'."
            }
        }
    }

    private static let emptyNames = ["Manager", "Helper", "Util", "Impl", "Misc"]

    /// Names that say nothing.
    static func names(_ files: [TextFile]) -> [String] {
        files.flatMap { file in
            emptyNames.filter { file.stem.contains($0) }.map {
                "\(file.path): '\($0)' says nothing of what it is for. Name the file after that."
            }
        }
    }
}

extension String {
    var trimmedBlanks: String {
        String(drop { $0 == " " }.prefix(100))
    }
}
