import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting

@testable import Essentials

/// Widgets and flags as a plugin brings them: a good one, one that throws, one that never ends, one with nothing to
/// show, one that must be asked for, and one that is for bob alone.
struct WidgetsPlugin: Plugin {
    static let id = "widgets"

    init?(_ environment: PluginEnvironment) throws {}

    var contributions: [any Contribution] {
        [
            HomeWidget("good", title: { $0 == .german ? "Gut" : "Good <one>" }, width: .columns(6), rank: 20) {
                context in
                HTML { $0.text("for \(context.user?.userEntityRef ?? "nobody")") }
            },
            HomeWidget("throws", title: { _ in "Throws" }, rank: 10) { _ in
                throw PortalError(.unavailable, "The vendor is away.")
            },
            HomeWidget("empty", title: { _ in "Empty" }) { _ in nil },
            HomeWidget("extra", title: { _ in "Extra" }, isUsual: false) { _ in HTML { $0.text("more of it") } },
            HomeWidget(
                "bobs", title: { _ in "Bobs" }, isFor: { $0 == .user(PeoplePlugin.user("bob")) },
                content: { _ in HTML { $0.text("bobs alone") } }),
            FeatureFlag("new-look", title: "New <look>", description: "Everything looks new."),
        ]
    }
}

/// A portal of the pages of this feature alone, for ann, bob and a program.
struct HomePortal {
    let portal: TestPortal

    static let essentials: [any Plugin.Type] = [
        UserSettingsPlugin.self, HomePlugin.self, SettingsPlugin.self, PeoplePlugin.self,
    ]

    static func make(
        _ config: String = "", plugins: [any Plugin.Type] = [WidgetsPlugin.self], clock: any PortalClock = TestClock()
    ) async throws -> HomePortal {
        HomePortal(portal: try await TestPortal.make(config, plugins: essentials + plugins, clock: clock))
    }

    func page(_ path: String, as name: String? = "ann", _ headers: HTTPFields = [:]) async -> String {
        String(decoding: await portal.send(.get, path, token: name, headers: headers).body, as: UTF8.self)
    }

    @discardableResult
    func submit(_ path: String, _ fields: KeyValuePairs<String, String>, as name: String = "ann") async
        -> PortalResponse
    {
        let form = fields.map { "\(PercentCoding.encode($0.key))=\(PercentCoding.encode($0.value))" }
        return await portal.submit(path, form: form.joined(separator: "&"), token: name)
    }

    func star(_ references: String..., as name: String = "ann") async {
        let value: JSONValue = ["value": .array(references.map(JSONValue.string))]
        _ = await portal.send(
            .put, SettingsPortal.path(Stars.name.bucket, Stars.name.key), json: value, token: name)
    }

    func setting(_ name: SettingName, as owner: String = "ann") async -> JSONValue? {
        let answer = await portal.send(.get, SettingsPortal.path(name.bucket, name.key), token: owner)
        return SettingsPortal.json(answer)["value"]
    }

    /// The ids of the widgets on a page, in their order.
    static func widgets(_ page: String) -> [String] {
        page.components(separatedBy: "id=\"widget-").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
}
