public import Database
public import Foundation

/// What the portal knows of itself, for pages that only operators see. Provided by the server.
public protocol PortalReport: Sendable {
    func process() -> ProcessReport
    /// The configuration value by value, without its secrets.
    func configuration() -> [ConfigurationLine]
    /// Why the configuration that is written now is not in force; nil where it is.
    func refusedConfiguration() -> ConfigurationRefusal?
    /// In the order in which they were started.
    func backgroundServices() -> [BackgroundReport]
    func plugins() -> [PluginReport]
    /// Requests, the process and the background services, for Prometheus.
    func metrics() -> [MetricFamily]
}

/// The running program.
public struct ProcessReport: Sendable {
    public let startedAt: Date
    /// What the operating system counts as the program's; nil where it does not say.
    public let residentBytes: Int?
    public let processors: Int
    public let system: String

    public init(startedAt: Date, residentBytes: Int?, processors: Int, system: String) {
        self.startedAt = startedAt
        self.residentBytes = residentBytes
        self.processors = processors
        self.system = system
    }
}

/// One value of the configuration, as people may see it.
public struct ConfigurationLine: Sendable, Hashable {
    /// Who reads a key.
    public enum Reader: Sendable, Hashable { case portal, backstage, nobody }

    public let path: String
    /// As JSON; `<secret>` for what is secret or may be.
    public let value: String
    /// File and line, or the variable.
    public let origin: String?
    public let reader: Reader
    /// Changed since the start, and of no effect before the next one.
    public let isLate: Bool

    public init(path: String, value: String, origin: String?, reader: Reader, isLate: Bool) {
        self.path = path
        self.value = value
        self.origin = origin
        self.reader = reader
        self.isLate = isLate
    }
}

/// A configuration that was read while the portal runs, and not taken over.
public struct ConfigurationRefusal: Sendable, Hashable {
    /// When it was read.
    public let refusedAt: Date
    /// Each with its key, its file and line, and what mends it; none where only the log may have them.
    public let mistakes: [String]

    public init(refusedAt: Date, mistakes: [String]) {
        self.refusedAt = refusedAt
        self.mistakes = mistakes
    }
}

/// One part of the program, as it is.
public struct PluginReport: Sendable {
    public let id: String
    /// Whether the configuration asks for it.
    public let isOn: Bool
    /// By extension point, in the order of their names.
    public let contributions: [(point: String, count: Int)]
    public let routes: [Route]
    public let keys: [ConfigKey]
    public let migrations: [Migration]

    public init(
        id: String, isOn: Bool, contributions: [(point: String, count: Int)], routes: [Route], keys: [ConfigKey],
        migrations: [Migration]
    ) {
        self.id = id
        self.isOn = isOn
        self.contributions = contributions
        self.routes = routes
        self.keys = keys
        self.migrations = migrations
    }
}
