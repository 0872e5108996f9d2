import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// What can be done with the list: export, columns, views, chosen rows.
@Suite struct ListToolsTests {
    private static let files = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: one, title: "=1+1", description: "a, \\"b\\"" , tags: [x, y] }
        spec: { type: service, lifecycle: production, owner: team }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: two }
        spec: { type: library, lifecycle: production, owner: team }
        """

    private func withPortal(_ body: @escaping @Sendable (TestPortal) async throws -> Void) async throws {
        let config = """
            catalog:
              processingInterval: false
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let portal = try await TestPortal.make(config, files: ["/data/all.yaml": Self.files])
        try await portal.running {
            #expect(await portal.eventually { await text(portal, "/catalog").contains(">two</a>") })
            try await body(portal)
        }
    }

    private func text(_ portal: TestPortal, _ path: String) async -> String {
        String(decoding: await portal.send(.get, path).body, as: UTF8.self)
    }

    @Test("a spreadsheet gets every match of the filters, and nothing in it runs")
    func csv() async throws {
        try await withPortal { portal in
            let answer = await portal.send(.get, "/catalog/export?format=csv&filters[type]=service")
            #expect(answer.headers[.contentDisposition] == "attachment; filename=\"catalog.csv\"")
            let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\r\n")
            #expect(lines.count == 2)
            #expect(lines[0].hasPrefix("\u{FEFF}reference,kind,namespace,name,title,description"))
            #expect(
                lines[1].hasPrefix(
                    "component:default/one,Component,default,one,'=1+1,\"a, \"\"b\"\"\",service,production,"))
        }
    }

    @Test(
        "a cell is quoted where it must be, and a formula is a text",
        arguments: [
            ("plain", "plain"), ("a,b", "\"a,b\""), ("\"", "\"\"\"\""), ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("two\nlines", "\"two\nlines\""), ("", ""),
            ("=\u{200D}1+1", "'=\u{200D}1+1"), ("＝1", "'＝1"), ("＠x", "'＠x"), ("é", "é"),
            ("x,\u{301}y", "\"x,\u{301}y\""), ("a\"\u{301}", "\"a\"\"\u{301}\""), ("\r\n=1", "\"'\r\n=1\""),
        ])
    func cells(_ text: String, _ expected: String) { #expect(CSVLine.cell(text) == expected) }

    @Test("programs get the entities as the API serves them, all or those that were chosen")
    func json() async throws {
        try await withPortal { portal in
            let all = try JSONParser.parse(await portal.send(.get, "/catalog/export?format=json").body)
            #expect(all.array?.count == 2)
            #expect(all.array?.first?["relations"] != nil)
            let lines = await text(portal, "/catalog/export?format=ndjson&filters[kind]=all").split(separator: "\n")
            #expect(lines.count == 3)
            let chosen = await text(
                portal, "/catalog/export?format=csv&entityRef=component:default/two&entityRef=component:default/nobody")
            #expect(chosen.split(separator: "\r\n").count == 2)
            #expect(await portal.send(.get, "/catalog/export?format=xls").status == .badRequest)
            #expect(await text(portal, "/catalog/export?format=json&filters[type]=none") == "[]")
        }
    }

    @Test("columns are those of the kind, or those that were asked for")
    func columns() async throws {
        try await withPortal { portal in
            let plain = await text(portal, "/catalog")
            #expect(plain.contains(">System</th>"))
            let chosen = await text(portal, "/catalog?columns=namespace&columns=zebra&columns=description")
            #expect(chosen.contains(">Namespace</th>"))
            #expect(!chosen.contains(">System</th>"))
            #expect(chosen.contains("<code>columns=zebra</code>"))
            #expect(chosen.contains("The usual columns"))
        }
        #expect(ListColumn.standard(for: "api").contains(.consumers))
        for kind in ["component", "api", "group", "user", "all", "location", "nonsense"] {
            #expect(
                Set(ListColumn.standard(for: kind)).subtracting([.name]).isSubset(of: ListColumn.offered(for: kind)))
        }
    }

    @Test("a view keeps what the list understands, and has a name")
    func views() throws {
        let view = try SavedView.checked(" Mine ", "filters[type]=service&nonsense=1&cursor=abc&sort=-type")
        #expect(view.name == "Mine")
        #expect(view.url.text == "/catalog?filters%5Bkind%5D=component&filters%5Btype%5D=service&sort=-type")
        #expect(SavedView.all(SavedView.json([view])) == [view])
        #expect(SavedView.all(["nonsense", ["name": 1]]).isEmpty)
        #expect(SavedView.all(nil).isEmpty)
        #expect(throws: SavedView.Problem.noName) { try SavedView.checked("  ", "") }
        #expect(throws: SavedView.Problem.longName) { try SavedView.checked(String(repeating: "x", count: 61), "") }
        #expect(throws: SavedView.Problem.longQuery) {
            try SavedView.checked("a", String(repeating: "x", count: 4_001))
        }
        let other = try SavedView.checked("Mine", "filters[type]=library")
        #expect(throws: SavedView.Problem.exists("Mine", group: nil)) { try other.added(to: [view], replaces: false) }
        #expect(try other.added(to: [view], replaces: true) == [other])
        #expect(try view.added(to: [view], replaces: false) == [view])
        let many = (0..<SavedView.most).map { SavedView(name: "\($0)", query: "") }
        #expect(throws: SavedView.Problem.tooMany) { try view.added(to: many, replaces: true) }
        #expect(SavedView.named(in: QueryParameters("view=Mine"), [view]).view == view)
        #expect(SavedView.named(in: QueryParameters("view=nope"), [view]).missing == "nope")
    }

    @Test("a program has no views of its own, and chosen rows must be named")
    func forms() async throws {
        try await withPortal { portal in
            let views = await portal.submit("/catalog/views", form: "name=a", token: TestPortal.token)
            #expect(views.status == .forbidden)
            let none = await portal.submit("/catalog/refresh", form: "", token: TestPortal.token)
            #expect(none.status == .badRequest)
            let wrong = await portal.submit("/catalog/refresh", form: "entityRef=:::", token: TestPortal.token)
            #expect(wrong.status == .badRequest)
            let some = await portal.submit(
                "/catalog/refresh", form: "entityRef=component:default/one&entityRef=component:default/x&return=//evil",
                token: TestPortal.token)
            #expect(some.headers[.location] == "/catalog?refreshed=1")
        }
    }
}
