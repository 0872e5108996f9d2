import Database
import PortalKit

/// The home page with its widgets, and the page of stars.
///
/// `HomePages` reads what somebody has on the page (`HomeLayout`, a setting of theirs), asks all those `HomeWidget`s at
/// once for their content, and draws `HomePage`; `LayoutPage` is the form that changes the layout, `LayoutChange` what it
/// sends. `HomeWidgets` and `FirstSteps` are the widgets of this plugin; others contribute more. Start with `HomePages`.
public struct HomePlugin: Plugin {
    public static let id = "home"
    public static let configKeys = HomeSettings.keys

    private let environment: PluginEnvironment
    private let settings: LiveHomeSettings

    public init?(_ environment: PluginEnvironment) throws {
        self.environment = environment
        settings = LiveHomeSettings(try HomeSettings(environment.config))
    }

    public var contributions: [any Contribution] {
        let kept = KeptPages(
            settings: environment.userSettings, visits: environment.visits, catalog: environment.catalog)
        return HomePages(registry: environment.registry, settings: environment.userSettings).contributions
            + HomeWidgets(settings: settings, kept: kept).contributions
            + FirstSteps(
                registry: environment.registry, catalog: environment.catalog, settings: environment.userSettings,
                operators: environment.operators, storage: storage
            ).contributions
            + [
                Page("starred", path: StarredPage.url.text, navigation: "home") { request, context in
                    try await StarredPage.load(request, kept, context).content
                },
                ConfigReload(plugin: Self.id) { [settings] in settings.take(try HomeSettings($0)) },
            ]
    }

    private var storage: FirstSteps.Storage {
        if environment.database.dialect == .postgres { return .server }
        return environment.dataFolder.map { .folder($0) } ?? .memory
    }
}
