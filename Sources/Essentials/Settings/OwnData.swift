import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalUI

/// Everything that is kept of one person: a file of it, and its end.
struct OwnData: Sendable {
    let settings: ServiceHandle<any UserSettingsService>
    let visits: ServiceHandle<any VisitService>
    let clock: any PortalClock

    static let exportURL: SafeURL = "/settings/export"
    static let deletionURL: SafeURL = "/settings/delete"
    /// What the address of the settings says afterwards.
    static let doneParameter = "done"

    var contributions: [any Contribution] {
        [
            Page("settings-delete", path: Self.deletionURL.text, navigation: "settings", isNoted: false) { _, context in
                try await deletionPage(context)
            },
            APIRoutes([
                Route(.get, Self.exportURL.text, access: .authenticated, isPage: true, handler: export),
                Route(.post, Self.deletionURL.text, access: .authenticated, isPage: true, handler: delete),
            ]),
        ]
    }

    /// How many settings are kept.
    func count(of user: UserPrincipal) async throws -> Int {
        try await settings.service.all(of: user.settingsOwner).count
    }

    private func export(_ request: PortalRequest) async throws -> PortalResponse {
        let user = try request.principal.settingsUser
        let all = try await settings.service.all(of: user.settingsOwner)
        let visited = try await visits.service.recent(of: request.principal, limit: Visits.most)
        var response = PortalResponse.json(Self.json(all, visited, of: user, at: clock.now.formatted(.iso8601)))
        response.headers[.contentDisposition] = "attachment; filename=\"callboard-settings.json\""
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private static func json(
        _ all: [(name: SettingName, value: JSONValue)], _ visited: [Visit], of user: UserPrincipal, at time: String
    ) -> JSONValue {
        let stars = all.first { $0.name == Stars.name }?.value
        return [
            "exportedAt": .string(time), "userEntityRef": .string(user.userEntityRef),
            "stars": .array(Stars.references(stars).map { .string($0.description) }),
            "visits": .array(visited.map(\.json)),
            "settings": .array(
                all.map { ["bucket": .string($0.name.bucket), "key": .string($0.name.key), "value": $0.value] }),
        ]
    }

    private func deletionPage(_ context: ViewContext) async throws -> PageContent {
        let user = try context.principal.settingsUser
        let words = context.words
        let all = try await settings.service.all(of: user.settingsOwner)
        let stars = Stars.references(all.first { $0.name == Stars.name }?.value).count
        let visited = try await visits.service.recent(of: context.principal, limit: Visits.most).count
        return PageContent(
            words.delete, trail: [.init(words.settings, SettingsFrame.url)],
            html: HTML { h in
                h.add(PageHead.html(words.deleteQuestion))
                h.add(Note.text(.warn, words.deleteText(all.count, stars, visited), words.deleteCannotBeUndone))
                h.add(
                    ActionRow.html(
                        HTML { h in
                            h.add(Button.form(words.delete, to: Self.deletionURL, isMain: true))
                            h.add(Button.link(words.export, Self.exportURL))
                            h.add(Button.link(words.keep, SettingsFrame.url))
                        }))
            })
    }

    private func delete(_ request: PortalRequest) async throws -> PortalResponse {
        let user = try request.principal.settingsUser
        // Before, or what waits would be written down again.
        try await visits.service.forget(request.principal)
        try await settings.service.removeAll(of: user.settingsOwner)
        return .redirect("\(SettingsFrame.url.text)?\(Self.doneParameter)=deleted")
    }
}
