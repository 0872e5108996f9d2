import ArgumentParser
import Database
import Foundation
import PortalKit
import PortalServer

/// The one program: the server and everything around it.
@main struct CallboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "callboard", abstract: "An open internal developer portal.",
        version: CallboardVersion.current,
        subcommands: [
            ServeCommand.self, ConfigCommand.self, BackupCommand.self, RestoreCommand.self, MigrationsCommand.self,
            MigrateCommand.self, DoctorCommand.self,
        ] + standardPlugins.flatMap { $0.commands.map(\.type) })

    /// Runs the command; what goes wrong is one sentence, not a trace.
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let message = UnknownCommand.message(for: arguments, of: Self.self)
            ?? BareConfigFile.message(for: arguments)
        {
            exit(withError: ValidationError(message))
        }
        do {
            var command = try parseAsRoot()
            if var command = command as? any PortalCommand {
                try await command.run(with: PortalServer.commandTools())
            } else if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as PortalError {
            fail(error.message)
        } catch let error as DatabaseError {
            fail(error.message)
        } catch {
            exit(withError: error)
        }
    }

    private static func fail(_ message: String) -> Never {
        FileHandle.standardError.write(Data("callboard: \(message)\n".utf8))
        Foundation.exit(1)
    }
}
