import ArgumentParser
import EntityModel
import PortalKit

/// `callboard generate --entities N --seed S FOLDER`
package struct GenerateCommand: PortalCommand {
    package static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Writes a catalog of made-up entities, for trials and measurements.",
        discussion: """
            The same numbers give the same files. Read them by an entry of catalog.locations of type file whose target \
            is FOLDER/**/*.yaml.
            """)

    @Option(name: .long, help: "How many entities.")
    var entities = 1_000

    @Option(name: .long, help: "What the names and relations are drawn from.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Entities in a file.")
    var perFile = 5

    @Option(name: .long, help: "About how many bytes an entity has as JSON.")
    var bytes = 2_000

    @Argument(help: "The folder to write to; it must exist.", completion: .directory)
    var folder: String

    private static let filesPerFolder = 250

    package init() {}

    package func validate() throws {
        guard (1...5_000_000).contains(entities), (1...10_000).contains(perFile), (200...1_000_000).contains(bytes)
        else {
            throw ValidationError(
                "Give 1 to 5,000,000 entities, 1 to 10,000 of them in a file, of 200 to 1,000,000 bytes each.")
        }
    }

    package mutating func run(with tools: CommandTools) async throws {
        let generator = CatalogGenerator(count: entities, seed: seed, bytes: bytes)
        let root = tools.absolute(folder)
        var files = 0
        for first in stride(from: 0, to: entities, by: perFile) {
            try Task.checkCancellation()
            let documents = (first..<min(first + perFile, entities)).map { number in
                YAMLWriter.text(.object(generator.entity(number).object))
            }
            let path = "\(files / Self.filesPerFolder)/catalog-\(files % Self.filesPerFolder).yaml"
            try await tools.files.write(Array(documents.joined(separator: "---\n").utf8), to: path, beneath: root)
            files += 1
            if files % 5_000 == 0 { tools.note("\(first + perFile) of \(entities) entities") }
        }
        tools.print("\(entities) entities in \(files) files below \(root)")
    }
}
