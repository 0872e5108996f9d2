import Foundation
import Testing

/// The program itself, as an operator starts it.
struct ProgramRun {
    let status: Int32
    let output: String
    let seconds: Double

    /// Beside the tests, where one build leaves both; nil where it is not.
    static let program: String? = {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let path = tests.deletingLastPathComponent().appending(path: "callboard").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    /// What leads to a user without rights: root may do what permissions forbid.
    static let unprivileged: [String]? = {
        if getuid() != 0 { return [] }
        let change = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
        guard let program, (try? runHere(change + [program, "--version"]))?.status == 0 else {
            print("SKIPPED: tests of permissions need a user besides root who may run the program.")
            return nil
        }
        return change
    }()

    /// Runs a command until it ends, at most ten seconds; on a thread that others do not need.
    static func run(_ command: [String]) async throws -> ProgramRun {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try runHere(command) }) }
        }
    }

    private static func runHere(_ command: [String]) throws -> ProgramRun {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        let start = ContinuousClock.now
        try process.run()
        let number = process.processIdentifier
        let limit = DispatchWorkItem { kill(number, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 10, execute: limit)
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        limit.cancel()
        return ProgramRun(
            status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            seconds: start.duration(to: .now) / .seconds(1))
    }
}
