import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Addresses of Backstage's pages for what this portal does not have.
@Suite struct MissingFeatureTests {
    private func withPortal(_ body: @escaping @Sendable (TestPortal) async throws -> Void) async throws {
        let file = """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: shop, title: The <Shop> }
            spec: { type: service, lifecycle: production, owner: team }
            """
        let config = """
            backend:
              auth:
                externalAccess:
                  - type: static
                    options: { token: token-that-reads-no-entity, subject: blind }
                    accessRestrictions: [{ plugin: catalog, permission: [catalog.location.read] }]
                  - type: static
                    options: { token: \(TestPortal.token), subject: tests }
            catalog: { processingInterval: false, locations: [{ type: file, target: /data/all.yaml }] }
            """
        let portal = try await TestPortal.make(config, files: ["/data/all.yaml": file])
        try await portal.running {
            #expect(await portal.eventually { await page(portal, "/catalog").text.contains("1 component") })
            try await body(portal)
        }
    }

    private func page(
        _ portal: TestPortal, _ path: String, _ language: String = "en", token: String? = TestPortal.token
    ) async -> (status: Int, text: String) {
        let answer = await portal.send(.get, path, token: token, headers: [.acceptLanguage: language])
        return (Int(answer.status.code), String(decoding: answer.body, as: UTF8.self))
    }

    @Test(
        "they say in the reader's language that it is not there yet, and lead to the catalog",
        arguments: [
            ("/create", "does not have software templates yet", "hat noch keine Vorlagen"),
            ("/create/templates/default/service", "does not have software templates yet", "hat noch keine Vorlagen"),
            ("/create/tasks/1", "does not have software templates yet", "hat noch keine Vorlagen"),
            ("/docs", "does not show the documentation of entities yet", "zeigt die Dokumentation von Einträgen noch"),
            ("/docs/default/component/nobody", "does not show the documentation", "zeigt die Dokumentation"),
            ("/docs/default/component", "does not show the documentation", "zeigt die Dokumentation"),
            ("/docs/a%2Fb/%3Cb%3E/x", "does not show the documentation", "zeigt die Dokumentation"),
        ])
    func pages(_ path: String, _ english: String, _ german: String) async throws {
        try await withPortal { portal in
            for (language, text) in [("en", english), ("de", german)] {
                let page = await page(portal, path, language)
                #expect(page.status == 404)
                #expect(page.text.contains(text), "\(page.text)")
                #expect(page.text.contains("<a class=\"button main\" href=\"/catalog\">"))
            }
        }
    }

    @Test("the documentation of an entity leads to the entity, where it may be read")
    func documentation() async throws {
        try await withPortal { portal in
            for rest in ["", "/", "/how/to/use"] {
                let page = await page(portal, "/docs/Default/component/shop\(rest)")
                #expect(page.status == 404)
                #expect(
                    page.text.contains(
                        "<a class=\"button main\" href=\"/catalog/default/component/shop\">"
                            + "Show The &lt;Shop&gt; in the catalog</a>"), "\(page.text)")
            }
            let blind = await page(portal, "/docs/default/component/shop", token: "token-that-reads-no-entity")
            let nobody = await page(portal, "/docs/default/component/nobody", token: "token-that-reads-no-entity")
            #expect(!blind.text.contains("Shop"))
            #expect(blind.status == nobody.status)
            let unknown = await portal.send(.get, "/docs/default/component/shop", token: nil)
            #expect(unknown.headers[.location] == "/sign-in?return=%2Fdocs%2Fdefault%2Fcomponent%2Fshop")
        }
    }

    @Test("what nobody knows is not found, and search leads to the catalog") func others() async throws {
        try await withPortal { portal in
            #expect(await page(portal, "/tech-radar").status == 404)
            #expect(await page(portal, "/created").text.contains("templates") == false)
            #expect(await portal.send(.get, "/search?query=a").status == .seeOther)
        }
    }
}
