import Foundation

/// One text file of the repository.
struct TextFile: Sendable {
    /// From the repository's root: `Sources/Catalog/CatalogPlugin.swift`.
    let path: String
    let lines: [String]
    /// The lines without comments, and with nothing between quotation marks: what the compiler acts on.
    let code: [String]

    init(_ path: String, _ text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasSuffix("\r") ? String(line.dropLast()) : String(line)
        }
        code = path.hasSuffix(".swift") ? SwiftText.code(lines) : lines
    }

    /// Lines as editors count them: a final line break begins no new one.
    var lineCount: Int { lines.last == "" ? lines.count - 1 : lines.count }
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    /// The file's name without its extension.
    var stem: String { String(name.prefix { $0 != "." }) }
    /// The folder it is in, with a slash at the end.
    var folder: String { String(path.dropLast(name.count)) }
    /// The target that it belongs to: the folder below `Sources` or `Tests`.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// The numbers of the lines, from one, in whose code the pattern is found.
    func linesOfCode(with pattern: Regex<AnyRegexOutput>) -> [Int] {
        code.enumerated().filter { $0.element.firstMatch(of: pattern) != nil }.map { $0.offset + 1 }
    }
}

/// The repository as it lies on the disk, without what Git ignores.
struct SourceTree: Sendable {
    let texts: [TextFile]
    /// Every file with its size in bytes, text or not.
    let sizes: [(path: String, bytes: Int)]

    var sources: [TextFile] { texts.filter { $0.path.hasPrefix("Sources/") && $0.path.hasSuffix(".swift") } }
    var tests: [TextFile] { texts.filter { $0.path.hasPrefix("Tests/") && $0.path.hasSuffix(".swift") } }

    static let repository: SourceTree = {
        do { return try SourceTree(below: root) } catch {
            return SourceTree(texts: [], sizes: [])
        }
    }()

    /// Found from this file's own place: `Tests/TidyTests/SourceTree.swift`.
    private static var root: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    private init(texts: [TextFile], sizes: [(path: String, bytes: Int)]) {
        self.texts = texts
        self.sizes = sizes
    }

    private init(below root: URL) throws {
        var texts: [TextFile] = []
        var sizes: [(path: String, bytes: Int)] = []
        for path in try Self.paths(below: root.path) {
            let data = try Data(contentsOf: root.appending(path: path))
            sizes.append((path, data.count))
            if !data.contains(0) { texts.append(TextFile(path, String(decoding: data, as: UTF8.self))) }
        }
        self.init(texts: texts, sizes: sizes)
    }

    private static func paths(below root: String) throws -> [String] {
        var paths: [String] = []
        var waiting = [""]
        while let folder = waiting.popLast() {
            for name in try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder).sorted() {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                if isIgnored(path, name) { continue }
                var isFolder: ObjCBool = false
                guard FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder) else {
                    continue
                }
                if isFolder.boolValue { waiting.append(path) } else { paths.append(path) }
            }
        }
        return paths.sorted()
    }

    /// What `.gitignore` names.
    private static func isIgnored(_ path: String, _ name: String) -> Bool {
        let folders = [".git", ".build", ".venv", "__pycache__", "node_modules", "screenshots"]
        return folders.contains(name) || name.hasPrefix(".build-") || name.hasPrefix(".build_") || path == "data"
            || path == "app-config.local.yaml" || name == "Package.resolved" || name.hasSuffix(".swp")
    }
}

/// Tells Swift's code from its comments and texts, as far as the rules need it.
enum SwiftText {
    static func code(_ lines: [String]) -> [String] {
        var isInText = false
        return lines.map { line in
            let quotes = line.ranges(of: "\"\"\"").count
            if isInText {
                if quotes == 0 { return "" }
                isInText = false
                return String(line.trimmingPrefix(while: { $0 != "\"" }).drop { $0 == "\"" })
            }
            if quotes % 2 == 1 {
                isInText = true
                return String(line.prefix { $0 != "\"" })
            }
            return withoutTexts(line)
        }
    }

    /// Keeps what is interpolated out, too: a text's content is never a rule's business. By bytes, as every line of the
    /// tree comes by here.
    private static func withoutTexts(_ line: String) -> String {
        let (quote, backslash, slash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"))
        var code: [UInt8] = []
        var isInText = false
        var depth = 0
        var previous = UInt8(ascii: " ")
        for byte in line.utf8 {
            if isInText {
                if previous == backslash, byte == UInt8(ascii: "(") { depth += 1 }
                if depth > 0, byte == UInt8(ascii: ")") { depth -= 1 }
                if byte == quote, previous != backslash, depth == 0 {
                    isInText = false
                    code.append(byte)
                }
            } else {
                if byte == slash, previous == slash {
                    code.removeLast()
                    break
                }
                code.append(byte)
                if byte == quote { isInText = true }
            }
            previous = previous == backslash && byte == backslash ? UInt8(ascii: " ") : byte
        }
        return String(decoding: code, as: UTF8.self)
    }
}

/// Patterns whose `\b` lies between a name and a dot, as programmers expect; Swift's own is that of prose.
enum Pattern {
    static func of(_ text: String) throws -> Regex<AnyRegexOutput> {
        try Regex(text).wordBoundaryKind(.simple).matchingSemantics(.unicodeScalar)
    }
}
