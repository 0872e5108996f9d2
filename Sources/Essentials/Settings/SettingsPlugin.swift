import PortalKit

/// The pages of settings: how pages look, who somebody is, what is kept of them, and what they switch on.
///
/// Pages and their tabs stand in `SettingsFrame`. `GeneralSettings` sends its choices to `/settings/view`, which the
/// server has; `OwnData` gives people what is kept of them and deletes it; `FlagSettings` lists what plugins contribute
/// as `FeatureFlag`. Start with `SettingsFrame`.
public struct SettingsPlugin: Plugin {
    public static let id = "settings"

    private let environment: PluginEnvironment

    public init?(_ environment: PluginEnvironment) { self.environment = environment }

    public var contributions: [any Contribution] {
        let data = OwnData(
            settings: environment.userSettings, visits: environment.visits, clock: environment.clock)
        return [
            NavigationItem(
                "settings", title: "Settings", path: SettingsFrame.url, icon: .settings, section: .run, key: "s"),
            Page("settings", path: SettingsFrame.url.text, navigation: "settings") { request, context in
                try await general(data, request, context).content
            },
            Page(
                "settings-providers", path: SettingsFrame.url(of: .providers).text, navigation: "settings",
                isNoted: false
            ) { _, context in
                ProviderSettings(
                    providers: try environment.registry.service.all(SignInProvider.self), context: context
                ).content
            },
        ] + data.contributions
            + FlagSettings(registry: environment.registry, settings: environment.userSettings).contributions
    }

    private func general(
        _ data: OwnData, _ request: PortalRequest, _ context: ViewContext
    ) async throws -> GeneralSettings {
        var identity: IdentityCard?
        var kept = 0
        if let user = context.user {
            identity = try await IdentityCard.load(user, try environment.catalog.service, context)
            kept = try await data.count(of: user)
        }
        return GeneralSettings(
            identity: identity, kept: kept, wasDeleted: request.query[OwnData.doneParameter] == "deleted",
            context: context)
    }
}
