import Database
import EntityModel
import Logging
import PortalKit

/// Everything that reads sources, put together once all plugins are known.
struct IngestionRuntime: Sendable {
    let settings: CatalogSettings
    let pipeline: EntityPipeline
    let processor: SourceProcessor
    let loop: IngestionLoop
    let roots: [LocationReference]
    /// How pages show the paths of what these roots lead to.
    let paths: ShownPaths
    private let files: any Workspace
    private let sources: SourceStore

    /// - Parameters:
    ///   - settings: with targets as they are written in the configuration.
    ///   - troubles: what the log was told already, by the runtime before this one.
    ///   - meter: what it counts on with.
    static func make(
        _ settings: CatalogSettings, _ environment: PluginEnvironment, _ registry: PluginRegistry,
        troubles: TroubleLog = TroubleLog(), meter: ReadingMeter = ReadingMeter(),
        idle: @escaping @Sendable () async -> Void = {}
    ) async -> IngestionRuntime {
        var settings = settings
        let written = settings.locations
        let otherPlaces: [LocationReference: String]
        (settings.locations, otherPlaces) = await absolute(settings, environment)
        let readers =
            registry.all(LocationReader.self) + [
                FileLocationReader.make(environment.files), URLLocationReader.make(environment.fetcher, settings),
            ]
        let reading = LocationReading(readers: readers)
        let pipeline = EntityPipeline(
            kinds: EntityKind.builtIn, processors: registry.all(EntityProcessor.self),
            placeholders: Placeholders(
                registry.all(PlaceholderResolver.self) + BuiltInPlaceholders.all, reading: reading),
            rules: CatalogRules(settings.rules, locations: settings.locations), reading: reading)
        let processor = SourceProcessor(reading: reading, pipeline: pipeline)
        let sources = SourceStore(
            database: environment.database, queue: RefreshQueue(intervalMilliseconds: settings.intervalMilliseconds))
        return IngestionRuntime(
            settings: settings, pipeline: pipeline, processor: processor,
            loop: IngestionLoop(
                store: sources, processor: processor, strategy: settings.orphanStrategy, logger: environment.logger,
                idle: idle, troubles: troubles, meter: meter, otherPlaces: otherPlaces,
                tracer: environment.tracer),
            roots: settings.locations.map(\.location),
            paths: ShownPaths(
                configuration: settings.configFolder, roots: settings.locations.map(\.location),
                relative: Set(
                    zip(written, settings.locations).filter { !FilePath.isAbsolute($0.0.location.target) }
                        .map(\.1.location.target))),
            files: environment.files, sources: sources)
    }

    /// Relative paths start at the configuration's folder, or at its `packages/backend` as upstream's do.
    /// - Returns: the locations, and of those that are nowhere where else they were looked for.
    private static func absolute(
        _ settings: CatalogSettings, _ environment: PluginEnvironment
    ) async -> ([CatalogSettings.ConfiguredLocation], [LocationReference: String]) {
        var locations: [CatalogSettings.ConfiguredLocation] = []
        var otherPlaces: [LocationReference: String] = [:]
        for entry in settings.locations {
            guard entry.location.type == "file", URLReference.parse(entry.location.target) == nil else {
                locations.append(entry)
                continue
            }
            let target = entry.location.target
            let first = FilePath.joined(settings.configFolder, target)
            let second = FilePath.joined(settings.configFolder + "/packages/backend", target)
            var chosen = first
            if !FilePath.isAbsolute(target), await !exists(first, environment.files) {
                if await exists(second, environment.files) {
                    chosen = second
                } else {
                    // Told once it was read, with all else that is wrong with it.
                    otherPlaces[LocationReference(type: "file", target: first)] = second
                }
            }
            locations.append(.init(type: "file", target: chosen, rules: entry.rules))
        }
        return (locations, otherPlaces)
    }

    private static func exists(_ path: String, _ files: any Workspace) async -> Bool {
        let folder = FilePath.fixedFolder(of: path)
        guard let relative = FilePath.relative(path, to: folder) else { return false }
        if GlobPattern.isPattern(relative) {
            return (try? await files.list("*", beneath: folder, maximumCount: 1_000_000)) != nil
        }
        return (try? await files.stamp(of: relative, beneath: folder)) != nil
    }

    /// Reads what is due.
    /// - Parameter isInForce: what is read when this runtime no longer is has no effect.
    func run(while isInForce: @escaping @Sendable () -> Bool) async throws {
        var loop = loop
        loop.isInForce = isInForce
        try await loop.run()
    }

    /// Follows local files.
    func watch() async throws { try await SourceWatch(files: files, sources: sources).run() }
}
