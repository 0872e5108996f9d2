import ArgumentParser
import Database
import PortalKit
import PortalServer

/// `callboard migrate [--back-to …]`
struct MigrateCommand: PortalCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings a portal's database to this version, or back for an older one.",
        discussion: """
            Without --back-to it does what the next start would. To use an older Callboard again: stop every portal, \
            start the older one, which refuses and names what to take back, and give that to the newer one's \
            `callboard migrate --back-to`. It tells what is lost, and does it with --yes. All happens in one transaction.
            """)

    @OptionGroup var files: ConfigOptions
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The migration that each feature goes back to, as in catalog:3,auth:1; others stay as they are.",
            valueName: "feature:number,…"))
    var backTo: String?
    @Flag(name: .long, help: "Goes back, where otherwise is only told what that means.")
    var yes = false

    func validate() throws {
        if let backTo { _ = try Self.targets(backTo) }
        if yes, backTo == nil { throw ValidationError("--yes is for --back-to.") }
    }

    func run(with tools: CommandTools) async throws {
        let operations = try Operations(standardPlugins, configPaths: files.config)
        if let backTo { return try await goBack(try Self.targets(backTo), operations, tools) }
        let applied = try await operations.migrate()
        for migration in applied { tools.print("\(migration.key): \(migration.name)") }
        tools.print(
            applied.isEmpty
                ? "\(operations.database.summary) is at this version already."
                : "Applied \(applied.count) to \(operations.database.summary).")
    }

    private func goBack(_ targets: [String: Int], _ operations: Operations, _ tools: CommandTools) async throws {
        let steps = try await operations.planBack(to: targets)
        if steps.isEmpty { return tools.print("\(operations.database.summary) is there already; nothing was changed.") }
        for step in steps {
            guard case .statements(_, _, let loses) = step.back else { continue }
            tools.print("\(step.key): \(step.name); \(loses.map { "loses \($0)" } ?? "loses nothing")")
        }
        guard yes else {
            tools.note("Nothing was changed. To take these back, make a backup and say it again with --yes.")
            throw ExitCode(1)
        }
        let done = try await operations.goBack(to: targets)
        tools.print("Took back \(done.count) from \(operations.database.summary). Start the older program now.")
    }

    /// `catalog:3,auth:1`
    static func targets(_ text: String) throws -> [String: Int] {
        var targets: [String: Int] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: ":", omittingEmptySubsequences: false)
            guard pair.count == 2, !pair[0].isEmpty, let number = Int(pair[1]), number >= 0 else {
                throw ValidationError("--back-to is '\(text)', but must be as in catalog:3,auth:1.")
            }
            guard targets.updateValue(number, forKey: String(pair[0])) == nil else {
                throw ValidationError("--back-to names \(pair[0]) twice.")
            }
        }
        return targets
    }
}
