import Database
import EntityModel
import HTTPTypes
import Logging
import PortalKit
import PortalUI

/// A portal put together from its configuration and plugins: everything but the socket.
///
/// Boot order: database, migrations, plugins, their services, routes, what background services prepare. Only then is
/// a request answered.
package struct Portal: Sendable {
    package let registry: PluginRegistry
    package let database: any SQLDatabase
    let pages: PageRoutes
    let router: Router
    let gate: Gate
    let health: Health
    let meter: RequestMeter
    let operators: Operators
    let report: LiveReport
    let seats = EventSeats()
    let streams = EventSeats(.streams)
    private let outside: Outside

    /// What a portal is made with, for the live program and for tests.
    package struct Outside: Sendable {
        package var clock: any PortalClock
        package var fetcher: any HTTPFetcher
        package var files: any Workspace
        package var logger: Logger
        package var tracer = Tracer.off
        /// What else is told to Prometheus.
        package var metrics: @Sendable () -> [MetricFamily] = { [] }
        /// Whether each request has a line in the log.
        package var logsRequests: @Sendable () -> Bool = { false }

        package init(clock: any PortalClock, fetcher: any HTTPFetcher, files: any Workspace, logger: Logger) {
            self.clock = clock
            self.fetcher = fetcher
            self.files = files
            self.logger = logger
        }

        /// The same, with spans for what goes out.
        fileprivate var traced: Outside {
            guard tracer.isOn else { return self }
            var outside = self
            outside.fetcher = TracedFetcher(base: fetcher, tracer: tracer)
            return outside
        }
    }

    /// - Throws: `PortalError` of kind `input` for what is wrong in the configuration, `DatabaseError`, or what a
    ///   background service throws while it prepares.
    package static func assemble(
        _ config: AppConfig, plugins types: [any Plugin.Type], database: any SQLDatabase, dataFolder: String?,
        _ outside: Outside
    ) async throws -> Portal {
        try await Migrator(Lease.migrations + types.flatMap { $0.migrations }).migrate(database) {
            outside.logger.info("Another replica changes the tables of the database; this one starts after it.")
        }
        let outside = outside.traced
        let database: any SQLDatabase =
            outside.tracer.isOn ? TracedDatabase(base: database, tracer: outside.tracer) : database
        let services = PluginEnvironment.Services()
        try services.operators.take(config.node(Operators.key.path))
        var plugins: [any Plugin] = []
        for type in types {
            var logger = outside.logger
            logger[metadataKey: "plugin"] = "\(type.id)"
            let environment = PluginEnvironment(
                config: PluginConfig(config, keys: type.configKeys, plugin: type.id), logger: logger,
                clock: outside.clock, database: database, dataFolder: dataFolder, fetcher: outside.fetcher,
                files: outside.files, tracer: outside.tracer, services: services)
            if let plugin = try type.init(environment) { plugins.append(plugin) }
        }
        let registry = PluginRegistry(plugins)
        let report = LiveReport(config, plugins: types, clock: outside.clock)
        report.describe(registry)
        services.report.bind(report)
        try bind(registry, services)
        let health = Health(clock: outside.clock, logger: outside.logger)
        let pages = try await pageRoutes(config, registry, services, outside)
        let described = registry.all(APIRoutes.self).flatMap(\.routes) + health.routes + pages.routes
        let description = DescriptionRoute(
            described, registry.all(RouteDescription.self) + health.descriptions + pages.descriptions)
        let routes = described + [description.route]
        let meter = RequestMeter(routes)
        report.count(meter)
        report.add { [metrics = outside.metrics] in DatabaseMetrics.families(database.figures) + metrics() }
        let portal = Portal(
            registry: registry, database: database, pages: pages, router: try Router(routes),
            gate: Gate(identity: try services.identity.service, permissions: try services.permissions.service),
            health: health, meter: meter, operators: services.operators, report: report, outside: outside)
        report.add { [seats = portal.seats, streams = portal.streams] in
            [ServerMetrics.listeners(pages: seats.count, streams: streams.count)]
        }
        for service in registry.all(BackgroundService.self) { try await service.prepare() }
        health.becomeReady(registry.all(HealthCheck.self), storage: Health.storage(database))
        return portal
    }

    private static func pageRoutes(
        _ config: AppConfig, _ registry: PluginRegistry, _ services: PluginEnvironment.Services, _ outside: Outside
    ) async throws -> PageRoutes {
        let isSecure = config.node("app.baseUrl").value?.string?.lowercased().hasPrefix("https:") ?? false
        let appearance = try AppearanceSettings(config)
        for text in Brand(accent: appearance.accent).corrections {
            outside.logger.warning("app.branding.accent: \(text)")
        }
        let frame = LiveFrame(
            appearance, navigation: registry.all(NavigationItem.self),
            logo: await logo(config, outside), notices: try Self.notices(config))
        return PageRoutes(
            frame: frame, pages: registry.all(Page.self), signIn: registry.all(SignInProvider.self),
            clock: outside.clock, isSecure: isSecure, catalog: services.catalog, visits: services.visits)
    }

    /// A picture that cannot be read keeps nobody from the portal.
    private static func logo(_ config: AppConfig, _ outside: Outside) async -> Brand.Logo? {
        do { return try await LogoFile.read(config, outside.files) } catch {
            outside.logger.warning("\((error as? PortalError)?.message ?? "\(error)")")
            return nil
        }
    }

    /// What people should know of how the portal runs.
    private static func notices(_ config: AppConfig) throws -> [Frame.Notice] {
        let database = try DatabaseSettings.read(config.node("backend.database"), folder: config.folder)
        guard case .memory = database else { return [] }
        // It is written so; what is not written at all is a test.
        guard config.node("backend.database").isPresent else { return [] }
        return [Frame.Notice(.warn) { $0.server.nothingIsKept }]
    }

    /// Takes over what of the server's own configuration may change while it runs.
    /// - Throws: `PortalError` of kind `input` that names the key.
    package func take(_ config: AppConfig) throws {
        let appearance = try AppearanceSettings(config)
        try operators.take(config.node(Operators.key.path))
        pages.frame.take(appearance)
    }

    /// Notes what is in force from now on, for those who look into the portal.
    package func noteInForce(_ config: AppConfig) { report.take(config) }

    /// Notes for them, too, why what is written now is not in force.
    package func noteRefusal(_ mistakes: [String]) { report.refuse(mistakes) }

    private static func bind(_ registry: PluginRegistry, _ services: PluginEnvironment.Services) throws {
        services.registry.bind(registry)
        for provider in registry.all(ServiceProvider.self) {
            switch provider {
            case .catalog(let catalog): services.catalog.bind(catalog)
            case .permissions(let permissions): services.permissions.bind(permissions)
            case .identity(let identity): services.identity.bind(identity)
            case .userSettings(let settings): services.userSettings.bind(settings)
            case .visits(let visits): services.visits.bind(visits)
            }
        }
    }

    /// Every route with its access, for the golden file and the tests that call each anonymously.
    package var routes: [Route] { router.routes }

    var dispatcher: Dispatcher {
        Dispatcher(
            router: router, gate: gate, logger: outside.logger, meter: meter, seats: seats, streams: streams,
            seen: registry.all(ReadPosition.self).first.map { SeenPosition(position: $0, isSecure: pages.isSecure) },
            tracer: outside.tracer, logsRequests: outside.logsRequests, errorPage: pages.errorPage)
    }

    /// Answers a request without a socket; the body is refused beyond the route's limit.
    package func respond(
        _ method: HTTPRequest.Method, _ target: String, headers: HTTPFields = [:], body: [UInt8] = []
    ) async -> PortalResponse {
        await dispatcher.respond(
            to: .init(method: method, target: target, headers: headers) { limit in
                if body.count <= limit { return body }
                throw PortalError(.tooLarge, "The body is larger than \(ByteCount.text(limit)).")
            })
    }
}
