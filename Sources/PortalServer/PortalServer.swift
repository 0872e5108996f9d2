import Database
import Foundation
import Hummingbird
import Logging
import NIOCore
public import PortalKit
import ServiceLifecycle
import UnixSignals

/// The running portal: configuration, database, plugins, socket.
public enum PortalServer {
    /// Runs until SIGTERM or SIGINT.
    /// - Parameters:
    ///   - paths: configuration files, later ones winning; none: app-config.yaml of the current folder, and
    ///     app-config.local.yaml if there is one.
    ///   - logFormat, logLevel: words of `callboard.logging.format` and `.level`, which they win over; nil where the
    ///     configuration decides.
    /// - Throws: `PortalError` or `DatabaseError` with a sentence for the operator.
    public static func run(
        _ plugins: [any Plugin.Type], configPaths paths: [String], logFormat: String? = nil, logLevel: String? = nil
    ) async throws {
        let start = ContinuousClock.now
        MemoryRelease.prepare()
        let log = LogOutput(
            format: logFormat.flatMap { LogSettings.Format(rawValue: $0) },
            level: logLevel.flatMap { Logger.Level(rawValue: $0) })
        let logger = log.logger("callboard")
        let config = try await checked(paths, plugins, log, logger)
        let settings = try ServerSettings(config)
        // Before the lock, which makes the folder of the database.
        try ListenProbe.check(settings.listen)
        let lock = try PortalLock.take(for: settings.database)
        defer { withExtendedLifetime(lock) {} }
        logger.info("Callboard \(CallboardVersion.current) starts on \(settings.database.summary).")
        let database = try await ConfiguredDatabase.open(settings.database)
        if database.isInMemory {
            logger.warning("The database is in memory: everything is lost when this program ends.")
        }
        let hosts = TrustedHosts(settings.trustedHosts)
        let files = LiveWorkspace(logger: logger)
        var outside = Portal.Outside(
            clock: SystemClock(), fetcher: LiveHTTPFetcher(trustedHosts: hosts), files: files, logger: logger)
        let exporter = try tracing(config, &outside)
        outside.logsRequests = { log.logsRequests }
        let portal = try await Portal.assemble(
            config, plugins: plugins, database: database, dataFolder: settings.database.folder, outside)
        let watch = ConfigWatch(
            plugins: plugins, reloads: portal.registry.all(ConfigReload.self), logger: logger,
            server: { config in
                let settings = try ServerSettings(config)
                hosts.exchange(for: settings.trustedHosts)
                log.take(settings.logging)
                try portal.take(config)
            }, inForce: { portal.noteInForce($0) }, refused: { portal.noteRefusal($0) },
            load: { try ConfigFiles.load(paths) })
        let services = [
            try JobRunner(portal.registry.all(ScheduledJob.self), database: database, logger: logger).service,
            MemoryRelease.service,
            BackgroundService("configuration") { try await watch.run(config, files: files) },
            farewell(logger),
        ]
        // What is started first is stopped last, so that the spans of all others are sent too.
        let work = (exporter + portal.registry.all(BackgroundService.self) + services).map {
            BackgroundWork($0, logger: logger, board: portal.report.board)
        }
        let application = application(portal, settings, work, logger) {
            let time = start.duration(to: .now)
            logger.info("\(Self.greeting(settings, listening: $0, after: time))")
        }
        let delay = ShutdownDelay(seconds: settings.shutdownDelay, health: portal.health, logger: logger)
        do {
            try await ServiceGroup(
                services: [application, delay], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet(logger)
            ).run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw PortalError(.input, settings.listen.isTaken)
        }
        await database.close()
        let seconds = Int(start.duration(to: .now) / .seconds(1))
        let done = "requests under way were answered, what was accepted is stored, the database is closed"
        logger.info("Callboard has stopped after \(seconds) s: \(done).")
    }

    /// Turns tracing on where it is asked for.
    /// - Returns: what sends the spans.
    private static func tracing(_ config: AppConfig, _ outside: inout Portal.Outside) throws -> [BackgroundService] {
        let settings = try TraceSettings(config, environment: ProcessInfo.processInfo.environment)
        for warning in settings.warnings { outside.logger.warning("\(warning)") }
        guard let endpoint = settings.endpoint else { return [] }
        let collector = try FetchTarget(endpoint)
        let queue = SpanQueue(settings.sampler)
        // The collector is the operator's choice, so it may be private; of what is read that says nothing.
        let fetcher = LiveHTTPFetcher(trustedHosts: TrustedHosts(["\(collector.bareHost):\(collector.port)"]))
        let exporter = SpanExporter(settings, queue, fetcher, outside.logger)
        outside.tracer = Tracer(queue)
        outside.metrics = { queue.families }
        outside.logger.info("Traces are sent to \(collector.bareHost):\(collector.port).")
        return [BackgroundService("traces") { try await exporter.run() }]
    }

    /// Warns of what is doubtful in the configuration, and refuses what is wrong, all of it before anything is made.
    private static func checked(
        _ paths: [String], _ plugins: [any Plugin.Type], _ log: LogOutput, _ logger: Logger
    ) async throws -> AppConfig {
        let loaded = try ConfigFiles.loadLeniently(paths)
        // What is wrong there is told with the rest.
        if let settings = try? LogSettings(loaded.config) { log.take(settings) }
        var check = ConfigCheck(loaded.config, keys: ConfigInspection.keys(plugins), mistakes: loaded.mistakes)
        try await check.checkPlugins(plugins, advises: false)
        check.log(to: logger, command: ConfigInspection.command(paths))
        if let refusal = check.refusal { throw refusal }
        return loaded.config
    }

    /// Says that a signal was heard: what is under way may take a while.
    private static func farewell(_ logger: Logger) -> BackgroundService {
        BackgroundService("farewell") {
            do { while true { try await Task.sleep(for: .seconds(86_400)) } } catch {
                // It ends too where the port is taken, which is said otherwise.
                if Task.isShuttingDownGracefully {
                    logger.info("Stopping: no new connections are taken, requests and background work come to an end.")
                }
                throw error
            }
        }
    }

    /// - Parameter port: which one it became, where the configuration leaves it open.
    static func greeting(_ settings: ServerSettings, listening port: Int?, after time: Duration) -> String {
        let address = ServerSettings.Address(host: settings.listen.host, port: port ?? settings.listen.port)
        let isHere = ["127.0.0.1", "0.0.0.0", "::1", "::"].contains(address.host)
        let url = "http://\(isHere ? "localhost:\(address.port)" : address.description)"
        let links = settings.baseURL.flatMap { $0 == url ? nil : "; links lead to app.baseUrl, \($0)" } ?? ""
        return "Callboard is at \(url) (ready after \(Int(time / .milliseconds(1))) ms)\(links)"
    }

    private static func application(
        _ portal: Portal, _ settings: ServerSettings, _ services: [BackgroundWork], _ logger: Logger,
        started: @escaping @Sendable (Int?) -> Void
    ) -> some ApplicationProtocol {
        var limits = ConnectionLimits()
        // Where the next replica takes over.
        if case .postgres = settings.database { limits.drain = .seconds(2) }
        return Application(
            responder: PortalResponder(dispatcher: portal.dispatcher, limits: limits),
            server: .portal(limits),
            configuration: .init(
                address: .hostname(settings.listen.host, port: settings.listen.port), serverName: nil),
            services: services,
            onServerRunning: { started($0.localAddress?.port) },
            logger: quiet(logger))
    }

    /// What the libraries of the server say: of what goes well, nothing.
    private static func quiet(_ logger: Logger) -> Logger {
        var quiet = logger
        quiet.logLevel = .warning
        return quiet
    }
}
