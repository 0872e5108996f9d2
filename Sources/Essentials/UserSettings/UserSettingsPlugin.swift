import Database
import PortalKit

/// What people keep for themselves: settings, stars and the pages that they have been to.
///
/// `SettingsStore` has the rules and the one table; `SettingsAPI` is upstream's API on top of it, `StarsForm` what
/// pages without scripts send. `VisitRecorder` holds visits in memory until its background service writes them down.
/// Whose settings they are is said by whoever lets people in: `UserPrincipal.settingsOwner`. Start with `SettingsStore`.
public struct UserSettingsPlugin: Plugin {
    public static let id = "user-settings"
    public static let migrations = SettingsMigrations.all
    public static let databaseChecks = SettingsMigrations.checks

    private let store: SettingsStore
    private let form: StarsForm
    private let recorder: VisitRecorder
    private let writing: SettingsStore

    public init?(_ environment: PluginEnvironment) {
        store = SettingsStore(database: environment.database, clock: environment.clock)
        form = StarsForm(settings: store, catalog: environment.catalog)
        writing = SettingsStore(database: environment.database, clock: environment.clock, priority: .background)
        recorder = VisitRecorder(settings: writing, clock: environment.clock, logger: environment.logger)
    }

    public var contributions: [any Contribution] {
        [
            ServiceProvider.userSettings(store), ServiceProvider.visits(recorder),
            APIRoutes(SettingsAPI(settings: store).routes + form.routes),
            BackgroundService("visits", run: recorder.run),
            // What sessions kept that have ended.
            ScheduledJob("user-settings: sweep sessions", every: .seconds(600)) { [writing] _ in
                try await writing.sweepSessions()
            },
        ] + SettingsAPI.descriptions
    }
}
