import Database
import EntityModel
import Foundation
import HTTPTypes
import Logging
import PortalKit

/// What every plugin must hold, whoever wrote it.
///
///     @Test func isCompatible() async throws { #expect(try await PluginCompatTest(JenkinsPlugin.self).problems() == []) }
public struct PluginCompatTest: Sendable {
    private let type: any Plugin.Type

    public init(_ type: any Plugin.Type) { self.type = type }

    /// Everything that is wrong, in words; empty for a good plugin.
    /// - Parameter config: one that turns the plugin on.
    public func problems(config: String = "{}") async throws -> [String] {
        var problems: [String] = []
        let id = type.id
        if id.isEmpty || !id.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }) {
            problems.append("The id '\(id)' must be lowercase letters, digits and dashes.")
        }
        for key in type.configKeys where key.summary.isEmpty || !key.summary.hasSuffix(".") {
            problems.append("The key \(key.path) needs a sentence that says what it is for.")
        }
        problems += Self.migrations(type.migrations)
        let http = RecordedHTTP()
        guard let plugin = try await make(config, http) else { return problems }
        if !http.requests.isEmpty { problems.append("The plugin fetches something while it is made.") }
        return problems + Self.contributions(plugin, id: id)
    }

    private func make(_ config: String, _ http: RecordedHTTP) async throws -> (any Plugin)? {
        let loader = AppConfigLoader(environment: [:]) { _ in Array(config.utf8) }
        let loaded = try loader.load(["/portal/app-config.yaml"]).config
        return try type.init(
            PluginEnvironment(
                config: PluginConfig(loaded, keys: type.configKeys, plugin: type.id),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, clock: TestClock(),
                database: UnusedDatabase(), dataFolder: nil, fetcher: http, files: MemoryWorkspace(),
                services: .init()))
    }

    private static func migrations(_ migrations: [Migration]) -> [String] {
        var problems: [String] = []
        for (feature, group) in Dictionary(grouping: migrations, by: \.feature) {
            let numbers = group.map(\.number)
            if numbers != Array(1..<(numbers.count + 1)) {
                problems.append("The migrations of \(feature) must count from one without a gap.")
            }
        }
        for migration in migrations where migration.sqlite.isEmpty || migration.postgres.isEmpty {
            problems.append("The migration \(migration.feature) \(migration.number) lacks a dialect.")
        }
        return problems
    }

    private static func contributions(_ plugin: any Plugin, id: String) -> [String] {
        var problems: [String] = []
        let registry = PluginRegistry([plugin])
        let ids =
            registry.all(EntityCard.self).map(\.id) + registry.all(EntityTab.self).map { "tab \($0.id)" }
            + registry.all(Page.self).map { "page \($0.id)" }
            + registry.all(NavigationItem.self).map { "item \($0.id)" }
            + registry.all(HomeWidget.self).map { "widget \($0.id)" }
            + registry.all(FeatureFlag.self).map { "flag \($0.id)" }
        for (name, group) in Dictionary(grouping: ids, by: { $0 }) where group.count > 1 {
            problems.append("The id \(name) is given \(group.count) times.")
        }
        for route in registry.all(APIRoutes.self).flatMap(\.routes) {
            if case .open(let reason) = route.access, reason.isEmpty {
                problems.append("The open route \(route.path) needs a reason.")
            }
            let key = "\(route.method.rawValue) \(route.path)"
            if route.maximumBodyBytes > 64 << 20 { problems.append("\(key) reads bodies beyond 64 MiB.") }
        }
        return problems
    }
}

/// A plugin that touches the database while it is made is caught here.
private struct UnusedDatabase: SQLDatabase {
    struct Used: Error {}

    var dialect: Dialect { .sqlite }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result { throw Used() }

    func write<Result: Sendable>(
        priority: WritePriority, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result { throw Used() }

    func notifications(_ channel: StaticString) -> AsyncStream<Void> { AsyncStream { $0.finish() } }
    func close() async {}
}
