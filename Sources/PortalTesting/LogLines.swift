import Logging
import Synchronization

/// Keeps what is logged, so that a test can hold it against what should be said.
public final class LogLines: Sendable {
    private struct Keeping: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { lines.lines.withLock { $0.append("\(event.level): \(event.message)") } }
    }

    private let lines = Mutex<[String]>([])

    public init() {}

    /// In their order, each with its level: `warning: The database is in memory.`
    public var all: [String] { lines.withLock { $0 } }
    public var logger: Logger { Logger(label: "test") { [self] _ in Keeping(lines: self) } }
}
