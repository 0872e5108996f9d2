import ArgumentParser
import EntityModel
import PortalKit
import PortalServer

/// `callboard doctor`
struct DoctorCommand: PortalCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Looks whether all is well with a portal's configuration and database.",
        discussion: """
            Changes nothing, and may run while the portal does. Tells each check with what breaks it, a few examples and \
            the mend. Exits with 0 where all is well, else with 1.
            """)

    @OptionGroup var files: ConfigOptions
    @Flag(name: .long, help: "Prints one JSON object.")
    var json = false
    @Flag(name: .long, help: "Compares every index of SQLite with its table too.")
    var thorough = false

    func run(with tools: CommandTools) async throws {
        let prints = !json
        let doctor = Doctor(standardPlugins, isThorough: thorough) { outcome in
            if prints { for line in outcome.lines { tools.print(line) } }
        }
        let outcomes = try await doctor.examine(configPaths: files.config)
        let failed = outcomes.count { $0.state == .failed }
        if json {
            let checks = JSONValue.array(outcomes.map(\.json))
            tools.print(JSONWriter.text(.object(["ok": .bool(failed == 0), "checks": checks]), indent: 2))
        } else {
            tools.print(Self.summary(outcomes))
            if outcomes.contains(where: { $0.state == .failed && $0.mend.contains("Run ") }) { tools.print(Self.way) }
        }
        if failed > 0 { throw ExitCode(1) }
    }

    private static func summary(_ outcomes: [Doctor.Outcome]) -> String {
        let (failed, skipped) = (outcomes.count { $0.state == .failed }, outcomes.count { $0.state == .skipped })
        if failed == 0 { return "All \(outcomes.count) checks hold." }
        let rest = skipped == 0 ? "" : ", \(skipped) could not be made"
        return "\(failed) of \(outcomes.count) checks failed\(rest)."
    }

    /// Where statements are run, for whoever has no documents at hand.
    private static let way = """
        Make a backup before you run statements: callboard backup FILE. They are run with sqlite3 on the database's file, \
        or in psql after SET search_path TO callboard.
        """
}
