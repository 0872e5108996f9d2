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

    /// - Parameter settings: with targets as they are written in the configuration.
    static func make(
        _ settings: CatalogSettings, _ environment: PluginEnvironment, _ registry: PluginRegistry,
        idle: @escaping @Sendable () async -> Void = {}
    ) async -> IngestionRuntime {
        var settings = settings
        settings.locations = await absolute(settings, environment)
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
                idle: idle),
            roots: settings.locations.map(\.location),
            paths: ShownPaths(configuration: settings.configFolder, roots: settings.locations.map(\.location)),
            files: environment.files, sources: sources)
    }

    /// Relative paths start at the configuration's folder, or at its `packages/backend` as upstream's do.
    private static func absolute(
        _ settings: CatalogSettings, _ environment: PluginEnvironment
    ) async -> [CatalogSettings.ConfiguredLocation] {
        var locations: [CatalogSettings.ConfiguredLocation] = []
        for entry in settings.locations {
            guard entry.location.type == "file" else {
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
                    environment.logger.warning(
                        "catalog.locations: \(target) is neither at \(first) nor at \(second).")
                }
            }
            locations.append(.init(type: "file", target: chosen, rules: entry.rules))
        }
        return locations
    }

    private static func exists(_ path: String, _ files: any Workspace) async -> Bool {
        let folder = FilePath.fixedFolder(of: path)
        guard let relative = FilePath.relative(path, to: folder) else { return false }
        if GlobPattern.isPattern(relative) {
            return (try? await files.list("*", beneath: folder, maximumCount: 1_000_000)) != nil
        }
        return (try? await files.stamp(of: relative, beneath: folder)) != nil
    }

    private static let mostWatched = 8_000

    /// Watches the folders of local files and asks for what changed there; looks anew when there are more folders.
    func watch() async throws {
        while true {
            let targets = try await sources.targets(type: "file").map(\.target)
            let folders = Set(targets.map(FilePath.fixedFolder)).sorted().prefix(Self.mostWatched)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await follow(files.changes(in: Array(folders))) }
                group.addTask { try await waitForNewFolders(Set(folders)) }
                try await group.next()
                group.cancelAll()
            }
        }
    }

    private func follow(_ changes: AsyncStream<FileChange>) async throws {
        for await change in changes {
            let known = try await sources.targets(type: "file")
            switch change {
            case .anything: try await sources.request(known.map(\.id))
            case .path(let path):
                let location = LocationReference(type: "file", target: path)
                var ids = try await sources.sources(reading: [location])
                for (id, target) in known
                where GlobPattern.isPattern(target) && path.hasPrefix(FilePath.fixedFolder(of: target)) {
                    ids.append(id)
                }
                try await sources.request(ids)
            }
        }
        // The workspace offers no watching: intervals and requests remain.
        try await Task.sleep(for: .seconds(1 << 30))
    }

    private func waitForNewFolders(_ known: Set<String>) async throws {
        var shape = try await sources.shape()
        while true {
            try await Task.sleep(for: .seconds(5))
            let now = try await sources.shape()
            if now == shape { continue }
            shape = now
            let folders = Set(try await sources.targets(type: "file").map { FilePath.fixedFolder(of: $0.target) })
            if folders.count <= Self.mostWatched, folders != known { return }
        }
    }
}
