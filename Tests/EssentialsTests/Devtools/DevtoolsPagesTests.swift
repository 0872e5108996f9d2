import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct DevtoolsPagesTests {
    @Test("only those whom the configuration names see any of it") func access() async throws {
        let portal = try await DevtoolsPortal.make()
        for panel in DevtoolsPortal.panels {
            #expect(await portal.page(panel).status == .ok, "\(panel)")
            let other = await portal.page(panel, as: "bob")
            #expect(other.status == .forbidden)
            let text = DevtoolsPortal.text(other)
            #expect(text.contains("devtools.allow"))
            #expect(text.contains("user:default/bob"))
            #expect(!text.contains("class=\"tabs\""))
            #expect(await portal.page(panel, as: "program").status == .forbidden)
            let nobody = await portal.page(panel, as: nil)
            #expect(nobody.status == .seeOther)
            #expect(nobody.headers[.location]?.hasPrefix("/sign-in") == true)
        }
    }

    @Test("the way there is shown to nobody else, and changes with the configuration") func way() async throws {
        let portal = try await DevtoolsPortal.make()
        func help(_ name: String) async -> String {
            DevtoolsPortal.text(await portal.portal.send(.get, "/help", token: name))
        }
        #expect(await help("ann").contains("href=\"/devtools\""))
        #expect(await !help("bob").contains("/devtools"))
        let next = try AppConfigLoader(environment: [:]) { _ in Array("devtools: { allow: [user:default/bob] }".utf8) }
            .load(["/portal/app-config.yaml"]).config
        try portal.portal.take(next)
        #expect(await !help("ann").contains("/devtools"))
        #expect(await help("bob").contains("href=\"/devtools\""))
        #expect(await portal.page("", as: "ann").status == .forbidden)
        #expect(await portal.page("", as: "bob").status == .ok)
    }

    @Test("a panel that fails says so in its place; the others stay") func failures() async throws {
        let portal = try await DevtoolsPortal.make([FailingPanelsPlugin.self])
        let broken = await portal.page("/broken")
        #expect(broken.status == .ok)
        #expect(DevtoolsPortal.text(broken).contains("The queue has gone &lt;b&gt;away&lt;/b&gt;."))
        #expect(DevtoolsPortal.text(broken).contains("href=\"/devtools/config\""))
        let talkative = DevtoolsPortal.text(await portal.page("/talkative"))
        #expect(talkative.contains("The reason is in the log"))
        #expect(!talkative.contains("Trouble"))
        for panel in DevtoolsPortal.panels { #expect(await portal.page(panel).status == .ok) }
        let info = DevtoolsPortal.text(await portal.page(""))
        #expect(info.contains("Weight"))
        #expect(info.contains("They are &lt;i&gt;off&lt;/i&gt;."))
        #expect(await portal.page("/nothing").status == .notFound)
    }

    @Test("a panel that does not end is given up") func deadline() async throws {
        let slow = DevtoolsPanel("slow", title: { _ in "Slow" }) { _, _ in
            try await Task.sleep(for: .seconds(60))
            return .empty
        }
        await #expect(throws: PortalError.self) {
            try await Deadline.run(.milliseconds(20)) {
                try await slow.content(
                    PortalRequest(method: .get, target: "/"), ViewContext(principal: .none, now: .distantPast))
            }
        }
    }

    @Test("secrets are in no panel, whatever is looked for") func secrets() async throws {
        let secret = DevtoolsPortal.secret
        let portal = try await DevtoolsPortal.make(
            config: """
                integrations: { github: [{ host: github.com, token: \(secret) }] }
                invented: { password: \(secret), list: [{ apiKey: \(secret) }], url: 'https://me:\(secret)@host' }
                """)
        for panel in DevtoolsPortal.panels + ["/config?find=planted", "/config?find=password", "/config?unread=true"] {
            let text = DevtoolsPortal.text(await portal.page(panel))
            #expect(!text.contains(secret), "\(panel)")
            #expect(!text.contains(TestPortal.token), "\(panel)")
        }
        let config = DevtoolsPortal.text(await portal.page("/config"))
        #expect(config.contains("invented.password"))
        #expect(config.contains("&lt;secret&gt;"))
        #expect(config.contains("app-config.yaml:3"))
        // Nobody finds out letter by letter what a secret is.
        let guess = DevtoolsPortal.text(await portal.page("/config?find=planted"))
        #expect(guess.contains("Nothing that is configured fits."))
    }

    @Test("both languages have everything, and what people wrote is escaped", arguments: ["en", "de"])
    func languages(_ language: String) async throws {
        let portal = try await DevtoolsPortal.make(config: "app: { title: '<script>alert(1)</script>' }")
        for panel in DevtoolsPortal.panels {
            let text = DevtoolsPortal.text(await portal.page(panel, language: language))
            #expect(text.contains(language == "de" ? "Verwaltung" : "Admin"))
            #expect(!text.contains("<script>"), "\(panel)")
            #expect(!text.contains(" style="), "\(panel)")
            #expect(!text.contains("<img src=x"), "\(panel)")
        }
    }

    @Test("a configuration that was refused is told on every tab, escaped, until another is in force")
    func refusal() async throws {
        let portal = try await DevtoolsPortal.make()
        #expect(DevtoolsPortal.text(await portal.page("/config")).contains("not in force") == false)
        portal.portal.noteRefusal(["app.title must be <b>text</b> (app-config.yaml:3)."])
        for panel in DevtoolsPortal.panels {
            let text = DevtoolsPortal.text(await portal.page(panel))
            #expect(text.contains("The configuration as it is written now is not in force"), "\(panel)")
            #expect(text.contains("app.title must be &lt;b&gt;text&lt;/b&gt; (app-config.yaml:3)."))
        }
        #expect(!DevtoolsPortal.text(await portal.page("", as: "bob")).contains("app-config.yaml:3"))
        portal.portal.noteRefusal([])
        let text = DevtoolsPortal.text(await portal.page(""))
        #expect(text.contains("The reason is in the log of the portal."))
        #expect(!text.contains("app-config.yaml:3"))
        let next = try AppConfigLoader(environment: [:]) { _ in Array("app: {}".utf8) }
            .load(["/portal/app-config.yaml"]).config
        portal.portal.noteInForce(next)
        #expect(!DevtoolsPortal.text(await portal.page("")).contains("is not in force"))
    }

    @Test func isCompatible() async throws { #expect(try await PluginCompatTest(DevtoolsPlugin.self).problems() == []) }
}
