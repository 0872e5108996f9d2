import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalServer
import PortalTesting
import Testing

@testable import Catalog

/// The parts of an entity's page: tabs with counts, people, definitions, what an annotation would add.
@Suite struct EntityTabsTests {
    private static let count = 130

    private static let files: String = {
        var documents = [
            "kind: Group\nmetadata: { name: top }\nspec: { type: root, children: [low] }",
            "kind: Group\nmetadata: { name: low }\nspec: { type: team, parent: top, children: [top] }",
            "kind: User\nmetadata: { name: ada }\nspec: { memberOf: [low], profile: { displayName: Ada } }",
            "kind: API\nmetadata: { name: words }\nspec: { type: openapi, lifecycle: production, owner: low, "
                + "definition: \"<script>alert(1)</script>\" }",
            "kind: Resource\nmetadata: { name: hub }\nspec: { type: database, owner: low }",
        ]
        documents += (1...count).map { number in
            "kind: Component\nmetadata: { name: part-\(number) }\n"
                + "spec: { type: service, lifecycle: production, owner: low, dependsOn: [resource:hub] }"
        }
        return documents.map { "apiVersion: backstage.io/v1alpha1\n\($0)" }.joined(separator: "\n---\n")
    }()

    /// Has a tab that needs an annotation.
    private struct BuildsPlugin: Plugin {
        static let id = "builds"
        init?(_ environment: PluginEnvironment) {}
        var contributions: [any Contribution] {
            [
                EntityTab(
                    "builds", title: "Builds",
                    when: .all([.kind("component"), .annotated("example.org/builds"), .annotated("example.org/job")])
                ) { _, _ in .empty }
            ]
        }
    }

    private func withPortal(_ body: @escaping @Sendable (TestPortal) async throws -> Void) async throws {
        let config = """
            catalog:
              processingInterval: false
              rules: [{ allow: [Component, Group, User, API, Resource] }]
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let portal = try await TestPortal.make(
            config, files: ["/data/all.yaml": Self.files], plugins: standardPlugins + [BuildsPlugin.self])
        try await portal.running {
            #expect(await portal.eventually { await text(portal, "/catalog").contains("\(Self.count) components") })
            try await body(portal)
        }
    }

    private func text(_ portal: TestPortal, _ path: String) async -> String {
        String(decoding: await portal.send(.get, path).body, as: UTF8.self)
    }

    @Test("a tab says how much it lists, and lists all of it page by page")
    func paging() async throws {
        try await withPortal { portal in
            let hub = "/catalog/default/resource/hub"
            #expect(
                await text(portal, hub).contains("href=\"\(hub)/dependencies\">Dependencies<small> 130</small></a>"))
            let tab = await text(portal, "\(hub)/dependencies")
            #expect(tab.contains("130 entities need this."))
            #expect(tab.contains("\(hub)/dependencies?of=dependencyOf\">All 130</a>"))
            let first = await text(portal, "\(hub)/dependencies?of=dependencyOf")
            #expect(first.contains("1–100 of 130"))
            let rest = await text(portal, "\(hub)/dependencies?of=dependencyOf&from=100")
            #expect(rest.contains("101–130 of 130"))
            for odd in ["of=nonsense", "of=dependencyOf&from=-5", "of=dependencyOf&from=99999999999999999999"] {
                #expect(await portal.send(.get, "\(hub)/dependencies?\(odd)").status == .ok, "\(odd)")
            }
        }
    }

    @Test("what the same file declares is shown page by page to its end")
    func neighbours() async throws {
        try await withPortal { portal in
            let path = "/catalog/default/resource/hub/inspect"
            var found: Set<Substring> = []
            for start in stride(from: 0, through: 120, by: 30) {
                let page = await text(portal, start == 0 ? path : "\(path)?from=\(start)")
                #expect(page.contains("\(start + 1)–\(min(start + 30, 135)) of 135"), "\(start)")
                #expect(page.contains("\(path)?from=\(start + 30)#same-file\" rel=\"next\"") == (start < 120))
                #expect(!page.contains("more</p>"))
                let card = page.firstRange(of: "id=\"same-file\"").map { page[$0.lowerBound...] } ?? ""
                let names = card.components(separatedBy: "<a href=\"/catalog/default/").dropFirst()
                found.formUnion(names.map { Substring($0.prefix { $0 != "\"" }) })
            }
            #expect(found.filter { $0.hasPrefix("component/part-") && !$0.contains("inspect") }.count == Self.count)
            for odd in ["from=-5", "from=135", "from=x", "from=99999999999999999999"] {
                #expect(await text(portal, "\(path)?\(odd)").contains("1–30 of 135"), "\(odd)")
            }
        }
    }

    @Test("a tab without anything says so, one of another kind is none")
    func emptyTabs() async throws {
        try await withPortal { portal in
            let page = await portal.send(.get, "/catalog/default/component/part-1/api")
            #expect(page.status == .ok)
            #expect(String(decoding: page.body, as: UTF8.self).contains("is empty here"))
            #expect(await portal.send(.get, "/catalog/default/group/low/api").status == .notFound)
        }
    }

    @Test("a tab that lacks annotations says which, ready to copy; one of another kind does not")
    func missingAnnotations() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog/default/component/part-1/builds")
            #expect(page.contains("Builds needs 2 annotations"))
            #expect(page.contains("example.org/builds"))
            #expect(!page.contains("managed-by-location</"))
            #expect(await portal.send(.get, "/catalog/default/group/low/builds").status == .notFound)
        }
    }

    @Test("what a group owns is counted over the groups below it, also where they go in circles")
    func ownership() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog/default/group/top")
            #expect(page.contains("<b>130</b><span>Components</span>"))
            #expect(page.contains(">Ada</a>"))
            #expect(page.contains("class=\"tree\""))
            let remark = "<small class=\"quiet\">also above: these groups form a circle</small>"
            #expect(page.components(separatedBy: remark).count == 2)
            let direct = await text(portal, "/catalog/default/group/top?direct")
            #expect(!direct.contains("<b>130</b>"))
            #expect(direct.contains("Owns nothing yet."))
            #expect(await text(portal, "/catalog/default/user/ada").contains("<b>130</b><span>Components</span>"))
        }
    }

    @Test("a definition is a text, whatever it says")
    func definitions() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog/default/api/words/definition")
            #expect(!page.contains("<script>alert"))
            let raw = await portal.send(.get, "/catalog/default/api/words/definition/raw")
            #expect(raw.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(raw.body == Array("<script>alert(1)</script>".utf8))
            let file = await portal.send(.get, "/catalog/default/api/words/definition/raw?download")
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"words-definition.xml\"")
            #expect(await portal.send(.get, "/catalog/default/resource/hub/definition/raw").status == .notFound)
        }
    }

    @Test("the page for anything finds by name, title and reference, and escapes what it marks")
    func go() async throws {
        try await withPortal { portal in
            #expect(await text(portal, "/go?query=ada").contains("href=\"/catalog/default/user/ada\""))
            #expect(
                await text(portal, "/go?query=resource:default/hub").contains("href=\"/catalog/default/resource/hub\""))
            #expect(await text(portal, "/go?query=part-13").contains("<mark>part-13</mark>"))
            #expect(await text(portal, "/go").contains("href=\"/catalog-graph\""))
            #expect(!(await text(portal, "/go?query=%3Cscript%3E")).contains("<script>\""))
        }
    }

    @Test("pages speak the language that is asked for, by the cookie or by the browser")
    func languages() async throws {
        try await withPortal { portal in
            func page(_ headers: HTTPFields) async -> String {
                String(decoding: await portal.send(.get, "/catalog", headers: headers).body, as: UTF8.self)
            }
            #expect(await page([.acceptLanguage: "de"]).contains("<html lang=\"de\">"))
            #expect(await page([.acceptLanguage: "de"]).contains("130 Komponenten"))
            #expect(await page([.acceptLanguage: "de", .cookie: "callboard-view=en"]).contains("130 components"))
            #expect(await page([.cookie: "callboard-view=de.dark"]).contains("<html lang=\"de\" data-theme=\"dark\">"))
        }
    }
}
