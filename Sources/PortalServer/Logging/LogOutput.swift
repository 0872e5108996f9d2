import Foundation
import Logging
import PortalKit
import Synchronization

/// The portal's own log: one line per event on standard error, in the form that the configuration asks for.
final class LogOutput: Sendable {
    private let settings: Mutex<LogSettings>
    /// Looked at before each event, so it takes no lock.
    private let level: Atomic<Int>
    private let requests = Atomic(false)
    /// What the command line says, which wins.
    private let format: LogSettings.Format?
    private let leastLevel: Logger.Level?
    private let isTerminal: Bool
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - format, level: of the command line; nil where it does not say.
    ///   - write: takes a line without its end.
    init(
        format: LogSettings.Format? = nil, level: Logger.Level? = nil, isTerminal: Bool = isatty(2) == 1,
        write: @escaping @Sendable (String) -> Void = LogOutput.toStandardError
    ) {
        self.format = format
        leastLevel = level
        self.isTerminal = isTerminal
        self.write = write
        settings = Mutex(LogSettings())
        self.level = Atomic(Self.rank(level ?? .info))
    }

    /// Puts settings in force, also while the portal runs.
    func take(_ settings: LogSettings) {
        self.settings.withLock { $0 = settings }
        level.store(Self.rank(leastLevel ?? settings.level), ordering: .relaxed)
        requests.store(settings.requests, ordering: .relaxed)
    }

    func logger(_ label: String) -> Logger { Logger(label: label) { LogEvents(output: self, label: $0) } }

    /// Whether each request has a line.
    var logsRequests: Bool { requests.load(ordering: .relaxed) }

    var leastWritten: Logger.Level { Logger.Level.allCases[level.load(ordering: .relaxed)] }

    func put(_ line: LogLine) {
        let format = format ?? settings.withLock { $0.format }
        let isText = format == .text || format == .auto && isTerminal
        write(isText ? line.text : line.json)
    }

    private static func rank(_ level: Logger.Level) -> Int { Logger.Level.allCases.firstIndex(of: level) ?? 0 }

    /// In one piece, so that lines of several threads do not mix. Nobody is told of a log that cannot be written.
    static func toStandardError(_ line: String) {
        var bytes = Array(line.utf8)
        bytes.append(UInt8(ascii: "\n"))
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = Foundation.write(2, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return }
            }
        }
    }
}

/// What swift-log calls for each event of a logger.
struct LogEvents: LogHandler {
    let output: LogOutput
    let label: String
    var metadata: Logger.Metadata = [:]
    /// Where one logger is to say less than the others.
    private var own: Logger.Level?

    init(output: LogOutput, label: String) {
        self.output = output
        self.label = label
    }

    var logLevel: Logger.Level {
        get { own ?? output.leastWritten }
        set { own = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let more = event.metadata { all.merge(more) { _, new in new } }
        if let error = event.error { all["error"] = "\(error)" }
        output.put(
            LogLine(
                time: Date(), level: event.level, label: label, message: event.message.description, metadata: all,
                context: WorkContext.current))
    }
}
