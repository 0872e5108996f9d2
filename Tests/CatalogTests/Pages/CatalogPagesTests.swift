import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalServer
import PortalTesting
import PortalUI
import Testing

@testable import Catalog

/// What the pages of the catalog say, as text.
@Suite struct CatalogPagesTests {
    private static let files = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: seat-keeper, title: Seat Keeper, tags: [one, two, three] }
        spec: { type: service, lifecycle: production, owner: team, system: box-office, subcomponentOf: shop }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: shop, description: <b>Sells</b> }
        spec: { type: website, lifecycle: production, owner: missing }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata: { name: team }
        spec: { type: team, children: [], profile: { displayName: The Team } }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: System
        metadata: { name: box-office, title: Box Office }
        spec: { owner: team }
        """

    private func withPortal(_ body: @escaping @Sendable (TestPortal) async throws -> Void) async throws {
        let config = """
            catalog:
              processingInterval: false
              rules: [{ allow: [Component, Group, System] }]
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let portal = try await TestPortal.make(config, files: ["/data/all.yaml": Self.files])
        try await portal.running {
            #expect(await portal.eventually { await text(portal, "/catalog").contains("Seat Keeper") })
            try await body(portal)
        }
    }

    private func text(_ portal: TestPortal, _ path: String) async -> String {
        String(decoding: await portal.send(.get, path).body, as: UTF8.self)
    }

    @Test("rows call owners and systems by their titles, and mark what is missing")
    func titles() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog")
            #expect(page.contains(">The Team</a>"))
            #expect(page.contains(">Box Office</a>"))
            #expect(page.contains("title=\"group:default/missing is not in the catalog\""))
            #expect(page.contains("&lt;b&gt;Sells"))
            #expect(page.contains(">+1</span>"))
        }
    }

    @Test("the system column and filter hold systems, not the components that others are part of")
    func systems() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog")
            #expect(page.contains("value=\"system:default/box-office\"") == false)
            let all = await text(portal, "/catalog?filters[kind]=all&filters[system]=system:default/box-office")
            #expect(all.contains("value=\"system:default/box-office\""))
            #expect(!all.contains("value=\"component:default/shop\""))
        }
    }

    @Test("a filter that leaves nothing keeps the choices, with zeros")
    func zeros() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog?filters[text]=nothing-like-this")
            #expect(page.contains("Nothing matches"))
            #expect(page.contains("value=\"website\"><span>website</span><b>0</b>"))
        }
    }

    @Test("no page shows a folder of the host; the API keeps it")
    func hostFolders() async throws {
        try await withPortal { portal in
            let overview = await text(portal, "/catalog/default/component/shop")
            #expect(overview.contains("Declared in"))
            #expect(overview.contains("title=\"…/all.yaml\""))
            let pages = [
                "/catalog/default/component/shop/inspect", "/catalog/default/component/shop/history",
                "/catalog?filters[kind]=location",
            ]
            for page in pages { #expect(await text(portal, page).contains("/data/") == false, "\(page)") }
            #expect(!overview.contains("/data/"))
            #expect(await text(portal, "/catalog?filters[kind]=location").contains(">…/all.yaml<"))
            let entity = await text(portal, "/api/catalog/entities/by-name/component/default/shop")
            #expect(entity.contains("file:/data/all.yaml"))
        }
    }

    @Test(
        "an unknown value of a filter leaves nothing, and a way back",
        arguments: [
            ("filters[kind]=nope", "no entity of the kind nope", "href=\"/catalog?filters%5Bkind%5D=all\""),
            ("filters[kind]=component&filters[type]=nope", "No Component matches Type: nope.", "Clear the filters"),
            ("filters[user]=starred", "No Component matches Starred.", "Clear the filters"),
            ("filters[user]=nope", "No Component matches Show: nope.", "Clear the filters"),
            ("filters[processing]=nope", "No Component matches Status: nope.", "Clear the filters"),
        ])
    func unknownValues(_ query: String, _ said: String, _ way: String) async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog?\(query)")
            #expect(page.contains(said), "\(page)")
            #expect(page.contains(way))
            #expect(!page.contains(">Seat Keeper</a>"))
        }
    }

    @Test("a kind that nothing has stays the chosen one, by its own name where it is a known one")
    func absentKinds() async throws {
        try await withPortal { portal in
            for (kind, name) in [("template", "Template"), ("nope", "nope")] {
                let page = await text(portal, "/catalog?filters[kind]=\(kind)&filters[user]=all")
                #expect(page.contains("<option value=\"\(kind)\" selected>\(name) (0)</option>"), "\(page)")
                #expect(page.contains("Nothing of this kind"))
                #expect(!page.contains("is not understood"))
            }
        }
    }

    @Test(
        "addresses that were kept of Backstage's catalog filter as they did there",
        arguments: [
            "filters[kind]=component&filters[user]=all&filters[owners]=team",
            "filters[kind]=Component&filters[owners]=default/team&filters[lifecycles]=production",
            "filters[kind]=component&filters[owners]=group:default/team&filters[type]=service&filters[tags]=one",
            "filters%5Bkind%5D=component&filters%5Bowners%5D=team&filters%5Bnamespace%5D=default",
        ])
    func keptFilters(_ query: String) async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog?\(query)")
            #expect(page.contains(">Seat Keeper</a>"))
            #expect(!page.contains("component/shop\""))
            #expect(page.contains("Remove the filter Owner: The Team"))
            #expect(!page.contains("is not understood"))
        }
    }

    /// Has a page that cannot be made.
    private struct FaultyPlugin: Plugin {
        static let id = "faulty"
        struct Fault: Error {}

        init?(_ environment: PluginEnvironment) {}

        var contributions: [any Contribution] { [Page("faulty", path: "/faulty") { _, _ in throw Fault() }] }
    }

    @Test("a fault is called one, with the request once and the way to try again")
    func faults() async throws {
        let portal = try await TestPortal.make(plugins: standardPlugins + [FaultyPlugin.self])
        let answer = await portal.send(.get, "/faulty?a=1")
        #expect(answer.status == .internalServerError)
        let page = String(decoding: answer.body, as: UTF8.self)
        #expect(page.contains("This is a fault of the portal"))
        #expect(page.contains("href=\"/faulty?a=1\">Try again</a>"))
        #expect(page.contains("name request <code data-copy"))
        #expect(!page.contains("the log names it by"))
    }

    @Test("what is inspected is what the API serves, but for the folders of the host, and the page says that")
    func inspects() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog/default/component/shop/inspect")
            let path = "/api/catalog/entities/by-name/component/default/shop"
            #expect(page.contains("<a href=\"\(path)\">the API has the paths whole</a>"))
            let start = try #require(page.range(of: "<code data-copy=\"The entity as JSON\">"))
            let end = try #require(page.range(of: "</code>", range: start.upperBound..<page.endIndex))
            let shown = page[start.upperBound..<end.lowerBound].replacing(/<[^>]*>/, with: "")
                .replacing("&quot;", with: "\"")
                .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
            let served = await text(portal, path).replacing("/data/", with: "…/")
            #expect(try JSONParser.parse(Array(shown.utf8)) == JSONParser.parse(Array(served.utf8)))
        }
    }

    @Test(
        "what an address says in vain is named, with what it may say",
        arguments: [
            ("filters[nope]=x", "<code>filters[nope]</code>", "filter by kind, text, user, type, lifecycles, owners"),
            ("filters=x", "<code>filters</code>", "filter by kind"),
            ("filter=kind=api", "<code>filter</code>", "filter by kind"),
            ("sort=-nope", "<code>sort=-nope</code>", "sort by lifecycle, name, type"),
            ("limit=7", "<code>limit=7</code>", "show 20, 50, 100 rows"),
        ])
    func ignoredParts(_ query: String, _ said: String, _ known: String) async throws {
        try await withPortal { portal in
            let answer = await portal.send(.get, "/catalog?\(query)")
            #expect(answer.status == .ok)
            let page = String(decoding: answer.body, as: UTF8.self)
            #expect(page.contains("A part of the address is not understood"))
            #expect(page.contains(said), "\(page)")
            #expect(page.contains(known))
            #expect(page.contains(">Seat Keeper</a>"))
        }
        try await withPortal { portal in
            let query =
                "filters[kind][]=component&filters[owners][0]=team&filters[owners][11]=nobody&filters[user]=all"
                + "&limit=50&sort=-type&cursor=&other=1"
            let page = await text(portal, "/catalog?\(query)")
            #expect(!page.contains("is not understood"))
            #expect(page.contains(">Seat Keeper</a>"))
        }
    }

    @Test("a place in the list that is none is 400, with the way to the first page")
    func malformedCursor() async throws {
        try await withPortal { portal in
            let answer = await portal.send(.get, "/catalog?filters[kind]=component&filters[type]=website&cursor=cut")
            #expect(answer.status == .badRequest)
            let page = String(decoding: answer.body, as: UTF8.self)
            #expect(page.contains("There is no such place in the list"))
            #expect(page.contains("href=\"/catalog?filters%5Bkind%5D=component&amp;filters%5Btype%5D=website\""))
        }
    }

    @Test("whoever may read nothing is told so, and who can change it")
    func denied() throws {
        let request = PortalRequest(method: .get, target: "/catalog", decision: .deny)
        let page = try CatalogPage.content(
            request, ViewContext(principal: .none, now: .now), IndexVersion(CatalogIndex()),
            ShownPaths(configuration: "/", roots: []))
        #expect(page.html.text.contains("catalog.entity.read. Whoever runs this portal can grant it."))
        #expect(!page.html.text.contains("The catalog is empty"))
    }

    @Test("a deleted entity is 404 with when and by what, and has its history")
    func deleted() async throws {
        try await withPortal { portal in
            let path = "/catalog/default/component/shop"
            let rest = Self.files.components(separatedBy: "\n---\n").enumerated().filter { $0.offset != 1 }
            portal.files.write("/data/all.yaml", rest.map(\.element).joined(separator: "\n---\n"))
            _ = await portal.submit("\(path)/refresh", form: "", token: TestPortal.token)
            #expect(await portal.eventually { await text(portal, path).contains("shop was deleted") })
            let answer = await portal.send(.get, path)
            #expect(answer.status == .notFound)
            let page = String(decoding: answer.body, as: UTF8.self)
            #expect(page.contains("The catalog no longer has component:default/shop."))
            #expect(page.contains("Deleted <time datetime="))
            #expect(page.contains(", no longer found through <code class=\"long\" title=\"…/all.yaml\">"))
            #expect(page.contains("href=\"\(path)/history\""))
            let history = await portal.send(.get, "\(path)/history")
            #expect(history.status == .notFound)
            let changes = String(decoding: history.body, as: UTF8.self)
            #expect(changes.contains("<strong>Deleted</strong>"))
            #expect(changes.contains("<strong>Created</strong>"))
            #expect(!changes.contains("/data/"))
        }
    }

    @Test("a generated Location is not told to add to a file that it does not have")
    func generatedLocations() async throws {
        try await withPortal { portal in
            let name = GeneratedLocation.name(of: LocationReference(type: "file", target: "/data/all.yaml"))
            let page = await text(portal, "/catalog/default/location/\(name)")
            #expect(page.contains("Target"))
            #expect(!page.contains("to its file"))
            #expect(!page.contains("Unregister location"))
            #expect(await text(portal, "/catalog/default/component/seat-keeper").contains("to its file"))
        }
    }

    @Test("an orphan is deleted from its page; what a file declares is not")
    func deletesOrphans() async throws {
        let config = """
            backend: { listen: '127.0.0.1:7007' }
            auth: { providers: { guest: {} } }
            catalog:
              processingInterval: false
              orphanStrategy: keep
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let declared = Self.files.components(separatedBy: "\n---\n")
        let portal = try await TestPortal.make(
            config, files: ["/data/all.yaml": declared[...1].joined(separator: "\n---\n")])
        let path = "/catalog/default/component/shop"
        let form = "action=\"\(path.replacing("component", with: "Component"))/delete\""
        try await portal.running { [self] in
            #expect(await portal.eventually { await portal.send(.get, path).status == .ok })
            #expect(await text(portal, path).contains("/delete\"") == false)
            let kept = await portal.submit("\(path)/delete", form: "", token: TestPortal.token)
            #expect(kept.status == .conflict)
            portal.files.write("/data/all.yaml", declared[0])
            _ = await portal.submit("\(path)/refresh", form: "", token: TestPortal.token)
            #expect(await portal.eventually { await text(portal, path).contains(form) })
            var browser: HTTPFields = [try #require(HTTPField.Name("Host")): "localhost:7007"]
            let signedIn = await portal.submit("/sign-in/guest", form: "", headers: browser)
            browser[.cookie] = signedIn.headers[.setCookie].map { String($0.prefix { $0 != ";" }) }
            browser[.origin] = "https://evil.example"
            #expect(await portal.submit("\(path)/delete", form: "", headers: browser).status == .unauthorized)
            #expect(await text(portal, path).contains(form))
            browser[.origin] = "http://localhost:7007"
            let answer = await portal.submit("\(path)/delete", form: "", headers: browser)
            #expect(answer.status == .seeOther)
            let target = answer.headers[.location] ?? ""
            #expect(target == "/catalog?filters%5Bkind%5D=component&deleted=1")
            let catalog = await text(portal, target)
            #expect(catalog.contains("The entity is deleted."))
            #expect(!catalog.contains(">shop</a>"))
            #expect(!catalog.contains("is not understood"))
            #expect(await portal.submit("\(path)/delete", form: "", token: TestPortal.token).status == .notFound)
        }
    }

    @Test(
        "what people kept of Backstage's addresses leads to the catalog",
        arguments: [
            ("/api-docs", "/catalog?filters%5Bkind%5D=api"),
            ("/search?query=seat%20keeper", "/catalog?filters%5Bkind%5D=all&filters%5Btext%5D=seat%20keeper"),
            ("/search", "/catalog?filters%5Bkind%5D=all"),
        ])
    func bookmarks(_ path: String, _ target: String) async throws {
        let portal = try await TestPortal.make()
        let answer = await portal.send(.get, path)
        #expect(answer.status == .seeOther)
        #expect(answer.headers[.location] == target)
    }

    @Test("an unknown page promises only what is there: no request in no log, no search without signing in")
    func unknownPage() async throws {
        let portal = try await TestPortal.make()
        let signedIn = await text(portal, "/nowhere")
        #expect(signedIn.contains("Search finds it by name."))
        #expect(!signedIn.contains("name request"))
        let anonymous = String(decoding: await portal.send(.get, "/nowhere", token: nil).body, as: UTF8.self)
        #expect(anonymous.contains("may be mistyped"))
        #expect(!anonymous.contains("Search finds"))
    }

    @Test("descriptions stand in rows without their marks")
    func descriptions() {
        var entity = Entity(["kind": "Component", "metadata": ["name": "a", "description": "Sells **seats**"]])
        let item = EntityList.Item(entity.reference, entity: entity)
        for html in [EntityName.html(entity), EntityList.html("Owns", [item], total: 1, Language.english.interface)] {
            #expect(html.text.contains("<small>Sells seats</small>"))
        }
        entity.object["metadata"] = ["name": "a", "description": "Sells [seats](https://a.example)"]
        let overview = OverviewTab(
            entity: entity,
            relations: EntityRelations(
                of: "component:default/a", AuthorizedCatalog(IndexVersion(CatalogIndex()), decision: .allow)),
            cards: [], context: ViewContext(principal: .none, now: .now))
        #expect(overview.html.text.contains("Sells <a href=\"https://a.example\" rel=\"noopener\">seats</a>"))
    }

    @Test("an unknown entity is 404 and offers the most alike")
    func nearMatches() async throws {
        try await withPortal { portal in
            let answer = await portal.send(.get, "/catalog/default/component/seat-keeeper")
            #expect(answer.status == .notFound)
            let page = String(decoding: answer.body, as: UTF8.self)
            #expect(page.contains("href=\"/catalog/default/component/seat-keeper\""))
            #expect(!page.contains("href=\"/catalog/default/component/shop\""))
        }
    }

    @Test("relations to nothing are an alert")
    func missingRelations() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog/default/component/shop")
            #expect(page.contains("A relation leads to nothing"))
            #expect(page.contains("<code>group:default/missing</code>"))
        }
    }

    @Test("an outage says when it began and how old the shown version is")
    func outages() throws {
        let now = try Date("2026-05-01T12:00:00Z", strategy: .iso8601)
        let error: [String: String] = ["since": "2026-05-01T11:00:00.000Z", "lastSuccess": "2026-05-01T09:00:00Z"]
        var entity = Entity(["kind": "Component", "metadata": ["name": "a"]])
        entity.object["status"] = [
            "items": [
                [
                    "level": "error", "message": "InputError: No such file",
                    "error": [
                        "name": "InputError", "since": .string(error["since"] ?? ""),
                        "lastSuccess": .string(error["lastSuccess"] ?? ""),
                    ],
                ]
            ]
        ]
        let html = EntityAlerts(
            entity: entity, missing: [], context: ViewContext(principal: .none, now: now)
        ).html.text
        #expect(html.contains("role=\"alert\""))
        #expect(html.contains("<p>No such file</p>"))
        #expect(html.contains(">1 hour ago</time>"))
        #expect(html.contains("title=\"2026-05-01T09:00:00Z\">3 hours ago</time>"))
    }

    /// Shows an annotation as a card and as a tab.
    private struct AnnotationPlugin: Plugin {
        static let id = "annotation"

        init?(_ environment: PluginEnvironment) {}

        var contributions: [any Contribution] {
            [
                EntityCard("annotation", title: "Annotation") { entity, _ in Self.html(entity) },
                EntityTab("annotation", title: "Annotation", when: .annotated("example.org/folder")) { entity, _ in
                    Self.html(entity)
                },
            ]
        }

        private static func html(_ entity: Entity) -> HTML {
            HTML { $0.text("It is at \(entity.annotation("example.org/folder") ?? "none").") }
        }
    }

    @Test("plugins get an entity as it is, whatever the portal's own parts of a page show")
    func pluginsGetTheWhole() async throws {
        let file = """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: a, annotations: { example.org/folder: /portal/a/b } }
            spec: { type: service, lifecycle: production, owner: team }
            """
        let portal = try await TestPortal.make(
            "catalog: { processingInterval: false, locations: [{ type: file, target: /portal/a.yaml }] }",
            files: ["/portal/a.yaml": file], plugins: standardPlugins + [AnnotationPlugin.self])
        let page = "/catalog/default/component/a"
        try await portal.running {
            #expect(await portal.eventually { await text(portal, page).contains("It is at /portal/a/b.") })
            #expect(await text(portal, "\(page)/annotation").contains("It is at /portal/a/b."))
            #expect(await !text(portal, "\(page)/inspect").contains("/portal/a/b"))
        }
    }

    @Test("the page after Refresh shows what was read", arguments: TestDatabase.engines)
    func refreshed(_ engine: Dialect) async throws {
        let bad = try await BadPortal(["c": BadPortal.component("c")], engine: engine)
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.entity("component/default/c")["kind"] != nil })
            bad.write("c", Array(BadPortal.component("c", ", description: The newest words").utf8))
            let answer = await bad.portal.send(.post, "/catalog/default/component/c/refresh")
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/catalog/default/component/c?refreshed=done")
            let page = await bad.portal.send(.get, answer.headers[.location] ?? "")
            let text = String(decoding: page.body, as: UTF8.self)
            #expect(text.contains("The newest words") && text.contains("Its file was read again."))
        }
    }

}
