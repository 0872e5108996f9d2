import ArgumentParser
import PortalServer

/// `callboard serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the portal.",
        discussion: "Without --config it reads app-config.yaml and app-config.local.yaml of the current folder.")

    @OptionGroup var files: ConfigOptions

    func run() async throws { try await PortalServer.run(standardPlugins, configPaths: files.config) }
}

/// Which configuration a command works on.
struct ConfigOptions: ParsableArguments {
    @Option(name: .long, help: "A configuration file; may be repeated, later files win.")
    var config: [String] = []

    func validate() throws {
        if config.contains("") { throw ValidationError("--config needs the name of a file.") }
    }
}
