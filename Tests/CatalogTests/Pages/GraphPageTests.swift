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
        let documents = [
            Self.component("a", "system: one, dependsOn: [component:b]"),
            Self.component("b", "system: one, dependsOn: [component:c, component:gone]"),
            Self.component("c", "system: two, dependsOn: [component:a]"),
            Self.entity("Group", "team", "type: team, children: []"), Self.entity("System", "one", "owner: team"),
            Self.entity("System", "two", "owner: team"),
        ]
        let config = """
            catalog:
              processingInterval: false
              rules: [{ allow: [Component, Group, System] }]
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let portal = try await TestPortal.make(
            config, files: ["/data/all.yaml": documents.joined(separator: "\n---\n")])
        try await portal.running {
            #expect(await portal.eventually { await text(portal, "/catalog").contains(">c</a>") })
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
            "rootEntityRefs[]=a&selectedRelations[]=dependsOn&unidirectional=false&collapse=true&view=list",
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
            QueryParameters("maxDepth=-5&direction=XX&selectedKinds[]=&rootEntityRefs[]=:::&rootEntityRefs[]=a%00b"))
        #expect(query.depth == 1)
        #expect(query.roots.isEmpty)
        #expect(query.misread.count == 2)
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
