import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import PortalUI
import Testing

@testable import Catalog

/// The graph of relations: what is asked, what is found, what is drawn.
@Suite struct GraphPageTests {
    private static func entity(_ kind: String, _ name: String, _ spec: String) -> String {
        "apiVersion: backstage.io/v1alpha1\nkind: \(kind)\nmetadata: { name: \(name) }\nspec: { \(spec) }"
    }

    private static func component(_ name: String, _ rest: String) -> String {
        entity("Component", name, "type: service, lifecycle: production, owner: team, \(rest)")
    }

    private func withPortal(_ body: @escaping @Sendable (TestPortal) async throws -> Void) async throws {
        try await withPortal(Self.documents, body)
    }

    private static let documents = [
        Self.component("a", "system: one, dependsOn: [component:b]"),
        Self.component("b", "system: one, dependsOn: [component:c, component:gone]"),
        Self.component("c", "system: two, dependsOn: [component:a]"),
        Self.entity("Group", "team", "type: team, children: []"), Self.entity("System", "one", "owner: team"),
        Self.entity("System", "two", "owner: team"),
    ]

    private func withPortal(
        _ documents: [String], _ body: @escaping @Sendable (TestPortal) async throws -> Void
    ) async throws {
        let config = """
            catalog:
              processingInterval: false
              rules: [{ allow: [Component, Group, System, API] }]
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let portal = try await TestPortal.make(
            config, files: ["/data/all.yaml": documents.joined(separator: "\n---\n")])
        try await portal.running {
            #expect(
                await portal.eventually { await text(portal, "/catalog?filters[kind]=system").contains(">one</a>") })
            try await body(portal)
        }
    }

    private func text(_ portal: TestPortal, _ path: String) async -> String {
        String(decoding: await portal.send(.get, path).body, as: UTF8.self)
    }

    @Test(
        "addresses of upstream are understood, and an address leads to the same again",
        arguments: [
            "rootEntityRefs[]=component:default/a",
            "rootEntityRefs[]=component:default/a&maxDepth=%E2%88%9E&selectedKinds[]=component&direction=TB",
            "rootEntityRefs=a&rootEntityRefs=group:default/team&maxDepth=4&mergeRelations=false",
            "rootEntityRefs[]=a&selectedRelations[]=dependsOn&unidirectional=true&collapse=true&view=list",
        ])
    func addresses(_ query: String) {
        let first = GraphQuery(QueryParameters(query))
        let again = GraphQuery(QueryParameters(String(first.url.text.drop { $0 != "?" }.dropFirst())))
        #expect(first == again)
        #expect(first.roots.first?.description.hasPrefix("component:default/a") == true)
    }

    @Test("depths, kinds and relations that are none do no harm")
    func nonsense() {
        let query = GraphQuery(
            QueryParameters("maxDepth=-5&direction=XX&selectedKinds[]=&rootEntityRefs[]=:::&rootEntityRefs[]=%20"))
        #expect(query.depth == 1)
        #expect(query.roots.isEmpty)
        #expect(query.misread == [":::", " "])
        #expect(query.direction == .leftToRight)
    }

    @Test("nothing asked for is explained, and what is not there is said")
    func empty() async throws {
        try await withPortal { portal in
            #expect(await text(portal, "/catalog-graph").contains("What should it begin with?"))
            let missing = await text(portal, "/catalog-graph?rootEntityRefs[]=component:default/nobody")
            #expect(missing.contains("There is no component:default/nobody in the catalog."))
            let wrong = await text(portal, "/catalog-graph?rootEntityRefs[]=%3Cb%3E:::")
            #expect(wrong.contains("is no reference of an entity"))
            #expect(!wrong.contains("<b>:"))
        }
    }

    @Test("a circle is walked once, depth ends the walk, kinds and relations narrow it")
    func walking() async throws {
        try await withPortal { portal in
            func nodes(_ rest: String) async -> Int {
                let page = await text(portal, "/catalog-graph?rootEntityRefs[]=component:default/a\(rest)&view=list")
                return page.components(separatedBy: "<li><div>").count - 1
            }
            #expect(await nodes("&maxDepth=1&selectedRelations[]=dependsOn") == 2)
            #expect(await nodes("&maxDepth=infinite&selectedRelations[]=dependsOn") == 4)
            #expect(await nodes("&maxDepth=%E2%88%9E&selectedKinds[]=component") == 4)
            #expect(await nodes("&maxDepth=%E2%88%9E") == 7)
        }
    }

    @Test("whoever consumes an API of a thing is seen from the thing, also where it was found another way")
    func consumers() async throws {
        let documents = [
            Self.component("shop", "system: one, providesApis: [orders]"),
            Self.component("till", "system: one, consumesApis: [orders]"),
            Self.component("report", "dependsOn: [component:till]"),
            Self.entity("API", "orders", "type: openapi, lifecycle: production, owner: team, definition: x"),
            Self.entity("Group", "team", "type: team, children: []"), Self.entity("System", "one", "owner: team"),
        ]
        try await withPortal(documents) { portal in
            let usual = await text(portal, "/catalog-graph?rootEntityRefs[]=component:default/shop&view=list")
            #expect(
                usual.contains(
                    "<span class=\"quiet\">Consumed by</span><ul><li><a href=\"/catalog/default/component/till\""))
            let needing = await text(
                portal,
                "/catalog-graph?rootEntityRefs[]=component:default/shop&maxDepth=%E2%88%9E&selectedRelations[]=dependencyOf"
                    + "&selectedRelations[]=providesApi&selectedRelations[]=apiConsumedBy&view=list")
            #expect(needing.contains("component/report\""))
            #expect(!needing.contains("group/team\" title"))
            #expect(needing.contains("aria-current=\"true\" data-swap=\"graph-page\">What needs it</a>"))
            #expect(usual.contains("aria-current=\"true\" data-swap=\"graph-page\">Around it</a>"))
        }
    }

    @Test("every relation is one line, and the shortest ways leave some out")
    func lines() async throws {
        try await withPortal { portal in
            func lines(_ rest: String) async -> Int {
                let page = await text(
                    portal,
                    "/catalog-graph?rootEntityRefs[]=component:default/a&selectedRelations[]=dependsOn"
                        + "&selectedRelations[]=dependencyOf\(rest)")
                return page.components(separatedBy: "<path class=\"line\"").count - 1
            }
            #expect(await lines("&maxDepth=1") == 3)
            #expect(await lines("&maxDepth=1&unidirectional=true") == 2)
            #expect(await lines("&maxDepth=1&mergeRelations=false") == 6)
        }
    }

    @Test("what belongs to a system stands as one box for it")
    func collapsed() async throws {
        try await withPortal { portal in
            let page = await text(
                portal,
                "/catalog-graph?rootEntityRefs[]=group:default/team&maxDepth=%E2%88%9E&collapse=true&view=list")
            #expect(page.contains("one · 2 in it"))
            #expect(page.contains("two · 1 in it"))
            #expect(!page.contains(">b</a>"))
        }
    }

    @Test("filters stand in the order of what they are called in the reader's language", arguments: Language.allCases)
    func order(_ language: Language) async throws {
        try await withPortal { portal in
            let answer = await portal.send(.get, "/catalog-graph", headers: [.acceptLanguage: language.rawValue])
            let page = String(decoding: answer.body, as: UTF8.self)
            let types = page.components(separatedBy: "name=\"selectedRelations[]\" value=\"").dropFirst()
                .map { String($0.prefix { $0 != "\"" }) }
            #expect(types.count == 6)
            #expect(types != types.sorted())
            let titles = types.map { language.catalog.relation($0) ?? $0 }
            #expect(titles == ReadingOrder.sorted(titles) { $0 })
            let kinds = page.components(separatedBy: "name=\"selectedKinds[]\" value=\"").dropFirst()
                .map { String($0.prefix { $0 != "\"" }) }
            #expect(kinds == ["component", "group", "location", "system"])
        }
    }

    @Test("the drawing can be had as a file")
    func file() async throws {
        try await withPortal { portal in
            let answer = await portal.send(.get, "/catalog-graph/drawing.svg?rootEntityRefs[]=component:default/a")
            #expect(answer.headers[.contentType] == "image/svg+xml")
            #expect(answer.headers[.contentDisposition] == "attachment; filename=\"component-a.svg\"")
            #expect(String(decoding: answer.body, as: UTF8.self).contains("<svg xmlns=\"http://www.w3.org/2000/svg\""))
        }
    }
}
