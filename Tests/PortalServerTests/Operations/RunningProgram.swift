import Foundation
import PortalTesting
import Testing

/// The program as it serves, on a port of its own and a SQLite database in a folder.
final class RunningProgram: Sendable {
    private let process: Process
    private let log: String
    private let ending: Task<Int32, Never>

    /// - Parameter backend: members of `backend` in the configuration, as YAML within braces.
    init(_ folder: TemporaryFolder, _ backend: String) throws {
        try folder.write(
            "app-config.yaml",
            "backend: { listen: '127.0.0.1:0', database: { connection: { directory: ./data } }, \(backend) }")
        try folder.write("log", "")
        log = "\(folder.path)/log"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(ProgramRun.program))
        process.arguments = ["serve", "--config", "\(folder.path)/app-config.yaml"]
        let output = try #require(FileHandle(forWritingAtPath: log))
        process.standardOutput = output
        process.standardError = output
        let (ends, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = {
            end.yield($0.terminationReason == .exit ? $0.terminationStatus : -1)
            end.finish()
        }
        try process.run()
        self.process = process
        ending = Task { await ends.first { _ in true } ?? -1 }
    }

    /// The port, once it is served; what was said so far where that takes more than twenty seconds.
    func port() async throws -> Int {
        let mark = "Callboard is at http://"
        for _ in 0..<400 {
            let text = try String(contentsOfFile: log, encoding: .utf8)
            if let found = text.range(of: mark),
                let colon = text[found.upperBound...].firstIndex(of: ":"),
                let port = Int(text[text.index(after: colon)...].prefix { $0.isNumber })
            {
                return port
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("It does not serve: \(try String(contentsOfFile: log, encoding: .utf8))")
        throw CancellationError()
    }

    /// As an operator's supervisor does.
    func stop() { Foundation.kill(process.processIdentifier, SIGTERM) }

    /// The status with which it ended of itself; -1 where a signal ended it.
    var status: Int32 { get async { await ending.value } }

    func kill() { if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) } }
}
