import Database
import Foundation
import Synchronization

/// A PostgreSQL server of the tests' own: started when first needed, in a temporary folder, ended with the process.
public final class ThrowawayPostgres: Sendable {
    /// Nil where PostgreSQL is not installed. Where `CI` is set, its absence is an error and not an excuse.
    public static let shared: ThrowawayPostgres? = {
        guard let programs = programFolder else {
            if ProcessInfo.processInfo.environment["CI"] != nil {
                FileHandle.standardError.write(Data("CI needs PostgreSQL: install the package postgresql.\n".utf8))
                exit(1)
            }
            print("SKIPPED: PostgreSQL is not installed, so store tests run on SQLite alone.")
            return nil
        }
        do { return try ThrowawayPostgres(programs) } catch {
            FileHandle.standardError.write(Data("PostgreSQL did not start: \(error)\n".utf8))
            exit(1)
        }
    }()

    private let folder: String
    private let databases = Mutex(0)

    /// How a test reaches the server, with a schema of its own.
    public func settings() -> PostgresSettings {
        let number = databases.withLock { number in
            number += 1
            return number
        }
        var settings = PostgresSettings(
            parameters: ["host": folder, "user": "postgres", "dbname": "postgres"], poolSize: 3,
            schema: "test_\(ProcessInfo.processInfo.processIdentifier)_\(number)")
        // Of a thousand tests at once, each waits for the others.
        settings.patience = .seconds(60)
        return settings
    }

    private static var programFolder: String? {
        let candidates = ["/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin"]
        return candidates.first { FileManager.default.isExecutableFile(atPath: "\($0)/postgres") }
    }

    private struct Failure: Error {
        let command: String
    }

    private init(_ programs: String) throws {
        folder = "/tmp/callboard-postgres-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if getuid() == 0 { try Self.run(["chown", "postgres", folder]) }
        let data = "\(folder)/data"
        try Self.run(Self.asServer + ["\(programs)/initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-D", data])
        let options = "-c listen_addresses= -c unix_socket_directories=\(folder) -c fsync=off -c max_connections=400"
        try Self.run(
            Self.asServer + [
                "\(programs)/pg_ctl", "-w", "-s", "-D", data, "-o", options, "-l", "\(folder)/log", "start",
            ])
        let stop =
            (Self.asServer + ["\(programs)/pg_ctl", "-s", "-D", data, "-m", "immediate", "stop"])
            .joined(separator: " ") + "; rm -rf \(folder)"
        // A test run that is killed runs nothing at its exit, so somebody else watches for its end.
        let watch =
            "exec 2>/dev/null; while kill -0 \(ProcessInfo.processInfo.processIdentifier) ; do sleep 1; done; \(stop)"
        try Self.run(["setsid", "-f", "sh", "-c", watch])
    }

    /// The server refuses to run as root.
    private static var asServer: [String] { getuid() == 0 ? ["runuser", "-u", "postgres", "--"] : [] }

    /// Waits for the process itself: Foundation's `Process` waits until all that inherit its socket have ended, and
    /// the server is one of them. It inherits nothing else: a lock that the test run holds must end with the run.
    private static func run(_ command: [String]) throws {
        let line = command.map { "'\($0)'" }.joined(separator: " ")
        guard system("cd /tmp && exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- && \(line) </dev/null >/dev/null") == 0 else {
            throw Failure(command: line)
        }
    }
}
