import Database
import EntityModel
import Logging
import PortalKit

/// The software catalog: reads entity files, stores what they say, and answers from an index in memory.
///
/// Data flow: `Ingestion/IngestionLoop` claims a due source, `SourceProcessor` reads it and takes each document through
/// the `EntityPipeline`, `Store/Sources/SourceWriter` stores the result together with rows of the change feed, and
/// `Index/FeedFollower` brings the published `CatalogIndex` up to date, from which `API/` and `Pages/` answer.
public struct CatalogPlugin: Plugin {
    public static let id = "catalog"
    public static let migrations = CatalogMigrations.all
    public static let databaseChecks = CatalogChecks.all
    public static let restoreSteps = [RestoreStep(SQLCatalogFeed.renew), RestoreStep(SourceStore.giveAllBack)]
    public static let configKeys = CatalogConfigKeys.all
    public static let commands = [CLICommand(ValidateCommand.self), CLICommand(GenerateCommand.self)]

    private let environment: PluginEnvironment
    private let settings: CatalogSettings
    private let index = PublishedIndex()
    private let follower: FeedFollower
    private let runtime = RuntimeExchange()
    private let report: StartReport
    /// Kept over changes of the configuration, or each would say everything again.
    private let troubles = TroubleLog()
    private let meter = ReadingMeter()

    public init?(_ environment: PluginEnvironment) throws {
        self.environment = environment
        settings = try CatalogSettings(environment.config)
        follower = FeedFollower(
            SQLCatalogFeed(environment.database), index: index, logger: environment.logger, tracer: environment.tracer)
        report = StartReport(index: index, follower: follower, logger: environment.logger)
    }

    public var contributions: [any Contribution] {
        [
            ServiceProvider.catalog(LiveCatalog(index: index, permissions: environment.permissions)),
            BackgroundService("catalog index", prepare: prepare, run: follower.run),
            BackgroundService("catalog ingestion") { try await runtime.onEach { try await $0.run(while: $1) } },
            pruning.job,
            BackgroundService("catalog files") { try await runtime.onEach { runtime, _ in try await runtime.watch() } },
            ConfigAdvice(advice),
            ConfigReload(plugin: Self.id) { try await take(CatalogSettings($0)) },
            APIRoutes(routes + [CatalogEvents(index: index).route]),
            health.databaseCheck, health.feedCheck,
            CatalogMetrics(index: index, database: environment.database, readings: meter).source,
        ] + CatalogPermissions.all + descriptions
            + pages.contributions + GraphPages(index: index).contributions + [goPage.page]
            + MissingFeature(index: index).contributions
            + CatalogHome(index: index, permissions: environment.permissions).contributions
            + ingestionPages.contributions + ChangePages(log: log, index: index, paths: paths).contributions
            + readPosition
    }

    /// SQLite has no other replicas.
    private var readPosition: [any Contribution] {
        if environment.database.dialect == .sqlite { return [] }
        return [
            ReadPosition(
                current: { [index] in index.current.head },
                reach: { [follower] in await follower.reach($0, atMost: $1) })
        ]
    }

    private var log: ChangeLog { ChangeLog(database: environment.database) }

    private var pruning: HistoryPruning {
        HistoryPruning(
            database: environment.database,
            retention: { [runtime, settings] in (try? runtime.current.settings)?.history ?? settings.history },
            logger: environment.logger)
    }

    private var descriptions: [RouteDescription] {
        CatalogDocument.routes + ExportAPI.descriptions + ChangesAPI.descriptions + [
            AncestryAPI.historyDescription, CatalogEvents.description,
        ]
    }

    private var personal: PersonalServices {
        PersonalServices(settings: environment.userSettings, visits: environment.visits)
    }

    private var goPage: GoPage { GoPage(index: index, registry: environment.registry, personal: personal) }

    private var pages: EntityPages {
        let entities = EntityStore(database: environment.database, logger: environment.logger)
        let catchUp: @Sendable () async throws -> Void = { [follower] in try await follower.catchUp() }
        let deletion = OrphanDeletion(
            index: index, entities: entities, permissions: environment.permissions, catchUp: catchUp)
        let locations = LocationPages(
            roots: roots, index: index, permissions: environment.permissions, runtime: runtime, catchUp: catchUp)
        let loader = EntityPageLoader(
            index: index, entities: entities, sources: sources, registry: environment.registry, paths: paths,
            deletion: deletion, locations: locations,
            personal: personal)
        return EntityPages(
            index: index, sources: sources, catchUp: catchUp, paths: paths, deletion: deletion,
            locations: locations, loader: loader, personal: personal)
    }

    private var ingestionPages: IngestionPages {
        IngestionPages(
            overview: { [database = environment.database] in try await SourceOverview.read($0, in: database) },
            sources: sources, index: index, operators: environment.operators, report: environment.report, paths: paths)
    }

    private func advice() async throws -> [PortalError] {
        let readers = try environment.registry.service.all(LocationReader.self)
        return try await CatalogAdvice(
            config: environment.config, settings: settings, files: environment.files, readers: readers
        ).found()
    }

    private var health: CatalogHealth { CatalogHealth(database: environment.database, index: index) }

    private func prepare() async throws {
        try await SQLCatalogFeed.prepare(environment.database)
        // Both take a while; what the settings change meanwhile is in the change feed.
        async let loaded: Void = follower.load()
        try await take(settings)
        try await loaded
        try await follower.catchUp()
        let registered = try await roots.registered().count
        let known = index.current.count
        environment.logger.info(
            "Locations: \(settings.locations.count) configured, \(registered) registered. Known already: \(known) entities."
        )
    }

    private func paths() -> ShownPaths {
        (try? runtime.current.paths) ?? ShownPaths(configuration: environment.config.folder, roots: [])
    }

    /// Puts settings in force: what they no longer name is given up, what they name anew is due.
    private func take(_ settings: CatalogSettings) async throws {
        let next = await IngestionRuntime.make(
            settings, environment, try environment.registry.service, troubles: troubles, meter: meter, idle: report.tell
        )
        // Before everything is asked for anew: who claims that by the old settings would store it.
        let old = try? runtime.current
        runtime.suspend()
        do { try await roots.synchronize(next.roots, fingerprint: next.pipeline.fingerprint) } catch {
            if let old { runtime.exchange(for: old) }
            throw error
        }
        let before = old?.settings
        troubles.forget(Set(before?.locations.map(\.location) ?? []).subtracting(next.roots))
        runtime.exchange(for: next)
        index.writeRelationTargets(settings.writesRelationTargets)
        if settings.readingAllow == before?.readingAllow ?? [] { return }
        // After the exchange, or those who read by the old settings would fail again.
        try await sources.retry { url in settings.allowsReading(url) && before?.allowsReading(url) != true }
    }

    private var roots: RootStore { RootStore(database: environment.database, logger: environment.logger) }

    private var sources: SourceStore {
        SourceStore(
            database: environment.database,
            queue: RefreshQueue(intervalMilliseconds: settings.intervalMilliseconds))
    }

    private var routes: [Route] {
        let entities = EntityStore(database: environment.database, logger: environment.logger)
        let policyVersion: @Sendable () throws -> String = { [permissions = environment.permissions] in
            try permissions.service.policyVersion
        }
        let catchUp: @Sendable () async throws -> Void = { [follower] in try await follower.catchUp() }
        let all =
            EntitiesAPI(index: index, policyVersion: policyVersion).routes
            + EntityByNameAPI(index: index).routes
            + EntityFacetsAPI(index: index, policyVersion: policyVersion).routes
            + RefreshAPI(
                sources: sources, entities: entities, index: index, identity: environment.identity,
                permissions: environment.permissions, catchUp: catchUp
            ).routes
            + LocationsAPI(
                roots: roots, index: index, permissions: environment.permissions,
                runtime: runtime, catchUp: catchUp
            ).routes
            + AncestryAPI(entities: entities, index: index).routes + ChangesAPI(log: log, index: index).routes
            + ValidateAPI(index: index, permissions: environment.permissions, runtime: runtime).routes
            + PermissionRulesAPI(index: index).routes + DescriptionAPI().routes
            + ExportAPI(index: index, policyVersion: policyVersion, personal: personal).routes
        return all.map(QueryNames.checked)
    }
}
