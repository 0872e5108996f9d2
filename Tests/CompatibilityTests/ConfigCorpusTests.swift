import EntityModel
import Foundation
import PortalKit
import PortalServer
import PortalTesting
import Testing

/// Configurations of real portals of Backstage, as who moves from there has them.
@Suite(.enabled(if: Corpus.folder != nil, Comment(rawValue: Corpus.missing))) struct ConfigCorpusTests {
    private static let secret = "shh-from-outside"

    private static func files() throws -> [(name: String, text: String)] {
        guard let folder = Corpus.folder?.appending(path: "app-config") else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
        }
    }

    /// Every variable that the file names has a value that must not be seen.
    private func load(_ file: (name: String, text: String)) throws -> AppConfigLoader.Loaded {
        let names = file.text.matches(of: /\$\{\s*(\w+)/).map { String($0.output.1) }
        let environment = Dictionary(names.map { ($0, Self.secret) }) { $1 }
        return try AppConfigLoader(environment: environment) { path in
            Array((path == "/portal/\(file.name)" ? file.text : Self.secret).utf8)
        }.loadLeniently(["/portal/\(file.name)"])
    }

    @Test("each is read, and what is said of it has its place, in order, and nothing secret in it")
    func checked() async throws {
        for file in try Self.files() {
            let loaded = try load(file)
            #expect(loaded.mistakes.isEmpty, "\(file.name): \(loaded.mistakes)")
            let keys = ConfigInspection.keys(standardPlugins)
            var check = ConfigCheck(loaded.config, keys: keys, mistakes: loaded.mistakes)
            try await check.checkPlugins(standardPlugins, files: MemoryWorkspace())
            let lines = check.findings.map { $0.origin?.line }
            #expect(!lines.contains(nil), "\(file.name): \(check.findings)")
            #expect(lines.compactMap { $0 } == lines.compactMap { $0 }.sorted(), "\(file.name)")
            #expect(Set(check.findings.map(\.message)).count == check.findings.count, "\(file.name)")
            #expect(!check.findings.contains { $0.message.contains(Self.secret) }, "\(file.name): \(check.findings)")
        }
    }

    @Test("none of what comes from outside is printed where it may be secret")
    func printed() throws {
        for file in try Self.files() {
            let printed = ConfigPrint(try load(file).config, keys: ConfigInspection.keys(standardPlugins))
            for line in printed.lines where line.contains(Self.secret) {
                // What is declared, and is no secret, may be read.
                let name = line.prefix { $0 != ":" }
                #expect(!name.lowercased().contains(/secret|token|password|key/), "\(file.name): \(line)")
            }
        }
    }
}
