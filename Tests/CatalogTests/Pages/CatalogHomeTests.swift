import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// What the catalog shows a guest on the home page.
@Suite struct CatalogHomeTests {
    private static let people = """
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata: { name: stage }
        spec: { type: team, children: [] }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: User
        metadata: { name: guest }
        spec: { memberOf: [stage] }
        """

    private static func component(_ name: String, owner: String = "stage", more: String = "") -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: \(name) }
        spec: { type: service, lifecycle: production, owner: \(owner)\(more) }
        """
    }

    private func withHome(
        _ documents: [String], until text: String, _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let config = """
            backend: { listen: '127.0.0.1:7007' }
            auth: { providers: { guest: { userEntityRef: 'user:default/guest' } } }
            catalog:
              processingInterval: false
              rules: [{ allow: [Component, API, Group, User] }]
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let portal = try await TestPortal.make(
            config, files: ["/data/all.yaml": documents.joined(separator: "\n---\n")])
        try await portal.running {
            #expect(
                await portal.eventually {
                    String(decoding: await portal.send(.get, "/catalog?filters[kind]=all").body, as: UTF8.self)
                        .contains(text)
                })
            let signedIn = await portal.send(.post, "/sign-in/guest", token: nil)
            var browser = HTTPFields()
            browser[.cookie] = String(try #require(signedIn.headers[.setCookie]).prefix { $0 != ";" })
            let page = await portal.send(.get, "/", token: nil, headers: browser)
            try await body(String(decoding: page.body, as: UTF8.self))
        }
    }

    @Test("what a group of mine owns is counted by kind, and what leads to nothing wants a look") func owned()
        async throws
    {
        let documents =
            [Self.people] + (1...9).map { Self.component("part-\($0)") } + [
                Self.component("astray", more: ", dependsOn: ['component:default/nowhere']"),
                Self.component("foreign", owner: "others"),
            ]
        try await withHome(documents, until: ">astray</a>") { page in
            #expect(page.contains("<b>10</b> components"))
            #expect(page.contains("href=\"/catalog?filters%5Bkind%5D=component&amp;filters%5Buser%5D=owned\""))
            #expect(page.contains("href=\"/catalog?filters%5Bkind%5D=all&amp;filters%5Buser%5D=owned\">All 10</a>"))
            #expect(!page.contains(">foreign</a>"))
            let attention = try #require(page.components(separatedBy: "id=\"widget-attention\"").last)
            let part = try #require(attention.components(separatedBy: "</section>").first)
            #expect(part.contains(">astray</a>"))
            #expect(part.contains("A relation leads to nothing"))
            #expect(!part.contains(">part-1</a>"))
        }
    }

    @Test("who owns nothing learns who they are and how that comes about; then nothing wants a look") func nothing()
        async throws
    {
        try await withHome([Self.people], until: ">stage</a>") { page in
            #expect(page.contains("Nothing in the catalog is yours yet."))
            #expect(page.contains("<code>user:default/guest</code>"))
            #expect(page.contains("<a href=\"/catalog/default/group/stage\""))
            #expect(!page.contains("id=\"widget-attention\""))
        }
        try await withHome([Self.component("lone", owner: "others")], until: ">lone</a>") { page in
            #expect(page.contains("by spec.memberOf"))
        }
    }
}
