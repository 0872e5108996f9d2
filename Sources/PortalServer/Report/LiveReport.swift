import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import Synchronization

/// What the running portal knows of itself.
final class LiveReport: PortalReport {
    let board = BackgroundBoard()
    private let types: [any Plugin.Type]
    private let started: AppConfig
    private let startedAt: Date
    private let clock: any PortalClock
    private let current: Mutex<AppConfig>
    private let refusal = Mutex<ConfigurationRefusal?>(nil)
    private let known: Mutex<[PluginReport]>
    private let meter = Mutex<RequestMeter?>(nil)
    private let more = Mutex<[@Sendable () -> [MetricFamily]]>([])

    init(_ config: AppConfig, plugins types: [any Plugin.Type], clock: any PortalClock) {
        self.types = types
        self.clock = clock
        startedAt = clock.now
        started = config
        current = Mutex(config)
        known = Mutex([])
    }

    /// Takes over a configuration that came into force.
    func take(_ config: AppConfig) {
        current.withLock { $0 = config }
        refusal.withLock { $0 = nil }
    }

    /// Notes that another configuration did not come into force.
    func refuse(_ mistakes: [String]) {
        let new = ConfigurationRefusal(refusedAt: clock.now, mistakes: mistakes)
        refusal.withLock { $0 = new }
    }

    /// Called once the plugins are made; what they contribute stays as it is.
    func describe(_ registry: PluginRegistry) {
        let reports = types.map { type in
            let plugin = registry.plugins.first { Swift.type(of: $0).id == type.id }
            let contributions = plugin?.contributions ?? []
            let counts = Dictionary(grouping: contributions) { "\(Swift.type(of: $0 as Any))" }.mapValues(\.count)
            return PluginReport(
                id: type.id, isOn: plugin != nil,
                contributions: counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
                routes: contributions.flatMap(Self.routes), keys: type.configKeys, migrations: type.migrations)
        }
        known.withLock { $0 = reports }
    }

    private static func routes(of contribution: any Contribution) -> [Route] {
        switch contribution {
        case let routes as APIRoutes: routes.routes
        case let page as Page:
            [Route(.get, page.path, access: page.access, isPage: true) { _ in PortalResponse(.notFound) }]
        default: []
        }
    }

    /// Called once the routes are known.
    func count(_ meter: RequestMeter) { self.meter.withLock { $0 = meter } }

    /// Adds figures of other parts of the server.
    func add(_ families: @escaping @Sendable () -> [MetricFamily]) { more.withLock { $0.append(families) } }

    func metrics() -> [MetricFamily] {
        (meter.withLock { $0 }?.families ?? []) + ServerMetrics.families(process(), board.all)
            + more.withLock { $0 }.flatMap { $0() }
    }

    func plugins() -> [PluginReport] { known.withLock { $0 } }
    func backgroundServices() -> [BackgroundReport] { board.all }

    func refusedConfiguration() -> ConfigurationRefusal? { refusal.withLock { $0 } }

    func process() -> ProcessReport {
        let info = ProcessInfo.processInfo
        return ProcessReport(
            startedAt: startedAt, residentBytes: MemoryRelease.residentBytes, processors: info.activeProcessorCount,
            system: info.operatingSystemVersionString)
    }

    func configuration() -> [ConfigurationLine] {
        let config = current.withLock { $0 }
        let keys = ConfigInspection.keys(types)
        return ConfigPrint(config, keys: keys).values.map { path, value in
            let text = ConfigPath.text(path)
            return ConfigurationLine(
                path: text, value: value == "\"<secret>\"" ? "<secret>" : value,
                origin: config.origin(of: text)?.description,
                reader: Self.reader(of: path, keys), isLate: isLate(path, config, keys))
        }
    }

    private static func reader(of path: [String], _ keys: [ConfigKey]) -> ConfigurationLine.Reader {
        if keys.contains(where: { $0.covers(path) || $0.isBelow(path) }) { return .portal }
        return BackstageKeys.knows(path) ? .backstage : .nobody
    }

    private func isLate(_ path: [String], _ config: AppConfig, _ keys: [ConfigKey]) -> Bool {
        let text = ConfigPath.text(path)
        guard started.node(text).value != config.node(text).value else { return false }
        let readers = keys.filter { $0.covers(path) }
        return !readers.isEmpty && !readers.contains(where: \.isLive)
    }
}
