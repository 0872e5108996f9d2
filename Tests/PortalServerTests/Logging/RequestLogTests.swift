import Database
import EntityModel
import HTTPTypes
import Logging
import PortalKit
import Testing

@testable import PortalServer

/// What the log has of requests, and by what people can name one.
@Suite struct RequestLogTests {
    private struct Unforeseen: Error {}

    private let log = KeptLog()

    private func answer(
        _ target: String, headers: HTTPFields = [:], level: Logger.Level = .info, logsRequests: Bool = false
    ) async throws -> PortalResponse {
        let routes = [
            Route(.get, "/api/test/{word}", access: .open(reason: "a test")) { request in
                switch request.parameters["word"] {
                case "broken": throw Unforeseen()
                case "database": throw DatabaseError(.connection, "gone")
                case "away": throw PortalError(.unavailable, "The host does not answer.")
                case "bad": throw PortalError(.input, "No.")
                case "work": return .text(WorkContext.current?.request ?? "")
                default: return .text("fine")
                }
            },
            Route(.get, "/page", access: .open(reason: "a test"), isPage: true) { _ in throw Unforeseen() },
        ]
        let output = log.output(level: level)
        let dispatcher = Dispatcher(
            router: try Router(routes), gate: Gate(identity: TokenIdentity(), permissions: FixedPermissions()),
            logger: output.logger("callboard"), logsRequests: { logsRequests },
            errorPage: { error, request in
                .text("\(error.message) \(request.id)", status: .init(code: error.kind.statusCode))
            })
        return await dispatcher.respond(to: .init(method: .get, target: target, headers: headers) { _ in [] })
    }

    private static let id = HTTPField.Name("X-Request-Id")

    private func headers(_ id: String) -> HTTPFields {
        var headers = HTTPFields()
        if let name = Self.id { headers.append(HTTPField(name: name, value: id)) }
        return headers
    }

    @Test("a request is known by the id that it brings, from its handler to its answer")
    func given() async throws {
        let name = try #require(Self.id)
        let response = try await answer("/api/test/work", headers: headers("0af7-65_19.x:1"))
        #expect(response.headers[name] == "0af7-65_19.x:1")
        #expect(String(decoding: response.body, as: UTF8.self) == "0af7-65_19.x:1")
    }

    @Test(
        "an id that could do harm is left aside for one of ours",
        arguments: ["", "a b", "a\"b", "<b>", "a=b", "a,b", "é", "a%0ab", String(repeating: "a", count: 129)])
    func malformed(_ id: String) async throws {
        let name = try #require(Self.id)
        let made = try #require(try await answer("/api/test/work", headers: headers(id)).headers[name])
        #expect(made != id && RequestID.isWellFormed(made))
        var two = headers("one")
        two.append(HTTPField(name: name, value: "two"))
        let other = try #require(try await answer("/api/test/work", headers: two).headers[name])
        #expect(!other.contains("one"))
    }

    @Test(
        "what fails on our side is logged once, with route, status, duration and the id that the answer names",
        arguments: [("broken", 500, "error"), ("database", 503, "error"), ("away", 503, "warning")])
    func failures(_ word: String, _ status: Int, _ level: String) async throws {
        let response = try await answer("/api/test/\(word)?token=c4nary", headers: headers("quote-me"))
        #expect(response.status.code == status)
        let body = try JSONParser.parse(response.body)
        #expect(body["request"]?["id"] == "quote-me")
        #expect(log.objects.count == 1)
        let line = try #require(log.objects.first)
        #expect(line["level"] == .string(level))
        #expect(line["request_id"] == "quote-me")
        let metadata = try #require(line["metadata"])
        #expect(metadata["route"] == "/api/test/{word}")
        #expect(metadata["status"] == .number(Double(status)))
        #expect((metadata["duration_ms"]?.number ?? -1) >= 0)
        #expect(line["message"]?.string?.hasPrefix("GET /api/test/\(word) failed with \(status): ") == true)
        #expect(!log.lines[0].contains("c4nary"))
    }

    @Test("a page that failed names the id too") func page() async throws {
        let response = try await answer("/page", headers: headers("quote-me"))
        #expect(String(decoding: response.body, as: UTF8.self).contains("quote-me"))
        #expect(log.objects.count == 1)
    }

    @Test("what others do wrong is not logged, and their answers keep Backstage's form")
    func others() async throws {
        let response = try await answer("/api/test/bad")
        #expect(try JSONParser.parse(response.body)["request"]?.object?.keys == ["method", "url"])
        _ = try await answer("/nothing/here")
        #expect(log.lines == [])
    }

    @Test("each request has a line at the level debug, or where the configuration wants it")
    func access() async throws {
        _ = try await answer("/api/test/a?token=c4nary", level: .debug)
        _ = try await answer("/api/test/a?token=c4nary", logsRequests: true)
        _ = try await answer("/api/test/a")
        #expect(log.objects.map { $0["level"] } == ["debug", "info"])
        #expect(log.objects[0]["message"] == "GET /api/test/a 200")
        #expect(!log.lines.joined().contains("c4nary"))
    }
}
