import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// `/settings/feature-flags`: what plugins offer to those who switch it on.
struct FlagSettings: Sendable {
    let registry: ServiceHandle<PluginRegistry>
    let settings: ServiceHandle<any UserSettingsService>

    private static let path = "/settings/feature-flags"
    private static let longestForm = 4 << 10

    var contributions: [any Contribution] {
        [
            Page("settings-flags", path: Self.path, navigation: "settings", isNoted: false) { _, context in
                try await page(context)
            },
            APIRoutes([
                Route(
                    .post, Self.path, access: .authenticated, maximumBodyBytes: Self.longestForm, isPage: true,
                    handler: change)
            ]),
        ]
    }

    private func page(_ context: ViewContext) async throws -> PageContent {
        let flags = try registry.service.all(FeatureFlag.self)
        var on: Set<String> = []
        if let user = context.user {
            on = try await FeatureFlags(settings.service, of: user).on(among: flags.map(\.id))
        }
        return SettingsFrame.content(.flags, context, Self.html(flags, on, context))
    }

    private static func html(_ flags: [FeatureFlag], _ on: Set<String>, _ context: ViewContext) -> HTML {
        let words = context.words
        if flags.isEmpty { return EmptyState.html(words.noFlags, words.noFlagsText) }
        return HTML { h in
            h.add(Card.quiet(words.flagsText))
            h.add(
                SettingRows.html(
                    flags.map { flag in
                        let isOn = on.contains(flag.id)
                        return .init(
                            flag.title, flag.description,
                            control: Segments.html(
                                flag.title, name: "state", to: SettingsFrame.url(of: .flags),
                                fields: [("flag", flag.id)],
                                [.init("on", words.on, isChosen: isOn), .init("off", words.off, isChosen: !isOn)]))
                    }))
        }
    }

    private func change(_ request: PortalRequest) async throws -> PortalResponse {
        let user = try request.principal.settingsUser
        let form = try request.form
        let page = SettingsFrame.url(of: .flags)
        guard let id = form["flag"], try registry.service.all(FeatureFlag.self).contains(where: { $0.id == id }),
            let state = form["state"], ["on", "off"].contains(state)
        else { throw FormRefusal(request, on: page) { $0.interface.formNotUnderstood } }
        try await request.refusing(on: page, { $0.interface.tooMuchKept }) {
            try await FeatureFlags(settings.service, of: user).set(id, isOn: state == "on")
        }
        return .redirect(Self.path)
    }
}
