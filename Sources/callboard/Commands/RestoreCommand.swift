import ArgumentParser
import Database
import PortalKit
import PortalServer

/// `callboard restore FILE`
struct RestoreCommand: PortalCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts a backup in the place of a portal's database.",
        discussion: """
            Takes what `callboard backup` wrote, from either engine, while no portal runs on the database. A backup of an \
            older Callboard is brought to this version. Every table is counted and compared with the backup; where \
            anything is wrong, nothing was changed.
            """)

    @Argument(help: "The backup.", completion: .file())
    var file: String

    @OptionGroup var files: ConfigOptions
    @Flag(
        name: .long,
        help: """
            Replaces a database that is there: SQLite's file is kept under another name, the tables in PostgreSQL go.
            """)
    var replace = false

    func validate() throws {
        if file == "-" { throw ValidationError("A backup is read from a file, not from standard input: name one.") }
        if file.isEmpty { throw ValidationError("Name the backup to restore.") }
    }

    func run(with tools: CommandTools) async throws {
        let operations = try Operations(standardPlugins, configPaths: files.config)
        let path = FilePath.tidied(tools.absolute(file))
        let start = ContinuousClock.now
        let report: Restoration.Report
        do {
            report = try await operations.restore(from: path, replaces: replace) { tools.progress($0.text) }
        } catch {
            tools.progress("")
            throw error
        }
        tools.progress("")
        for line in report.tables.lines { tools.print(line) }
        if !report.migrated.isEmpty {
            tools.print(
                "Brought to this version by the migrations \(report.migrated.map(\.key).joined(separator: ", ")).")
        }
        if let kept = report.kept { tools.print("The database that was there is kept as \(kept).") }
        tools.print(
            "Restored \(report.tables.summary) to \(operations.database.summary), all as they were in the backup of "
                + "\(UTCTime.text(report.madeAt)) by Callboard \(report.program), in "
                + "\(start.duration(to: .now).seconds).")
    }
}
