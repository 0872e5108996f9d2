import EntityModel
import HTTPTypes
import PortalKit
import Testing

@Suite struct WebTests {
    @Test("query strings are decoded, repeated and blank parameters kept")
    func query() throws {
        let query = QueryParameters("filter=kind%3DAPI&filter=a+b&flag&x=%zz%E2%98%83&limit=7")
        #expect(query.all("filter") == ["kind=API", "a b"])
        #expect(query["flag"] == "")
        #expect(query["x"] == "%zz\u{2603}")
        #expect(try query.integer("limit") == 7)
        #expect(try query.integer("offset") == nil)
    }

    @Test("numbers that are none are named in the error", arguments: ["asdf", "-1", "1.5", "99999999999999999999", ""])
    func integers(_ text: String) {
        #expect {
            try QueryParameters("limit=\(text)").integer("limit")
        } throws: { error in
            guard let error = error as? PortalError else { return false }
            return error.kind == .input && error.message.hasPrefix("request/query/limit must be")
        }
    }

    @Test("percent-encoding is undone by decoding", arguments: ["a b/c", "ä☃", "100%", "-._~", ""])
    func percent(_ text: String) { #expect(PercentCoding.decode(PercentCoding.encode(text).utf8) == text) }

    @Test("bodies must be JSON objects, and say so")
    func bodies() throws {
        func request(_ type: String?, _ body: String) -> PortalRequest {
            var headers = HTTPFields()
            headers[.contentType] = type
            return PortalRequest(method: .post, target: "/", headers: headers, body: Array(body.utf8))
        }
        #expect(try JSONBody.object(request("application/json; charset=utf-8", #"{"a":1}"#)) == ["a": 1])
        for (type, body) in [
            (nil, "{}"), ("text/plain", "{}"), ("application/jsonx", "{}"), ("application/json", ""),
            ("application/json", "["), ("application/json", "[]"), ("application/json", "not json"),
        ] as [(String?, String)] {
            #expect(throws: PortalError.self) { try JSONBody.object(request(type, body)) }
        }
    }

    @Test("forms are read as browsers send them, and nothing else is taken for one")
    func forms() throws {
        func request(_ type: String?, _ body: String) -> PortalRequest {
            var headers = HTTPFields()
            headers[.contentType] = type
            return PortalRequest(method: .post, target: "/", headers: headers, body: Array(body.utf8))
        }
        #expect(try request("application/x-www-form-urlencoded; charset=UTF-8", "a=b+c").form["a"] == "b c")
        #expect(try request(nil, "").form.pairs.isEmpty)
        for type in [nil, "text/plain", "multipart/form-data; boundary=x", "application/json"] {
            #expect(throws: PortalError.self) { try request(type, "a=b").form }
        }
        let form = try request("application/x-www-form-urlencoded", "e=component:a&e=api:b/c").form
        #expect(try form.references("e").map(\.description) == ["component:default/a", "api:b/c"])
        #expect(throws: PortalError.self) { try QueryParameters("e=a:b:c").references("e") }
    }

    @Test(
        "the way back stays on the portal",
        arguments: [
            ("/catalog?a[b]=c#d", "/catalog?a[b]=c#d"), ("//evil.example", "/x"), ("/\\evil.example", "/x"),
            ("https://evil.example", "/x"), ("javascript:alert(1)", "/x"), ("catalog", "/x"), ("", "/x"),
            ("/a b", "/x"), ("/é", "/x"), ("/a\r\nb", "/x"), ("/a\\b", "/x"),
        ])
    func back(_ text: String, _ target: String) {
        #expect(SafeURL.local(text, else: "/x").text == target)
        #expect(SafeURL.local(nil, else: "/x") == "/x")
    }

    @Test("a page speaks the chosen language, else the browser's") func language() {
        let headers: HTTPFields = [.acceptLanguage: "de-AT, en;q=0.5"]
        #expect(PortalRequest(method: .get, target: "/", headers: headers).language == .german)
        let chosen: HTTPFields = [.acceptLanguage: "de", .cookie: "callboard-view=dark.en"]
        #expect(PortalRequest(method: .get, target: "/", headers: chosen).language == .english)
    }

    @Test("errors take Backstage's form on the wire", arguments: PortalError.Kind.allCases)
    func errors(_ kind: PortalError.Kind) {
        let error = PortalError(kind, "no", metadata: ["field": "x", "message": "never replaces"])
        let json = ErrorBody.json(error, method: "GET", url: "/a")
        #expect(json["error"] == ["name": .string(kind.rawValue), "message": "no", "field": "x"])
        #expect(json["response"] == ["statusCode": .number(Double(kind.statusCode))])
        #expect(json["request"] == ["method": "GET", "url": "/a"])
    }

    @Test("a service handle refuses use before it is bound")
    func handles() throws {
        let handle = ServiceHandle<Int>("number")
        #expect(throws: PortalError.self) { try handle.service }
        handle.bind(7)
        #expect(try handle.service == 7)
    }
}
