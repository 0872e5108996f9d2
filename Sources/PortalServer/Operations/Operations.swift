public import Database
import Foundation
public import PortalKit

/// What operators do with the database of a portal: the work of the commands `backup`, `restore`, `migrate`,
/// `migrations` and `doctor`.
public struct Operations: Sendable {
    private let plugins: [any Plugin.Type]
    public let database: DatabaseConfiguration

    /// - Parameter paths: configuration files, as `PortalServer.run` takes them.
    /// - Throws: `PortalError` of kind `input` where they do not say which database is meant.
    public init(_ plugins: [any Plugin.Type], configPaths paths: [String]) throws {
        let loaded = try ConfigFiles.loadLeniently(paths)
        try self.init(plugins, loaded.config)
    }

    init(_ plugins: [any Plugin.Type], _ config: AppConfig) throws {
        self.init(
            plugins, database: try DatabaseSettings.read(config.node("backend.database"), folder: config.folder))
    }

    /// For a database that is known.
    package init(_ plugins: [any Plugin.Type], database: DatabaseConfiguration) {
        self.plugins = plugins
        self.database = database
    }

    var migrations: [Migration] { Lease.migrations + plugins.flatMap { $0.migrations } }

    /// Makes a backup, also while portals run.
    /// - Throws: `DatabaseError`.
    public func backup(
        to path: String, overwrites: Bool, progress: @escaping @Sendable (CopyProgress) -> Void
    ) async throws -> Backup.Report {
        try await Backup(database, migrations: migrations, program: CallboardVersion.current, progress: progress)
            .make(at: path, overwrites: overwrites)
    }

    /// Puts a backup in the place of the database.
    /// - Throws: `DatabaseError`; the database is as it was then.
    public func restore(
        from path: String, replaces: Bool, progress: @escaping @Sendable (CopyProgress) -> Void
    ) async throws -> Restoration.Report {
        try await Restoration(
            of: path, to: database, migrations: migrations,
            steps: plugins.flatMap { $0.restoreSteps.map(\.run) }, progress: progress
        ).run(replaces: replaces)
    }

    /// What was applied, what is known, what is unknown.
    /// - Throws: `DatabaseError`.
    public func migrationStates() async throws -> [MigrationState] {
        try await with(.reading) { try await Migrator(migrations).states(in: $0) }
    }

    /// Applies what is missing, as the next start would.
    /// - Throws: `DatabaseError`; on SQLite `busy` while a portal runs.
    public func migrate() async throws -> [Migration] {
        try await with(.alone) { try await Migrator(migrations).migrate($0) }
    }

    /// What going back would take back, last first.
    /// - Throws: `DatabaseError`.
    public func planBack(to targets: [String: Int]) async throws -> [Migration] {
        try await with(.reading) { try await Migrator(migrations).plan(backTo: targets, in: $0) }
    }

    /// - Throws: `DatabaseError`; `busy` while a portal runs.
    public func goBack(to targets: [String: Int]) async throws -> [Migration] {
        try await with(.alone) { try await Migrator(migrations).goBack(to: targets, in: $0) }
    }

    private func with<Result: Sendable>(
        _ use: DatabaseUse, _ body: (ConfiguredDatabase) async throws -> Result
    ) async throws -> Result {
        let opened = try await ConfiguredDatabase.open(database, for: use)
        do {
            let result = try await body(opened)
            await opened.close()
            return result
        } catch {
            await opened.close()
            throw error
        }
    }
}
