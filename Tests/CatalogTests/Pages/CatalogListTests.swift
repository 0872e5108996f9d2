import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Long lists on the catalog page: values of filters, rows, and what is said of errors.
@Suite struct CatalogListTests {
    private static func component(_ number: Int) -> String {
        let name = number < 10 ? "0\(number)" : "\(number)"
        return """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: part-\(name), tags: [tag-\(name)] }
            spec: { type: service, lifecycle: production, owner: team-\(name) }
            """
    }

    private func withPortal(
        _ documents: [String], _ body: @escaping @Sendable (TestPortal) async throws -> Void
    ) async throws {
        let config = """
            catalog:
              processingInterval: false
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let portal = try await TestPortal.make(
            config, files: ["/data/all.yaml": documents.joined(separator: "\n---\n")])
        try await portal.running {
            #expect(await portal.eventually { await text(portal, "/catalog").contains(">part-01</a>") })
            try await body(portal)
        }
    }

    private func text(_ portal: TestPortal, _ path: String) async -> String {
        String(decoding: await portal.send(.get, path).body, as: UTF8.self)
    }

    private func count(_ part: String, in page: String) -> Int { page.components(separatedBy: part).count - 1 }

    @Test("a filter with more than eight values leads to all of them, without a script")
    func moreValues() async throws {
        try await withPortal((1...12).map(Self.component)) { portal in
            let plain = await text(portal, "/catalog")
            #expect(count("value=\"tag-", in: plain) == 8)
            let way = "/catalog?filters%5Bkind%5D=component&amp;more=tags#more"
            #expect(plain.contains("href=\"\(way)\" aria-label=\"Show more: Tags\">Show more</a>"), "\(plain)")
            #expect(!plain.contains("Show more: Type"))
            let open = await text(portal, "/catalog?filters[kind]=component&more=tags")
            #expect(count("value=\"tag-", in: open) == 12)
            #expect(count("value=\"group:default/team-", in: open) == 8)
            #expect(open.contains("<fieldset id=\"more\"><legend>Tags</legend>"))
            #expect(open.contains("<details id=\"filters\" class=\"filters\" open>"))
            #expect(open.contains("type=\"hidden\" name=\"more\" value=\"tags\""))
            #expect(open.contains("href=\"/catalog?filters%5Bkind%5D=component\" aria-label=\"Show fewer: Tags\""))
            let found = await text(portal, "/catalog?more=tags&find=G-1")
            #expect(count("value=\"tag-1", in: found) == 3)
            #expect(count("value=\"tag-", in: found) == 3)
            let owners = await text(portal, "/catalog?more=owners&find=nobody")
            #expect(owners.contains("Nothing found."))
            let chosen = await text(portal, "/catalog?more=tags&find=tag-10&filters[tags]=tag-12")
            #expect(chosen.contains("value=\"tag-12\" checked"))
            #expect(chosen.contains("value=\"tag-10\">"))
            #expect(await text(portal, "/catalog?more=nope").contains("<code>more=nope</code>"))
        }
    }

    @Test("all values of a filter are at most two hundred; the others are found by their names")
    func manyValues() async throws {
        let tags = (100..<310).map { "tag-\($0)" }.joined(separator: ", ")
        let many = Self.component(2).replacing("[tag-02]", with: "[\(tags)]")
        try await withPortal([Self.component(1), many]) { portal in
            let open = await text(portal, "/catalog?more=tags")
            #expect(count("name=\"filters[tags]\"", in: open) == 200)
            #expect(open.contains("The 200 most frequent ones."))
            #expect(await text(portal, "/catalog?more=tags&find=tag-309").contains("value=\"tag-309\""))
        }
    }

    @Test("below the rows stands which of them these are, and links carry the place")
    func positions() async throws {
        try await withPortal((1...45).map(Self.component)) { [self] portal in
            var page = await text(portal, "/catalog")
            #expect(page.contains("<span>1–20 of 45 components</span>"))
            for expected in ["21–40 of 45 components", "41–45 of 45 components"] {
                page = await text(portal, try link("next", page))
                #expect(page.contains("<span>\(expected)</span>"))
            }
            page = await text(portal, try link("prev", page))
            #expect(page.contains("<span>21–40 of 45 components</span>"))
            // An address that was kept from before says no place.
            let old = try link("next", await text(portal, "/catalog")).replacing("&from=20", with: "")
            #expect(await text(portal, old).contains("<span>20 of 45 components</span>"))
            #expect(await text(portal, "/catalog?from=99").contains("<span>1–20 of 45 components</span>"))
            page = await text(portal, try link("prev", page))
            #expect(page.contains("<span>1–20 of 45 components</span>"))
        }
    }

    private func link(_ rel: String, _ page: String) throws -> String {
        let end = try #require(page.range(of: "\" rel=\"\(rel)\""))
        let start = try #require(page[..<end.lowerBound].range(of: "href=\"", options: .backwards))
        return String(page[start.upperBound..<end.lowerBound]).replacing("&amp;", with: "&")
    }

    @Test("the list of all kinds names the kind of each row")
    func kinds() async throws {
        try await withPortal([Self.component(1)]) { portal in
            let all = await text(portal, "/catalog?filters[kind]=all")
            #expect(all.contains(">Kind</th>"))
            #expect(all.contains("<td class=\"w-text\">Component</td>"))
            #expect(all.contains("<td class=\"w-text\">Location</td>"))
            #expect(await text(portal, "/catalog").contains(">Kind</th>") == false)
        }
    }

    @Test("errors anywhere are said on every list, with the way to them, and a refused entity on its own page")
    func errors() async throws {
        let refused = Self.component(2).replacing("owner:", with: "owned:")
        try await withPortal([Self.component(1), refused]) { portal in
            let way = "href=\"/catalog?filters%5Bkind%5D=all&amp;filters%5Bprocessing%5D=error\""
            for path in ["/catalog", "/catalog?filters[kind]=template", "/catalog?filters[text]=nothing-like-this"] {
                let page = await text(portal, path)
                #expect(page.contains("1 location has errors</a>"), "\(path)")
                #expect(page.contains(way))
            }
            #expect(
                await text(portal, "/catalog?filters[processing]=error").contains("location has errors</a>") == false)
            let answer = await portal.send(.get, "/catalog/default/component/part-02")
            #expect(answer.status == .notFound)
            let page = String(decoding: answer.body, as: UTF8.self)
            #expect(page.contains("A file declares it, but it was refused"))
            #expect(page.contains("…/all.yaml"), "\(page)")
            #expect(page.contains("spec.owner"))
            #expect(!page.contains("/data/"))
            #expect(await text(portal, "/catalog/default/component/part-0").contains("was refused") == false)
        }
        try await withPortal([Self.component(1)]) { portal in
            #expect(await text(portal, "/catalog").contains("has errors</a>") == false)
        }
    }

    @Test("who may not read the location that has errors is told nothing of them")
    func hiddenErrors() throws {
        let body: JSONValue = [
            "kind": "Location", "metadata": ["name": "broken"],
            "status": ["items": [["level": "error", "message": "unread"]]],
        ]
        var index = CatalogIndex()
        try index.apply(
            upserts: [
                StoredEntity(
                    id: 1, uid: "u", reference: "location:default/broken", body: JSONWriter.bytes(body), edges: [])
            ], deletes: [], epoch: "e", head: 1)
        let filters = CatalogFilters(QueryParameters(""))
        func said(_ decision: AuthorizationDecision) -> String? {
            CatalogErrors(AuthorizedCatalog(IndexVersion(index), decision: decision), filters, EnglishCatalog())?
                .html.text
        }
        #expect(said(.allow)?.contains("1 location has errors") == true)
        #expect(said(.deny) == nil)
        #expect(said(.conditional(.oneOf(key: "kind", values: ["component"]))) == nil)
    }

    @Test("the page of a location lists what was read through it")
    func locationContents() async throws {
        try await withPortal((1...2).map(Self.component)) { portal in
            let name = GeneratedLocation.name(of: LocationReference(type: "file", target: "/data/all.yaml"))
            let page = await text(portal, "/catalog/default/location/\(name)")
            #expect(page.contains("What was read through it<small> 2</small>"), "\(page)")
            #expect(page.contains("href=\"/catalog/default/component/part-02\""))
            let component = await text(portal, "/catalog/default/component/part-01")
            #expect(!component.contains("What was read through it"))
        }
    }
}
