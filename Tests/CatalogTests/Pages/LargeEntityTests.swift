import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Entities with far more of something than a page can show: the page shows a part and says so.
@Suite struct LargeEntityTests {
    private static let needed = 320
    private static let ending = "the-very-end"

    private static let files: String = {
        let names = (1...needed).map { "component:part-\($0)" }.joined(separator: ", ")
        let lines = String(repeating: "line: of many\\n", count: 6_000)
        let documents = [
            "kind: Component\nmetadata: { name: hub }\n"
                + "spec: { type: service, lifecycle: production, owner: low, dependsOn: [\(names)] }",
            "kind: Resource\nmetadata: { name: marked, tags: [\(list(500) { "t-\($0)" })], "
                + "labels: { \(list(400) { "l-\($0): x" }) }, annotations: { \(list(400) { "a-\($0): x" }) } }\n"
                + "spec: { type: database, owner: low }",
            "kind: API\nmetadata: { name: long, description: Long one }\n"
                + "spec: { type: openapi, lifecycle: production, owner: low, definition: \"\(lines)\(ending)\" }",
        ]
        return documents.map { "apiVersion: backstage.io/v1alpha1\n\($0)" }.joined(separator: "\n---\n")
    }()

    private static func list(_ count: Int, _ item: (Int) -> String) -> String {
        (1...count).map(item).joined(separator: ", ")
    }

    private func withPortal(_ body: @escaping @Sendable (TestPortal) async throws -> Void) async throws {
        let config = """
            catalog:
              processingInterval: false
              rules: [{ allow: [Component, API, Resource] }]
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let portal = try await TestPortal.make(config, files: ["/data/all.yaml": Self.files])
        try await portal.running {
            #expect(await portal.eventually { await text(portal, "/catalog?filters[kind]=all").contains("Long one") })
            try await body(portal)
        }
    }

    private func text(_ portal: TestPortal, _ path: String) async -> String {
        String(decoding: await portal.send(.get, path).body, as: UTF8.self)
    }

    @Test("the inspection of an entity shows the first relations and says that there are more")
    func relations() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog/default/component/hub/inspect")
            #expect(page.contains("Relations after the first \(InspectTab.mostRelations)"))
            let shown = page.components(separatedBy: "dependsOn").count
            #expect(shown < 2 * (InspectTab.mostRelations + 4))
            let other = await text(portal, "/catalog/default/api/long/history")
            #expect(!other.contains("Relations after the first"))
        }
    }

    @Test("of hundreds of tags, labels and annotations the rest is folded")
    func marks() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog/default/resource/marked")
            #expect(page.contains("<summary>\(500 - OverviewTab.mostTags) more</summary>"))
            #expect(page.contains("<summary>\(400 - OverviewTab.mostLabels) more</summary>"))
            // Three are the portal's own.
            let inspection = await text(portal, "/catalog/default/resource/marked/inspect")
            #expect(inspection.contains(/<summary>38\d more<\/summary>/))
        }
    }

    @Test("only its own tab shows the whole of a long definition; the others have its beginning")
    func definition() async throws {
        try await withPortal { portal in
            let api = "/catalog/default/api/long"
            #expect(await text(portal, api).contains("href=\"\(api)/definition\""))
            #expect(await text(portal, "\(api)/definition").contains("of 6,001"))
            #expect(await text(portal, "\(api)/definition/raw").hasSuffix(Self.ending))
            let inspection = await text(portal, "\(api)/inspect")
            #expect(inspection.contains("the ends of long texts are left out here"))
            #expect(!inspection.contains(Self.ending))
            #expect(await text(portal, "/api/catalog/entities/by-name/api/default/long").contains(Self.ending))
        }
    }

    @Test("lists of other features get what lists show, and nothing of what is hidden")
    func listed() async throws {
        try await withPortal { portal in
            let catalog = portal.registry.all(ServiceProvider.self).compactMap { provider -> (any CatalogService)? in
                guard case .catalog(let catalog) = provider else { return nil }
                return catalog
            }
            let service = try #require(catalog.first)
            let long = try EntityReference(parsing: "api:default/long")
            let hub = try EntityReference(parsing: "component:default/hub")
            let gone = try EntityReference(parsing: "api:default/gone")
            let found = try await service.listed([long, hub, gone], as: .service(ServicePrincipal(subject: "test")))
            #expect(Set(found.keys) == [long, hub])
            #expect(found[hub]?.object["relations"] == nil)
            #expect(found[long]?.spec["definition"]?.string?.utf8.count == CatalogIndex.longestShown + "…".utf8.count)
            #expect(try await service.known([long, gone], as: .service(ServicePrincipal(subject: "test"))) == [long])
            #expect(try await service.known([long], as: .none) == [])
        }
    }

    @Test("looking at a hub costs no copy of the index for each of its relations")
    func hub() throws {
        var index = CatalogIndex()
        let edges = (0..<20_000).map {
            Relation(source: "group:default/g", type: "ownerOf", target: "component:default/c\($0)")
        }
        let body = Array(#"{"kind":"Group","metadata":{"name":"g"},"spec":{}}"#.utf8)
        try index.apply(
            upserts: [StoredEntity(id: 1, uid: "u", reference: "group:default/g", body: body, edges: edges)],
            deletes: [],
            epoch: "e", head: 1)
        let catalog = AuthorizedCatalog(IndexVersion(index), decision: .allow)
        let clock = ContinuousClock()
        func fastest(_ body: () -> Int) -> Duration {
            (0..<5).map { _ in clock.measure { #expect(body() > 0) } }.min() ?? .zero
        }
        let texts = fastest { index.graph.edges(of: "group:default/g").count }
        let summary = fastest { catalog.relations(of: "group:default/g", most: 20).first?.total ?? 0 }
        #expect(summary * 3 < texts, "\(summary) against \(texts) for the texts of all")
    }
}
