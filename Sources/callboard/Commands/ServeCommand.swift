import ArgumentParser
import PortalServer

/// `callboard serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the portal.",
        discussion: "Without --config it reads app-config.yaml and app-config.local.yaml of the current folder.")

    @OptionGroup var files: ConfigOptions
    @Option(help: "How log lines are written; without it, callboard.logging.format says.")
    var logFormat: LogFormat?
    @Option(help: "The least that is logged; without it, callboard.logging.level says.")
    var logLevel: LogLevel?

    func run() async throws {
        try await PortalServer.run(
            standardPlugins, configPaths: files.config, logFormat: logFormat?.rawValue, logLevel: logLevel?.rawValue)
    }
}

/// `callboard.logging.format`
enum LogFormat: String, ExpressibleByArgument, CaseIterable { case auto, text, json }

/// `callboard.logging.level`
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error, critical
}

/// Which configuration a command works on.
struct ConfigOptions: ParsableArguments {
    @Option(name: .long, help: "A configuration file; may be repeated, later files win.")
    var config: [String] = []

    func validate() throws {
        if config.contains("") { throw ValidationError("--config needs the name of a file.") }
    }
}
