import ArgumentParser
import EntityModel
import PortalKit
import PortalServer

/// `callboard config check|print|docs`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Checks, prints and explains the configuration.",
        subcommands: [Check.self, Print.self, Docs.self])

    /// Says what is wrong, misspelt or not used.
    struct Check: PortalCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what is wrong, misspelt, or not used by Callboard.",
            discussion: """
                Reads the configuration and the files that it names, and tries nothing else: not whether a port is free, a \
                folder can be written, or a database answers. Exits with 0 where the configuration is usable, with 1 where \
                it is not, or with --strict where there is any warning.
                """)

        @OptionGroup var files: ConfigOptions
        @Flag(name: .long, help: "Fails on warnings too: keys that nobody knows, and what leads to nothing.")
        var strict = false

        func run(with tools: CommandTools) async throws {
            let result = try await ConfigInspection.check(standardPlugins, configPaths: files.config)
            for line in result.lines { tools.print(line) }
            if !result.isUsable || (strict && !result.isClean) { throw ExitCode(1) }
            tools.note("The configuration is usable.")
        }
    }

    /// The merged configuration.
    struct Print: PortalCommand {
        enum Format: String, CaseIterable, ExpressibleByArgument { case yaml, json, origins }

        static let configuration = CommandConfiguration(
            abstract: "Prints the merged configuration without its secrets.",
            discussion: "Exits with 1 where something could not be included; the rest is printed all the same.")

        @OptionGroup var files: ConfigOptions
        @Option(name: .long, help: "yaml, json, or origins for each value with its file and line.")
        var format = Format.yaml

        func run(with tools: CommandTools) async throws {
            let printable = try ConfigInspection.printable(standardPlugins, configPaths: files.config)
            switch format {
            case .yaml: tools.print(YAMLWriter.text(printable.root))
            case .json: tools.print(JSONWriter.text(printable.root, indent: 2))
            case .origins: for line in printable.lines { tools.print(line) }
            }
            for mistake in printable.mistakes { tools.note("callboard: \(mistake)") }
            if !printable.mistakes.isEmpty { throw ExitCode(1) }
        }
    }

    /// The reference of all keys.
    struct Docs: PortalCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints every key that Callboard reads, as Markdown.")

        func run(with tools: CommandTools) async throws { tools.print(ConfigInspection.docs(standardPlugins)) }
    }
}
