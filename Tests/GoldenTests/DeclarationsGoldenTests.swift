import ArgumentParser
import EntityModel
import Foundation
import PortalKit
import PortalServer
import Testing

@testable import callboard

@Suite struct DeclarationsGoldenTests {
    @Test("every key of the configuration that is read") func configKeys() throws {
        var seen: Set<String> = []
        let keys = ConfigInspection.keys(standardPlugins).sorted { ($0.path, $0.summary) < ($1.path, $1.summary) }
            .filter { seen.insert($0.path).inserted }
        try GoldenFile.expect(
            "config-keys.txt",
            keys.flatMap { key in
                let facts =
                    [key.kind.rawValue] + (key.fallback.map { ["default \(JSONWriter.text($0))"] } ?? [])
                    + (key.isSecret ? ["secret"] : []) + (key.isLive ? ["live"] : [])
                return ["\(key.path)  (\(facts.joined(separator: ", ")))", "    \(key.summary)"]
            })
    }

    @Test("the table of all keys for operators is what `callboard config docs` prints") func configDocs() throws {
        let begin = "[//]: # (made by `make golden` from here on)\n\n"
        let docs = ConfigInspection.docs(standardPlugins).split(separator: "\n", omittingEmptySubsequences: false)
        // Below a heading of the page.
        let made = docs.map { $0.hasPrefix("## ") ? "#\($0)" : String($0) }.joined(separator: "\n")
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/operating/configuration.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let head = try #require(text.range(of: begin)?.upperBound)
        try GoldenFile.expect(
            "../../docs/operating/configuration.md", [String(text[..<head]) + made.trimmingCharacters(in: .newlines)])
    }

    @Test("the help of every command") func help() throws {
        try GoldenFile.expect("cli-help.txt", Self.help(of: CallboardCommand.self, named: ["callboard"]))
    }

    private static let columns = 100

    private static func help(of command: any ParsableCommand.Type, named names: [String]) -> [String] {
        let text = CallboardCommand.helpMessage(for: command, columns: columns)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.trimmedAtEnd }
        let mine = ["$ \(names.joined(separator: " ")) --help", ""] + lines
        return command.configuration.subcommands.reduce(mine) { all, subcommand in
            all + [""] + help(of: subcommand, named: names + [subcommand._commandName])
        }
    }

    /// The seam as plugins' authors see it: the public declarations of every file of extension points.
    @Test("the extension points with all that is public of them") func extensionPoints() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/PortalKit/ExtensionPoints")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        #expect(files.count > 10)
        var lines: [String] = []
        for file in files.sorted() {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            let declarations = PublicDeclarations.of(text)
            #expect(!declarations.isEmpty, "\(file) declares nothing for plugins")
            lines += (lines.isEmpty ? [] : [""]) + [String(file.dropLast(".swift".count))]
            lines += declarations.map { "    \($0)" }
        }
        try GoldenFile.expect("extension-points.txt", lines)
    }
}

/// What of a source other modules can use.
enum PublicDeclarations {
    /// Each on one line, without bodies; members are indented as they were.
    static func of(_ text: String) -> [String] {
        var declarations: [String] = []
        var pending = ""
        var isInProtocol = false
        for line in text.split(separator: "\n") {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if line == "}" { isInProtocol = false }
            let isRequirement = isInProtocol && !trimmed.hasPrefix("//")
            if pending.isEmpty {
                let isPublic = trimmed.hasPrefix("public ") && !trimmed.hasPrefix("public import")
                guard isPublic || isRequirement || isCase(trimmed) else {
                    continue
                }
                pending = String(line)
            } else {
                pending += (pending.hasSuffix("(") || trimmed.hasPrefix(")") ? "" : " ") + trimmed
            }
            // A declaration goes on over as many lines as its brackets do.
            if pending.count(where: { $0 == "(" }) > pending.count(where: { $0 == ")" }) { continue }
            if pending.contains("protocol ") { isInProtocol = true }
            declarations.append(withoutBody(pending))
            pending = ""
        }
        return declarations
    }

    /// A case of an enumeration, not of a switch.
    private static func isCase(_ line: String) -> Bool {
        line.hasPrefix("case ") && !["case .", "case let ", "case nil", "case \""].contains { line.hasPrefix($0) }
    }

    /// Up to the brace outside of all brackets; closures as default values are within them.
    private static func withoutBody(_ declaration: String) -> String {
        if declaration.contains("{ get") || declaration.contains("{ case") { return declaration }
        var depth = 0
        for (index, character) in zip(declaration.indices, declaration) {
            if "([".contains(character) { depth += 1 }
            if ")]".contains(character) { depth -= 1 }
            if depth == 0, character == "{" { return String(declaration[..<index].dropLast()) }
        }
        return declaration
    }
}

extension Substring {
    fileprivate var trimmedAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
