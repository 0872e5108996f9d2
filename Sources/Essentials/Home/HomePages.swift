import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// Loads the home page and changes its layout.
struct HomePages: Sendable {
    let registry: ServiceHandle<PluginRegistry>
    let settings: ServiceHandle<any UserSettingsService>

    private static let longestForm = 32 << 10

    var contributions: [any Contribution] {
        [
            NavigationItem("home", title: "Home", path: "/", icon: .home, section: .work, key: "h", rank: 0),
            Page("home", path: "/", navigation: "home") { _, context in try await page(context).content },
            Page("home-layout", path: LayoutPage.url.text, navigation: "home", isNoted: false) { _, context in
                let widgets = try widgets(for: context.principal)
                return LayoutPage(
                    layout: try await layout(of: try context.principal.settingsUser, widgets), widgets: widgets,
                    context: context
                ).content
            },
            APIRoutes([
                Route(
                    .post, LayoutPage.action.text, access: .authenticated, maximumBodyBytes: Self.longestForm,
                    isPage: true, handler: change)
            ]),
        ]
    }

    /// In the order in which they stand until people say otherwise.
    private func widgets(for principal: Principal) throws -> [HomeWidget] {
        try registry.service.all(HomeWidget.self).filter { $0.isFor(principal) }.enumerated()
            .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    }

    private func layout(of user: UserPrincipal?, _ widgets: [HomeWidget]) async throws -> HomeLayout {
        let usual = HomeLayout.usual(widgets)
        guard let user else { return usual }
        let kept = try await Outage.orElse(nil) {
            try await settings.service.value(HomeLayout.name, of: user.settingsOwner)
        }
        return HomeLayout(kept) ?? usual
    }

    private func page(_ context: ViewContext) async throws -> HomePage {
        let widgets = try widgets(for: context.principal)
        let placed = try await layout(of: context.user, widgets).placed(widgets)
        let drawn = await Contributed.all(placed.map { Placed(widget: $0.widget, width: $0.width) }, context) {
            try await $0.widget.content(context)
        }
        return HomePage(
            parts: drawn.compactMap { part, content in content.map { (part.widget, part.width, $0) } },
            mayEdit: context.user != nil, context: context)
    }

    private struct Placed: Sendable {
        let widget: HomeWidget
        let width: Int
    }

    private func change(_ request: PortalRequest) async throws -> PortalResponse {
        let user = try request.principal.settingsUser
        let form = try request.form
        let change = try await request.refusing(on: LayoutPage.url, { $0.interface.formNotUnderstood }) {
            try LayoutChange(form)
        }
        let widgets = try widgets(for: request.principal)
        try await request.refusing(on: LayoutPage.url, { $0.interface.tooMuchKept }) {
            _ = try await settings.service.update(HomeLayout.name, of: user.settingsOwner) { value in
                change.applied(to: HomeLayout(value) ?? .usual(widgets), widgets)?.json
            }
        }
        var response = PortalResponse.redirect(LayoutPage.url.text)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
