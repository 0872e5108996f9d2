import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct SettingsPagesTests {
    @Test func isCompatible() async throws {
        #expect(try await PluginCompatTest(SettingsPlugin.self).problems() == [])
    }

    @Test("how pages look is chosen by forms, and what holds now is marked") func appearance() async throws {
        let portal = try await HomePortal.make()
        let cookie = ["Cookie": "callboard-view=dark.compact.large.nokeys.de"].fields
        let page = await portal.page("/settings", as: "ann", cookie)
        for (name, value) in [
            ("theme", "dark"), ("density", "compact"), ("text", "large"), ("keys", "off"), ("language", "de"),
        ] {
            #expect(page.contains("<button name=\"\(name)\" value=\"\(value)\" aria-pressed=\"true\">"), "\(name)")
        }
        #expect(
            page.contains("<form class=\"segments\" method=\"post\" action=\"/settings/view\" aria-label=\"Sprache\">"))
        #expect(page.contains("name=\"return\" value=\"/settings\""))
        #expect(page.contains("aria-current=\"page\">Allgemein</a>"))
    }

    @Test("people see who they are; programs keep nothing") func identity() async throws {
        let portal = try await HomePortal.make()
        #expect(await portal.page("/settings").contains(">user:default/ann</code>"))
        let missing = await portal.page("/settings", as: "missing")
        #expect(missing.contains("The catalog has no entity for you yet"))
        let program = await portal.page("/settings", as: "program")
        #expect(program.contains("Programs keep no settings."))
        #expect(!program.contains("/settings/export"))
    }

    @Test("all that is kept can be taken along and deleted, visits that wait with it; others keep theirs") func data()
        async throws
    {
        let portal = try await HomePortal.make()
        await portal.star("component:default/a", "component:default/b")
        await portal.star("component:default/c", as: "bob")
        _ = await portal.page("/settings/feature-flags")
        await portal.submit("/settings/feature-flags", ["flag": "new-look", "state": "on"])
        let export = await portal.portal.send(.get, "/settings/export", token: "ann")
        #expect(export.headers[.contentDisposition] == "attachment; filename=\"callboard-settings.json\"")
        let json = SettingsPortal.json(export)
        #expect(json["userEntityRef"] == "user:default/ann")
        #expect(json["stars"] == ["component:default/a", "component:default/b"])
        #expect(json["settings"]?.array?.count == 2)
        let question = await portal.page("/settings/delete")
        #expect(question.contains("2 settings, 2 stars and 0 pages"))
        let done = await portal.submit("/settings/delete", [:])
        #expect(done.headers[.location] == "/settings?done=deleted")
        #expect(await portal.page("/settings?done=deleted").contains("is deleted."))
        #expect(await portal.setting(Stars.name) == nil)
        #expect(await portal.setting(Stars.name, as: "bob") == ["component:default/c"])
        #expect(await portal.page("/settings").contains("The portal keeps nothing of yours."))
        for path in ["/settings/export", "/settings/delete"] {
            #expect(await portal.portal.send(.get, path, token: "program").status == .forbidden)
        }
    }

    @Test("visits that are not written down yet are forgotten with the rest") func forgotten() async throws {
        let database = try await TestDatabase.open(.sqlite, SettingsMigrations.all)
        let store = SettingsStore(database: database, clock: TestClock())
        let recorder = VisitRecorder(settings: store, clock: TestClock(), logger: LogLines().logger)
        let ann = Principal.user(PeoplePlugin.user("ann"))
        recorder.record("/a/b", title: "A", entity: nil, by: ann)
        await recorder.forget(ann)
        await recorder.forget(.none)
        await recorder.flush()
        #expect(try await recorder.recent(of: ann, limit: 5) == [])
    }

    @Test("flags are switched by people for themselves, and only those that there are") func flags() async throws {
        let portal = try await HomePortal.make()
        let off = await portal.page("/settings/feature-flags")
        #expect(off.contains("New &lt;look&gt;"))
        #expect(off.contains("value=\"off\" aria-pressed=\"true\""))
        let set = await portal.submit("/settings/feature-flags", ["flag": "new-look", "state": "on"])
        #expect(set.headers[.location] == "/settings/feature-flags")
        #expect(await portal.page("/settings/feature-flags").contains("value=\"on\" aria-pressed=\"true\""))
        #expect(await portal.page("/settings/feature-flags", as: "bob").contains("value=\"off\" aria-pressed=\"true\""))
        #expect(await portal.setting(FeatureFlags.name("new-look")) == true)
        await portal.submit("/settings/feature-flags", ["flag": "new-look", "state": "off"])
        #expect(await portal.setting(FeatureFlags.name("new-look")) == nil)
        for fields: KeyValuePairs in [["flag": "other", "state": "on"], ["flag": "new-look", "state": "maybe"], [:]] {
            #expect(await portal.submit("/settings/feature-flags", fields).status == .badRequest)
        }
        let german = await portal.portal.submit(
            "/settings/feature-flags", form: "flag=other", token: "ann", headers: ["Accept-Language": "de"].fields)
        let refused = String(decoding: german.body, as: UTF8.self)
        #expect(refused.contains("Nichts wurde geändert"))
        #expect(refused.contains("aria-current=\"page\">Funktionsschalter</a>"))
        let none = try await HomePortal.make(plugins: [])
        #expect(await none.page("/settings/feature-flags").contains("No feature flags"))
    }

    @Test("the ways to sign in are listed with why one is closed") func providers() async throws {
        let portal = try await HomePortal.make(plugins: [WaysPlugin.self])
        let page = await portal.page("/settings/auth-providers")
        #expect(page.contains("As user:default/ann."))
        #expect(page.contains("Doorman"))
        #expect(page.contains("Closed for &lt;now&gt;."))
    }
}

private struct WaysPlugin: Plugin {
    static let id = "ways"
    init?(_ environment: PluginEnvironment) throws {}
    var contributions: [any Contribution] {
        [
            SignInProvider("door", title: "Doorman", startPath: "/door"),
            SignInProvider("shut", title: "Shut", startPath: "/shut", unavailableReason: "Closed for <now>."),
        ]
    }
}
