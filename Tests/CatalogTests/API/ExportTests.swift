import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// `GET|POST /api/callboard/v1/entities/export`, as a program that wants a file calls it.
@Suite struct ExportTests {
    private static let path = "/api/callboard/v1/entities/export"
    private static let files = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: till
          title: "=HYPERLINK(\\"x\\")"
          description: "two\\nlines, and \\"quotes\\" — Ümlaut"
          tags: [java, money]
          annotations: { acme.example/cost.center: "+49", acme.example/list: x }
        spec: { type: service, lifecycle: production, owner: team, system: shop, rank: -1, mixed: [a b, c], deep: { x: [1, 2] } }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: desk }
        spec: { type: library, lifecycle: deprecated, owner: nobody }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata: { name: team }
        spec: { type: team, children: [], members: [guest] }
        """

    private static let config = """
        backend: { listen: 127.0.0.1:7007 }
        auth: { providers: { guest: { userEntityRef: user:default/guest, ownershipEntityRefs: [group:default/team] } } }
        catalog:
          processingInterval: false
          rules: [{ allow: [Component, Group] }]
          locations: [{ type: file, target: /data/all.yaml }]
        """

    private func withPortal(_ body: @escaping @Sendable (TestPortal) async throws -> Void) async throws {
        let portal = try await TestPortal.make(Self.config, files: ["/data/all.yaml": Self.files])
        try await portal.running {
            let last = "/api/catalog/entities/by-name/group/default/team"
            #expect(await portal.eventually { await portal.send(.get, last).status == .ok })
            try await body(portal)
        }
    }

    private func text(_ portal: TestPortal, _ query: String, _ headers: HTTPFields = [:]) async -> String {
        String(decoding: await portal.send(.get, "\(Self.path)?\(query)", headers: headers).body, as: UTF8.self)
    }

    @Test("a table has the usual columns of everything that matches, after RFC 4180, and nothing in it runs")
    func csv() async throws {
        try await withPortal { portal in
            let answer = await portal.send(.get, "\(Self.path)?format=csv&filter=kind=component")
            #expect(answer.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(answer.headers[.contentDisposition] == "attachment; filename=\"catalog.csv\"")
            let text = String(decoding: answer.body, as: UTF8.self)
            let lines = text.components(separatedBy: "\r\n")
            #expect(lines.count == 4 && lines.last == "")
            #expect(lines[0] == ExportColumns.standard.joined(separator: ","))
            #expect(lines[1].hasPrefix("component:default/desk,Component,default,desk,,,library,deprecated,"))
            let till =
                "component:default/till,Component,default,till,\"'=HYPERLINK(\"\"x\"\")\","
                + "\"two\nlines, and \"\"quotes\"\" — Ümlaut\",service,production,group:default/team,"
                + "system:default/shop,java money,file:/data/all.yaml"
            #expect(lines[2] == till)
        }
    }

    @Test("columns are short names, relations, and any path; lists of words are joined, other values are JSON")
    func columns() async throws {
        try await withPortal { portal in
            let names =
                "name,spec.rank,metadata.annotations.acme.example/cost.center,spec.mixed,spec.deep,spec.deep.x,"
                + "relations.OWNEDBY,metadata.nothing,domain"
            let asked = PercentCoding.encode(names)
            let text = await text(portal, "format=csv&filter=metadata.name=till&columns=\(asked)")
            #expect(
                text == names + "\r\n"
                    + "till,-1,'+49,\"[\"\"a b\"\",\"\"c\"\"]\",\"{\"\"x\"\":[1,2]}\",1 2,group:default/team,,\r\n")
            // A line with one empty cell is no empty line.
            let one = await self.text(portal, "format=csv&columns=metadata.title&filter=metadata.name=desk")
            #expect(one == "metadata.title\r\n\"\"\r\n")
            let heading = await self.text(portal, "format=csv&columns=%3D1.1%2B1&filter=metadata.name=desk")
            #expect(heading.hasPrefix("'=1.1+1\r\n"))
        }
    }

    @Test("a table has a byte order mark where it is asked for, or saved from a page")
    func byteOrderMark() async throws {
        try await withPortal { portal in
            let plain = Array(await text(portal, "format=csv&filter=kind=group").utf8)
            let marked = await portal.send(.get, "\(Self.path)?format=csv&filter=kind=group&byteOrderMark=true")
            #expect(marked.body == [0xEF, 0xBB, 0xBF] + plain)
            let page = await portal.send(.get, "/catalog/export?format=csv&filters[kind]=group")
            #expect(page.body.starts(with: [0xEF, 0xBB, 0xBF]) && page.body.count == plain.count + 3)
            let list = await portal.send(.get, "/catalog/export?format=json&filters[kind]=group")
            #expect(list.body.first == UInt8(ascii: "["))
            #expect(await portal.send(.get, "\(Self.path)?format=json&byteOrderMark=true").status == .badRequest)
            #expect(await portal.send(.get, "\(Self.path)?format=csv&byteOrderMark=1").status == .badRequest)
        }
    }

    @Test("what can be meant once and is given twice is refused by its name")
    func twice() async throws {
        try await withPortal { portal in
            for (path, name) in [
                ("\(Self.path)?format=csv&format=json", "format"),
                ("/api/catalog/entities/by-query?limit=1&limit=2", "limit"),
                ("/api/catalog/entities/by-query?cursor=a&cursor=b", "cursor"),
                ("/api/catalog/entities?offset=1&offset=1", "offset"),
                ("/api/callboard/v1/changes?fields=at&fields=uid", "fields"),
            ] {
                let answer = await portal.send(.get, path)
                #expect(answer.status == .badRequest, "\(path)")
                let text = String(decoding: answer.body, as: UTF8.self)
                #expect(text.contains("request/query/\(name) must be given once"), "\(text)")
            }
        }
    }

    @Test("JSON is one list, NDJSON a line for each, both as the API serves entities or the fields of them")
    func json() async throws {
        try await withPortal { portal in
            let list = try JSONParser.parse(Array(await text(portal, "").utf8))
            let served = try JSONParser.parse(await portal.send(.get, "/api/catalog/entities").body)
            #expect(list == served && list.array?.count == 4)
            let answer = await portal.send(.get, "\(Self.path)?format=ndjson&fields=kind,metadata.name")
            #expect(answer.headers[.contentType] == "application/x-ndjson; charset=utf-8")
            let lines = String(decoding: answer.body, as: UTF8.self)
            #expect(lines.hasSuffix("}\n"))
            let values = try lines.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
            #expect(values.count == 4 && values.allSatisfy { $0.object?.keys == ["kind", "metadata"] })
            #expect(await text(portal, "filter=kind=none") == "[]")
            #expect(await text(portal, "format=ndjson&filter=kind=none") == "")
            #expect(await text(portal, "format=csv&columns=name&filter=kind=none") == "name\r\n")
        }
    }

    @Test("filter, full text, order and a predicate are those of by-query")
    func queries() async throws {
        try await withPortal { portal in
            func names(_ query: String) async -> String {
                await text(portal, "format=csv&columns=name&\(query)").replacing("\r\n", with: " ")
            }
            #expect(await names("filter=kind=component&orderField=metadata.name,desc") == "name till desk ")
            #expect(await names("fullTextFilterTerm=TIL&fullTextFilterFields=metadata.name") == "name till ")
            #expect(await names("processing=deprecated") == "name desk ")
            #expect(await names("processing=dangling&filter=kind=component") == "name desk till ")
            let body: JSONValue = [
                "query": ["$all": [["kind": "component"], ["$not": ["spec.type": "service"]]]], "columns": ["name"],
                "orderBy": [["field": "metadata.name", "order": "asc"]],
            ]
            let posted = await portal.send(.post, "\(Self.path)?format=csv", json: body)
            #expect(String(decoding: posted.body, as: UTF8.self) == "name\r\ndesk\r\n")
        }
    }

    @Test(
        "the format is what the address says, else what the client accepts most, else JSON",
        arguments: [
            ("text/csv", ExportFormat.csv), ("application/x-ndjson", .ndjson),
            ("application/ndjson;q=0.5, text/csv;q=0.4", .ndjson),
            ("*/*", .json), ("text/html, */*;q=0.1", .json), ("text/csv;q=0", nil), ("image/png", nil), ("", nil),
            ("text/csv;q=x, application/json", .json),
        ])
    func accepted(_ header: String, _ format: ExportFormat?) {
        #expect(ExportFormat.accepted(header) == format)
    }

    @Test("somebody's own is theirs alone, and a list of stars has another tag when they change")
    func own() async throws {
        try await withPortal { portal in
            let scripted = HTTPField.Name("X-Requested-With").map { [$0: "XMLHttpRequest"] as HTTPFields } ?? [:]
            let guest = await portal.send(.post, "/api/auth/guest/refresh", token: nil, headers: scripted)
            let token = try #require(try JSONParser.parse(guest.body)["backstageIdentity"]?["token"]?.string)
            func send(_ query: String) async -> PortalResponse {
                await portal.send(.get, "\(Self.path)?format=csv&columns=name&\(query)", token: token)
            }
            #expect(String(decoding: await send("user=owned").body, as: UTF8.self) == "name\r\ntill\r\n")
            let before = await send("user=starred")
            #expect(String(decoding: before.body, as: UTF8.self) == "name\r\n")
            let stars: JSONValue = ["value": ["component:default/desk"]]
            let path = "/api/user-settings/buckets/default.starredEntities/keys/entityRefs"
            #expect(await portal.send(.put, path, json: stars, token: token).status == .ok)
            let after = await send("user=starred")
            #expect(String(decoding: after.body, as: UTF8.self) == "name\r\ndesk\r\n")
            #expect(after.headers[.eTag] != before.headers[.eTag])
            let program = await portal.send(.get, "\(Self.path)?user=owned")
            #expect(program.status == .badRequest)
        }
    }

    @Test("HEAD says how long it is, and whoever has it already gets 304, by format")
    func tags() async throws {
        try await withPortal { portal in
            let csv: HTTPFields = [.accept: "text/csv"]
            let answer = await portal.send(.get, Self.path, headers: csv)
            let head = await portal.send(.head, Self.path, headers: csv)
            #expect(head.body.isEmpty && head.headers[.contentLength] == "\(answer.body.count)")
            let tag = try #require(answer.headers[.eTag])
            #expect(answer.headers[.vary] == "Accept, Accept-Encoding")
            let again = await portal.send(.get, Self.path, headers: [.accept: "text/csv", .ifNoneMatch: tag])
            #expect(again.status == .notModified && again.body.isEmpty)
            let other = await portal.send(.get, Self.path, headers: [.ifNoneMatch: tag])
            #expect(other.status == .ok && other.headers[.eTag] != tag)
        }
    }

    @Test(
        "what an export does not know is refused by name",
        arguments: [
            ("format=xls", "request/query/format must be equal to one of the allowed values: csv, json, ndjson"),
            ("limit=5", "Unknown query parameter 'limit'"), ("cursor=x", "Unknown query parameter 'cursor'"),
            ("format=csv&fields=kind", "a table has columns"), ("columns=kind", "json has fields"),
            ("format=ndjson&columns=kind", "ndjson has fields"), ("format=csv&columns=spec.a[0]", "elements of lists"),
            ("format=csv&columns=spec.definition&columns=name,spec.definition", "twice, as 'spec.definition'"),
            ("format=csv&columns=name,metadata.name", "twice, as 'metadata.name'"),
            ("format=csv&columns=relations.hasPart,relations.HASPART", "twice, as 'relations.HASPART'"),
            ("format=csv&columns=lifecylce", "columns must be some of reference, kind, namespace, name,"),
            ("processing=odd", "request/query/processing must be equal"),
            ("user=me", "request/query/user must be equal"),
            ("filter==a", "not a valid statement"), ("orderField=a,b", "must be asc or desc"),
        ])
    func refused(_ query: String, _ message: String) async throws {
        let portal = try await TestPortal.make(Self.config)
        let answer = await portal.send(.get, "\(Self.path)?\(query)")
        #expect(answer.status == .badRequest)
        #expect(String(decoding: answer.body, as: UTF8.self).contains(message))
    }

    @Test(
        "a body that is wrong is refused by name",
        arguments: [
            (["limit": 3] as JSONValue, "'limit' is none of"),
            (["columns": "kind"] as JSONValue, "columns must be an array of strings"),
            (["query": 3] as JSONValue, "top-level primitive"),
            (["columns": ["a,b"]] as JSONValue, "several in one"),
            (["columns": .array(Array(repeating: "", count: 101))] as JSONValue, "more than 100"),
            (["columns": [["a"]]] as JSONValue, "columns must be an array"),
        ])
    func refusedBody(_ body: JSONValue, _ message: String) async throws {
        let portal = try await TestPortal.make(Self.config)
        let answer = await portal.send(.post, "\(Self.path)?format=csv", json: body)
        #expect(answer.status == .badRequest)
        #expect(String(decoding: answer.body, as: UTF8.self).contains(message))
    }
}
