import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct HomeWidgetsTests {
    @Test("announcements are told until their day has ended, and toolkit links lead out") func configured() async throws
    {
        let config = """
            home:
              announcements:
                - { title: Closed <today>, text: 'See the [plan](https://example.org/plan).', until: '2000-01-01' }
                - { title: Still told, text: 'See the [plan](https://example.org/plan).', until: '2999-12-31' }
                - { title: 'مرحبا', url: 'https://example.org/x' }
              toolkit:
                - { title: Charts, url: 'https://charts.example.org' }
            """
        let portal = try await HomePortal.make(config, plugins: [])
        let page = await portal.page("/")
        #expect(HomePortal.widgets(page) == ["announcements", "starred", "toolkit"])
        #expect(!page.contains("Closed"))
        #expect(page.contains("Still told"))
        #expect(page.contains("<a href=\"https://example.org/plan\""))
        #expect(page.contains("<a href=\"https://example.org/x\" rel=\"noopener\">مرحبا</a>"))
        #expect(page.contains("href=\"https://charts.example.org\""))
    }

    @Test(
        "what is wrong there is named",
        arguments: [
            ("home: { toolkit: [{ title: T, url: 'javascript:alert(1)' }] }", "home.toolkit[0].url"),
            ("home: { toolkit: [{ url: 'https://a.example' }] }", "home.toolkit[0].title"),
            ("home: { announcements: [{ title: T, until: soon }] }", "home.announcements[0].until"),
        ])
    func mistakes(_ config: String, _ path: String) async {
        let error = await #expect(throws: PortalError.self) { _ = try await HomePortal.make(config) }
        #expect(error?.message.contains(path) == true)
    }

    @Test("the last stars are shown with theirs to press; all of them are one press away") func stars() async throws {
        let portal = try await HomePortal.make(plugins: [])
        #expect(await portal.page("/").contains("Star what you come back to"))
        let all = (1...12).map { "component:default/part-\($0)" }
        _ = await portal.portal.send(
            .put, SettingsPortal.path(Stars.name.bucket, Stars.name.key),
            json: ["value": .array(all.map(JSONValue.string))], token: "ann")
        let page = await portal.page("/")
        #expect(page.contains("aria-label=\"Star part-12\""))
        #expect(!page.contains("aria-label=\"Star part-4\""))
        #expect(page.contains("<a href=\"/starred\">All 12</a>"))
    }

    @Test("pages that people have been to are noted, parts of an entity once; a guest of the rail is not") func visits()
        async throws
    {
        let portal = try await HomePortal.make(plugins: [VisitedPlugin.self])
        for path in ["/catalog/default/component/a", "/catalog/default/component/a/history", "/reports/x?y=1", "/list"]
        {
            _ = await portal.page(path)
        }
        _ = await portal.page("/reports/part", as: "ann", ["X-Part": "list"].fields)
        _ = await portal.page("/reports/none")
        // A page that the browser kept asks so whether it may still be shown.
        _ = await portal.portal.send(.head, "/reports/asked", token: "ann")
        let page = await portal.page("/starred")
        #expect(page.contains("<a href=\"/catalog/default/component/a\" dir=\"auto\">At a</a>"))
        #expect(page.contains("2×"))
        #expect(page.contains("<a href=\"/reports/x\" dir=\"auto\">Report 🎭</a>"))
        for path in [
            "/list", "/reports/part", "/reports/none", "/reports/asked", "/starred",
            "/catalog/default/component/a/history",
        ] {
            #expect(!page.contains("href=\"\(path)\" dir"), "\(path)")
        }
        #expect(await portal.page("/").contains("id=\"widget-most\""))
        #expect(!(await portal.page("/", as: "bob")).contains("id=\"widget-recent\""))
    }

    @Test("a page that was visited and is gone is shown as that") func gone() async throws {
        let portal = try await HomePortal.make(plugins: [VisitedPlugin.self])
        _ = await portal.page("/catalog/default/component/missing")
        let page = await portal.page("/")
        #expect(page.contains("<span class=\"quiet\">missing</span>"))
    }
}

/// Pages to visit.
private struct VisitedPlugin: Plugin {
    static let id = "visited"

    init?(_ environment: PluginEnvironment) throws {}

    var contributions: [any Contribution] {
        [
            Page("entity", path: "/catalog/{namespace}/{kind}/{name}") { request, _ in
                PageContent("At \(request.parameters["name"] ?? "")", html: .empty)
            },
            Page("tab", path: "/catalog/{namespace}/{kind}/{name}/{tab}") { request, _ in
                PageContent("At \(request.parameters["name"] ?? "")", html: .empty)
            },
            Page("list", path: "/list") { _, _ in PageContent("List", html: .empty) },
            Page("report", path: "/reports/{name}") { request, _ in
                PageContent(
                    "Report 🎭", status: request.parameters["name"] == "none" ? .notFound : .ok, html: .empty)
            },
        ]
    }
}
