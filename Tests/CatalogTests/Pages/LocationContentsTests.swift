import EntityModel
import Foundation
import PortalKit
import Testing

@testable import Catalog

/// What was read through a location: all of it can be reached, page by page.
@Suite struct LocationContentsTests {
    private static let location = LocationReference(type: "url", target: "https://files.example/all.yaml")
    private static let key = "backstage.io/managed-by-origin-location"

    private static func catalog(of count: Int) throws -> AuthorizedCatalog {
        let own = GeneratedLocation.reference(of: location)
        let name = String(own.drop { $0 != "/" }.dropFirst())
        var entities = [
            StoredEntity(
                id: 1, uid: "u1", reference: own,
                body: Array(
                    #"{"kind":"Location","metadata":{"name":"\#(name)","namespace":"default"},"spec":{}}"#.utf8),
                edges: [Relation]())
        ]
        entities += (0..<count).map { number in
            let body = """
                {"kind":"Component","metadata":{"name":"c\(number)","namespace":"default",\
                "annotations":{"\(key)":"\(location.description)"}},"spec":{}}
                """
            return StoredEntity(
                id: Int64(number + 2), uid: "c\(number)", reference: "component:default/c\(number)",
                body: Array(body.utf8), edges: [Relation]())
        }
        var index = CatalogIndex()
        try index.apply(upserts: entities, deletes: [], epoch: "e", head: 1)
        return AuthorizedCatalog(IndexVersion(index), decision: .allow)
    }

    private static let context = ViewContext(principal: .none, now: .distantPast)

    @Test("each page follows the one before, and the last has the rest")
    func paging() throws {
        let catalog = try Self.catalog(of: 151)
        var found: Set<String> = []
        for start in [0, 50, 100, 150] {
            let contents = LocationContents(of: Self.location, through: catalog, from: start)
            #expect(contents.total == 151)
            found.formUnion(contents.entities.map(\.reference.description))
            let html = contents.pages("Read", Self.context).text
            #expect(html.contains("\(start + 1)–\(min(start + 50, 151)) of 151"))
            #expect(html.contains("?from=\(start + 50)#contents\" rel=\"next\"") == (start < 150))
            #expect(html.contains("rel=\"prev\"") == (start > 0))
            #expect(!html.contains("and 101 more"))
        }
        #expect(found.count == 151)
    }

    @Test("a page that is not there is the first")
    func odd() throws {
        let catalog = try Self.catalog(of: 60)
        for text in ["from=-5", "from=60", "from=x", "from=99999999999999999999", ""] {
            let start = LocationContents.start(QueryParameters(text))
            let contents = LocationContents(of: Self.location, through: catalog, from: start)
            #expect(contents.start == 0, "\(text)")
            #expect(contents.entities.count == 50, "\(text)")
        }
    }

    @Test("where only the first are shown, a link leads to all")
    func all() throws {
        let catalog = try Self.catalog(of: 60)
        let html = LocationContents(of: Self.location, through: catalog).card("Added", Self.context).text
        #expect(html.contains("#contents\">All 60</a>"))
        let few = LocationContents(of: Self.location, through: try Self.catalog(of: 3)).pages("Read", Self.context)
        #expect(!few.text.contains("class=\"foot\""))
    }
}
