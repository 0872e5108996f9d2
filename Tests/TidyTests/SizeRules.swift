/// How large things may be.
enum SizeRules {
    static let longestSource = 500
    static let longestTest = 600
    static let longestFunction = 70
    static let largestFile = 200_000
    /// Lines of one folder of PortalKit: it is what every plugin's author reads, and must not become a drawer.
    static let longestKitFolder = 2_000

    static func fileLengths(_ files: [TextFile]) -> [String] {
        files.compactMap { file in
            let limit = file.path.hasPrefix("Tests/") ? longestTest : longestSource
            guard file.lineCount > limit else { return nil }
            return
                "\(file.path) has \(file.lineCount) lines, at most \(limit) are allowed. Divide it by what it is about."
        }
    }

    /// Relies on the formatter: a function ends at the first brace that stands as deep as it began.
    static func functionLengths(_ files: [TextFile]) -> [String] {
        files.flatMap { file in
            file.lines.indices.compactMap { start -> String? in
                guard file.code[start].contains(/^\s*([a-z@]+(\([a-z]+\))? )*(func [^ ]|init[?]?[(<])/) else {
                    return nil
                }
                // One that a protocol wants has no body.
                guard file.code[start].contains("{") || file.code[start].hasSuffix("(") else { return nil }
                let indentation = file.lines[start].prefix { $0 == " " }
                guard let end = file.lines[start...].firstIndex(of: "\(indentation)}") else { return nil }
                guard end - start + 1 > longestFunction else { return nil }
                return "\(file.path):\(start + 1) begins a function of \(end - start + 1) lines, at most "
                    + "\(longestFunction) are allowed. Give its steps names."
            }
        }
    }

    static func blobs(_ sizes: [(path: String, bytes: Int)]) -> [String] {
        sizes.filter { $0.bytes > largestFile }.map {
            "\($0.path) has \($0.bytes) bytes, at most \(largestFile) are allowed: the repository holds no blobs."
        }
    }

    /// A list of things of one sort is found by name, however long it is.
    private static let flatRegistries: Set<String> = ["Sources/PortalKit/ExtensionPoints/"]
    private static let mostFiles = 15

    static func folders(_ files: [TextFile]) -> [String] {
        Dictionary(grouping: files, by: \.folder).compactMap { folder, files in
            guard files.count > mostFiles, !flatRegistries.contains(folder) else { return nil }
            return "\(folder) has \(files.count) files, at most \(mostFiles) are allowed. Put those that belong "
                + "together into a folder of their own."
        }.sorted()
    }

    static func kitFolders(_ files: [TextFile]) -> [String] {
        let kit = files.filter { $0.path.hasPrefix("Sources/PortalKit/") }
        return Dictionary(grouping: kit, by: \.folder).compactMap { folder, files in
            let lines = files.reduce(0) { $0 + $1.lineCount }
            guard lines > longestKitFolder else { return nil }
            return "\(folder) has \(lines) lines, at most \(longestKitFolder) are allowed. What a plugin's author does "
                + "not need belongs to PortalServer or to a feature."
        }.sorted()
    }
}
