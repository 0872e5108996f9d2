import ArgumentParser
import Database
import PortalKit
import PortalServer

/// `callboard backup FILE`
struct BackupCommand: PortalCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Writes all of a portal's database to one file, also while the portal runs.",
        discussion: """
            The file is one SQLite database as of one moment, whichever engine it comes from: `callboard restore` puts it \
            into SQLite or PostgreSQL. It appears under its name when it is whole and on the disk. Keep it like the \
            database itself; the key file beside the database is not in it.
            """)

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @OptionGroup var files: ConfigOptions
    @Flag(name: .long, help: "Replaces a file of that name.")
    var overwrite = false

    func validate() throws {
        if file == "-" {
            throw ValidationError("A backup is written to a file, not to standard output: name one.")
        }
        if file.isEmpty || file.hasSuffix("/") { throw ValidationError("The backup needs the name of a file.") }
    }

    func run(with tools: CommandTools) async throws {
        let operations = try Operations(standardPlugins, configPaths: files.config)
        let path = FilePath.tidied(tools.absolute(file))
        let start = ContinuousClock.now
        let report: Backup.Report
        do {
            report = try await operations.backup(to: path, overwrites: overwrite) { tools.progress($0.text) }
        } catch {
            tools.progress("")
            throw error
        }
        tools.progress("")
        for line in report.tables.lines { tools.print(line) }
        let size = ByteCount.text(Int(report.bytes))
        tools.print(
            "Backed up \(operations.database.summary) to \(path): \(report.tables.summary), \(size), in "
                + "\(start.duration(to: .now).seconds).")
    }
}
