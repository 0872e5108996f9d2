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

    @Option(name: .long, parsing: .unconditional, help: "How many entities.")
    var entities = 1_000

    @Option(name: .long, parsing: .unconditional, help: "What the names and relations are drawn from.")
    var seed: UInt64 = 1

    @Option(name: .long, parsing: .unconditional, help: "Entities in a file.")
    var perFile = 5

    @Option(name: .long, parsing: .unconditional, help: "About how many bytes an entity has as JSON.")
    var bytes = 2_000

    @Argument(help: "The folder to write to; it must exist.", completion: .directory)
    var folder: String

    private static let filesPerFolder = 250
    /// YAML has a little more bytes than the JSON that is counted.
    private static let largestFile = LocationReading.largestFile / 4 * 3

    package init() {}

    package func validate() throws {
        guard (1...5_000_000).contains(entities) else {
            throw ValidationError("--entities must be from 1 to 5,000,000, but is \(entities).")
        }
        guard (1...10_000).contains(perFile) else {
            throw ValidationError("--per-file must be from 1 to 10,000, but is \(perFile).")
        }
        guard (200...1_000_000).contains(bytes) else {
            throw ValidationError("--bytes must be from 200 to 1,000,000, but is \(bytes).")
        }
        guard min(entities, perFile) * bytes <= Self.largestFile else {
            throw ValidationError(
                "--per-file times --bytes must be at most \(Self.largestFile); larger files are not read.")
        }
        guard !folder.isEmpty else { throw ValidationError("The folder must have a name; . is the current one.") }
    }

    package mutating func run(with tools: CommandTools) async throws {
        let generator = CatalogGenerator(count: entities, seed: seed, bytes: bytes)
        let root = FilePath.tidied(tools.absolute(folder))
        var files = 0
        for first in stride(from: 0, to: entities, by: perFile) {
            try Task.checkCancellation()
            let documents = (first..<min(first + perFile, entities)).map { number in
                YAMLWriter.text(.object(generator.entity(number).object))
            }
            let path = "\(files / Self.filesPerFolder)/catalog-\(files % Self.filesPerFolder).yaml"
            do {
                try await tools.files.write(Array(documents.joined(separator: "---\n").utf8), to: path, beneath: root)
            } catch let error as PortalError where !error.message.contains(root) {
                throw PortalError(error.kind, "\(path) cannot be written in \(root): \(error.message)")
            }
            files += 1
            if files % 5_000 == 0 { tools.note("\(first + perFile) of \(entities) entities") }
        }
        tools.print(
            "\(entities) \(entities == 1 ? "entity" : "entities") in \(files) \(files == 1 ? "file" : "files") below "
                + root)
    }
}
