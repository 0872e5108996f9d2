import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// Requests that no client should send: each gets an answer that says so.
@Suite struct BadRequestsTests {
    private static func portal(_ engine: Dialect = .sqlite) async throws -> BadPortal {
        try await BadPortal(["a": BadPortal.component("a"), "b": BadPortal.component("b")], engine: engine)
    }

    private static func cursor(_ json: String) -> String {
        PercentCoding.encode(Data(json.utf8).base64EncodedString())
    }

    private static func nested(_ count: Int, _ open: String, _ inner: String, _ close: String) -> [UInt8] {
        Array(
            "{\"query\":\(String(repeating: open, count: count))\(inner)\(String(repeating: close, count: count))}".utf8
        )
    }

    private static var queries: [String] {
        let position = "\"isPrevious\":false,\"totalItems\":1"
        let order = "\"orderFields\":[{\"field\":\"metadata.name\",\"order\":\"asc\"}]"
        return [
            "limit=-1", "limit=x", "limit=1.5", "limit=99999999999999999999", "offset=-1", "cursor=", "cursor=%00",
            "cursor=eyJ", "cursor=e30", "cursor=\(cursor("{}"))", "cursor=\(cursor("[]"))", "cursor=\(cursor("null"))",
            "cursor=\(cursor("{\(order),\"orderFieldValues\":[\"a\"],\(position)}"))",
            "cursor=\(cursor("{\(order),\"orderFieldValues\":[1,2],\(position)}"))",
            "cursor=\(cursor("{\(order),\"orderFieldValues\":[\"a\",\"b\"],\"isPrevious\":false,\"totalItems\":1e300}"))",
            "cursor=\(cursor("{\(order),\"orderFieldValues\":[\"a\",\"b\"],\"isPrevious\":false,\"totalItems\":-5}"))",
            "cursor=\(cursor("{\(order),\"orderFieldValues\":[\"a\",\"b\"],\(position),\"query\":{\"$foo\":1}}"))",
            "cursor=\(cursor("{\(order),\"orderFieldValues\":[\"a\",\"b\"],\(position),\"query\":7}"))",
            "cursor=\(cursor("{\(order),\"orderFieldValues\":[\"a\",\"b\"],\(position),\"filter\":[\"=x\"]}"))",
            "cursor=\(String(repeating: "A", count: 30_000))", "filter==", "filter==a", "orderField=,asc",
            "orderField=a,b", "fields=a[0]", "filter=a%00=b",
        ]
    }

    @Test("malformed queries are input errors in the wire's form", arguments: queries)
    func malformedQueries(_ query: String) async throws {
        let bad = try await Self.portal()
        let answer = await bad.portal.send(.get, "/api/catalog/entities/by-query?\(query)")
        #expect(answer.status == .badRequest)
        let json = try JSONParser.parse(answer.body)
        #expect(json["error"]?["name"] == "InputError")
        #expect(json["error"]?["message"]?.string?.isEmpty == false)
        #expect(json["response"]?["statusCode"] == 400)
    }

    @Test("large numbers and long queries are answered", arguments: TestDatabase.engines)
    func largeQueries(_ engine: Dialect) async throws {
        let bad = try await Self.portal(engine)
        let most = (1 << 53) - 1
        for target in [
            "/api/catalog/entities?limit=\(most)&offset=\(most)", "/api/catalog/entities?limit=\(most)&offset=1",
            "/api/catalog/entities/by-query?limit=\(most)&offset=\(most)",
            "/api/catalog/entities?filter=\(String(repeating: "a,", count: 15_000))",
            "/api/catalog/entities?filter=\(String(repeating: "kind=a%2C", count: 3_000))",
            "/api/catalog/entity-facets?facet=kind&filter=\(String(repeating: "x=y&filter=", count: 2_500))a",
            "/api/callboard/v1/entities/location/default/root/history?limit=100&before=\(most)",
        ] {
            let status = await bad.portal.send(.get, target).status.code
            #expect(status == 200 || status == 404, "\(target.prefix(80))")
        }
        let history = "/api/callboard/v1/entities/location/default/root/history?limit=\(most)"
        #expect(await bad.portal.send(.get, history).status == .badRequest)
        // Beyond what JavaScript counts exactly.
        #expect(await bad.portal.send(.get, "/api/catalog/entities?limit=\(Int.max)&offset=1").status == .badRequest)
        let path = "/api/catalog/entities?filter="
        let atLimit = path + String(repeating: "a", count: 32_768 - path.utf8.count)
        #expect(await bad.portal.send(.get, atLimit).status == .ok)
        #expect(await bad.portal.send(.get, atLimit + "a").status == .badRequest)
    }

    @Test("predicates may be nested, within bounds")
    func nestedPredicates() async throws {
        let bad = try await Self.portal()
        let headers: HTTPFields = [.contentType: "application/json"]
        for (open, close) in [("{\"$not\":", "}"), ("{\"$all\":[", "]}"), ("{\"$any\":[", "]}")] {
            for (count, status) in [(30, 200), (40, 400), (300, 400), (10_000, 400)] {
                for target in ["/api/catalog/entities/by-query", "/api/catalog/entity-facets"] {
                    var body = Self.nested(count, open, "{\"kind\":\"component\"}", close)
                    if target.hasSuffix("facets") {
                        body.replaceSubrange(0..<1, with: Array("{\"facets\":[\"kind\"],".utf8))
                    }
                    let answer = await bad.portal.send(.post, target, bytes: body, headers: headers)
                    #expect(answer.status.code == status, "\(open) \(count) times at \(target)")
                }
            }
        }
    }

    private static let bodies: [[UInt8]] =
        [
            "", "[]", "7", "\"x\"", "null", "{", "{}", "{\"a\":1}", "{\"entityRef\":7}", "{\"entityRef\":\"\"}",
            "{\"entityRef\":\"\\ud800\"}", "{\"entityRef\":\"component:default/a\\u0000\"}",
            "{\"entityRefs\":[\"\\ud800\",\"a\\u0000\"]}", "{\"location\":\"url:https://x\",\"entity\":[]}",
            "{\"location\":{\"type\":\"url\",\"target\":\"https://x/\\u0000\"}}", "{\"limit\":1e400}", "{\"limit\":-1}",
            "{\"type\":\"url\",\"target\":\"https://x/a\\u0000b\"}", "{\"type\":\"file\",\"target\":\"/etc/passwd\"}",
            "{\"type\":\"url\",\"target\":\"https://x/\(String(repeating: "y", count: 5_000))\"}",
            "{\"type\":\"url\",\"target\":\"javascript:alert(1)\"}", "{\"cursor\":\"AAAA\"}", "{\"query\":[]}",
            "{\"facets\":[7]}", "{\"items\":[{\"id\":7}]}", "{\"items\":[]}", "{\"query\":{\"$in\":{}}}",
            "{\"location\":\"url:https://x\",\"entity\":{\"kind\":\"A\\u0000\"}}",
        ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0], Array(repeating: UInt8(ascii: "["), count: 100_000)]

    @Test("no body of any form on any route that takes one is an error of ours", arguments: TestDatabase.engines)
    func bodies(_ engine: Dialect) async throws {
        let bad = try await Self.portal(engine)
        let types: [String?] = ["application/json", "application/json; charset=utf-16", "text/plain", "", nil]
        for route in bad.portal.routes where [.post, .put, .patch, .delete].contains(route.method) {
            for parameter in ["x", "%00", "%ff", "a%2Fb", String(repeating: "p", count: 3_000)] {
                let target = route.path.replacing(/\{[^}]*\}/, with: parameter)
                if target == route.path, parameter != "x" { continue }
                for type in parameter == "x" ? types : ["application/json"] {
                    for body in Self.bodies {
                        var headers = HTTPFields()
                        headers[.contentType] = type
                        let status = await bad.portal.send(route.method, target, bytes: body, headers: headers).status
                            .code
                        let text = String(decoding: body.prefix(60), as: UTF8.self)
                        #expect(status < 500, "\(route.method) \(target.prefix(80)) \(type ?? "-") \(text): \(status)")
                    }
                }
            }
        }
        let isAlive = await bad.portal.send(.get, "/api/catalog/entities").status
        #expect(isAlive == .ok)
    }

    @Test("names at their limits are valid, beyond them not, each with the field's name")
    func nameLimits() async throws {
        let bad = try await Self.portal()
        func entity(_ field: String, _ value: JSONValue) -> JSONValue {
            var metadata: JSONObject = ["name": "a"]
            metadata[field] = value
            return [
                "location": "url:https://x/y",
                "entity": [
                    "apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": .object(metadata),
                    "spec": ["type": "a", "lifecycle": "b", "owner": "c"],
                ],
            ]
        }
        func text(_ count: Int) -> String { String(repeating: "a", count: count) }
        func key(_ prefix: Int, _ name: Int) -> String {
            let label = text(62) + "."
            return (String(repeating: label, count: prefix / 63) + text(prefix % 63)) + "/" + text(name)
        }
        let good: [(String, JSONValue)] = [
            ("name", .string(text(63))), ("namespace", .string(text(63))),
            ("labels", .object([text(63): .string(text(63))])),
            ("labels", ["a": ""]), ("annotations", .object([key(253, 63): .string(text(100_000))])),
            ("tags", [.string(text(63))]),
        ]
        let wrong: [(String, JSONValue)] = [
            ("name", .string(text(64))), ("name", ""), ("name", .string("\u{202E}a")), ("name", "a\u{0}"),
            ("namespace", .string(text(64))), ("namespace", "a_b"), ("labels", .object([text(64): "a"])),
            ("labels", ["a": .string(text(64))]), ("labels", []), ("annotations", .object([key(254, 63): "a"])),
            ("annotations", ["a/b/c": "a"]), ("annotations", ["a": 7]), ("tags", [.string(text(64))]), ("tags", ["A"]),
            ("tags", [""]), ("tags", "a"), ("title", ""), ("links", [["url": "javascript:alert(1)"]]),
            ("links", [["url": " data:text/html,x"]]), ("links", [["url": "java\nscript:alert(1)"]]), ("links", [[:]]),
        ]
        for (field, value) in good {
            let answer = await bad.portal.send(.post, "/api/catalog/validate-entity", json: entity(field, value))
            #expect(answer.status == .ok, "\(field): \(String(decoding: answer.body.prefix(300), as: UTF8.self))")
        }
        for (field, value) in wrong {
            let answer = await bad.portal.send(.post, "/api/catalog/validate-entity", json: entity(field, value))
            #expect(answer.status == .badRequest, "\(field)")
            let message = (try? JSONParser.parse(answer.body))?["errors"]?.array?.first?["message"]?.string
            #expect(message?.lowercased().contains(field == "links" ? "l" : field) == true, "\(message ?? "")")
        }
    }
}
