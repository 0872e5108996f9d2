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
