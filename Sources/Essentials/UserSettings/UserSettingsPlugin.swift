import Database
import Logging
import PortalKit

/// What people keep for themselves: settings, stars and the pages that they have been to.
///
/// `SettingsStore` has the rules and the one table; `SettingsAPI` is upstream's API on top of it, `StarsForm` what
/// pages without scripts send. `VisitRecorder` holds visits in memory until its background service writes them down.
/// Whose settings they are is said by whoever lets people in: `UserPrincipal.settingsOwner`. Start with `SettingsStore`.
public struct UserSettingsPlugin: Plugin {
    public static let id = "user-settings"
    public static let migrations = SettingsMigrations.all

    private let store: SettingsStore
    private let form: StarsForm
    private let recorder: VisitRecorder
    private let upkeep: SettingsUpkeep

    public init?(_ environment: PluginEnvironment) {
        store = SettingsStore(database: environment.database, clock: environment.clock)
        form = StarsForm(settings: store, catalog: environment.catalog)
        let writing = SettingsStore(database: environment.database, clock: environment.clock, priority: .background)
        recorder = VisitRecorder(settings: writing, clock: environment.clock, logger: environment.logger)
        upkeep = SettingsUpkeep(store: writing, clock: environment.clock, logger: environment.logger)
    }

    public var contributions: [any Contribution] {
        [
            ServiceProvider.userSettings(store), ServiceProvider.visits(recorder),
            APIRoutes(SettingsAPI(settings: store).routes + form.routes),
            BackgroundService("visits", run: recorder.run),
            BackgroundService("settings of sessions", run: upkeep.run),
        ] + SettingsAPI.descriptions
    }
}
