import EntityModel
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PortalKit
import ServiceLifecycle
import Synchronization
import Testing

@testable import PortalServer

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server of some routes on a free port of this machine, for one test.
struct TestServer {
    let port: Int
    /// What a signal to stop does.
    let stop: @Sendable () async -> Void

    static func run(
        _ routes: [Route], limits: ConnectionLimits = ConnectionLimits(), events: EventLimits = EventLimits(),
        streams: EventLimits = .streams,
        _ body: @Sendable (TestServer) async throws -> Void
    ) async throws {
        let dispatcher = Dispatcher(
            router: try Router(routes), gate: Gate(identity: TokenIdentity(), permissions: FixedPermissions()),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, seats: EventSeats(events),
            streams: EventSeats(streams),
            errorPage: { error, _ in
                .text("page: \(error.message)", status: HTTPResponse.Status(code: error.kind.statusCode))
            })
        let (ports, started) = AsyncStream<Int>.makeStream()
        let application = Application(
            responder: PortalResponder(dispatcher: dispatcher, limits: limits),
            server: .portal(limits),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { started.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let services = ServiceGroup(
            services: [application], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            var iterator = ports.makeAsyncIterator()
            let port = await iterator.next() ?? 0
            try await body(TestServer(port: port) { await services.triggerGracefulShutdown() })
            group.cancelAll()
        }
    }

    func send(
        _ path: String, method: String = "GET", token: String? = "Bearer user", body: Data? = nil
    ) async throws -> (Int, Data, HTTPURLResponse) {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
        request.httpMethod = method
        request.httpBody = body
        if let token { request.setValue(token, forHTTPHeaderField: "Authorization") }
        let (data, response) = try await URLSession.shared.data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        return (answer.statusCode, data, answer)
    }
}

@Suite(.serialized) struct PortalResponderTests {
    private struct Unforeseen: Error {}

    private static let numbers = (0..<4).map { piece in
        Array((0..<50_000).map { "\(($0 &* 2_654_435_761 &+ piece) % 1_000_003)" }.joined(separator: " ").utf8)
    }

    private var routes: [Route] {
        [
            Route(.get, "/api/test/echo/{word}", access: .authenticated) { request in
                .json(["word": .string(try request.parameter("word")), "q": .string(request.query["q"] ?? "")])
            },
            Route(.get, "/api/test/host", access: .authenticated) { request in
                .text(HTTPField.Name("Host").flatMap { request.headers[$0] } ?? "none")
            },
            Route(.post, "/api/test/size", access: .authenticated, maximumBodyBytes: 1000) { request in
                .json(["size": .number(Double(request.body.count))])
            },
            Route(.get, "/api/test/pieces", access: .authenticated) { _ in
                var response = PortalResponse.text("first,")
                response.pieces = { $0 < 3 ? Array(repeating: UInt8(ascii: "0") + UInt8($0), count: 1 << 20) : nil }
                return response
            },
            Route(.get, "/api/test/numbers", access: .authenticated) { _ in
                var response = PortalResponse.text("")
                // Of one piece nothing is there.
                response.pieces = { $0 < 4 ? ($0 == 1 ? [] : Self.numbers[$0]) : nil }
                return response
            },
            Route(.get, "/api/test/conflict", access: .authenticated) { _ in throw PortalError(.conflict, "taken") },
            Route(.get, "/api/test/broken", access: .authenticated) { _ in throw Unforeseen() },
            Route(.get, "/page", access: .authenticated, isPage: true) { _ in
                throw PortalError(.notFound, "no such page")
            },
        ] + Health.ofTests.routes
    }

    @Test("an answer in pieces arrives whole, and HEAD says how long it is")
    func pieces() async throws {
        try await TestServer.run(routes) { server in
            for _ in 0..<2 {
                let (status, data, _) = try await server.send("/api/test/pieces")
                #expect(status == 200)
                #expect(data.count == 6 + (3 << 20) && data.starts(with: Array("first,0".utf8)) && data.last == 0x32)
            }
            let (status, data, response) = try await server.send("/api/test/pieces", method: "HEAD")
            #expect(status == 200 && data.isEmpty)
            // The client takes packed answers.
            let packed = try #require(response.value(forHTTPHeaderField: "Content-Length").flatMap { Int($0) })
            #expect(response.value(forHTTPHeaderField: "Content-Encoding") == "gzip" && packed < 1 << 20)
            let plain = try RawConnection(port: server.port)
            plain.send("HEAD /api/test/pieces HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer user\r\n\r\n")
            #expect(await plain.beginning()?.contains("Content-Length: \(6 + (3 << 20))\r\n") == true)
        }
    }

    @Test("pieces are packed one by one, and whoever unpacks them gets the whole with its checksum")
    func packedPieces() async throws {
        try await TestServer.run(routes) { server in
            let (status, data, response) = try await server.send("/api/test/numbers")
            #expect(status == 200 && response.value(forHTTPHeaderField: "Content-Encoding") == "gzip")
            #expect(response.value(forHTTPHeaderField: "Vary") == "Accept-Encoding")
            #expect(Array(data) == Self.numbers[0] + Self.numbers[2] + Self.numbers[3])
        }
    }

    @Test("requests are answered over HTTP with security headers, and HEAD without a body")
    func answers() async throws {
        try await TestServer.run(routes) { server in
            let (status, data, response) = try await server.send("/api/test/echo/a%2Fb?q=x%20y")
            #expect(status == 200)
            #expect(try JSONParser.parse(Array(data)) == ["word": "a/b", "q": "x y"])
            #expect(
                response.value(forHTTPHeaderField: "Content-Security-Policy")?.hasPrefix("default-src 'none'") == true)
            #expect(response.value(forHTTPHeaderField: "X-Content-Type-Options") == "nosniff")
            #expect(response.value(forHTTPHeaderField: "Cache-Control") == "private, no-cache")
            let (_, _, missing) = try await server.send("/api/nowhere")
            #expect(missing.value(forHTTPHeaderField: "Cache-Control") == "private, no-cache")
            let (headStatus, headData, _) = try await server.send("/api/test/echo/a", method: "HEAD")
            #expect(headStatus == 200)
            #expect(headData.isEmpty)
        }
    }

    @Test("handlers see the host that the browser believes to talk to: guests are let in by it")
    func host() async throws {
        try await TestServer.run(routes) { server in
            let (_, data, response) = try await server.send("/api/test/host")
            let port = try #require(response.url?.port)
            #expect(String(decoding: data, as: UTF8.self) == "127.0.0.1:\(port)")
        }
    }

    @Test("errors take Backstage's form, unforeseen ones tell nothing but a request id")
    func errors() async throws {
        try await TestServer.run(routes) { server in
            for (path, method, token, expected, name) in [
                ("/api/test/conflict", "GET", "Bearer user", 409, "ConflictError"),
                ("/api/test/echo/a", "GET", nil, 401, "AuthenticationError"),
                ("/api/test/echo/a", "GET", "Bearer forged", 401, "AuthenticationError"),
                ("/api/test/echo/a", "DELETE", "Bearer user", 405, "MethodNotAllowedError"),
                ("/api/nowhere", "GET", "Bearer user", 404, "NotFoundError"),
                ("/api/test/broken", "GET", "Bearer user", 500, "InternalServerError"),
            ] as [(String, String, String?, Int, String)] {
                let (status, data, _) = try await server.send(path, method: method, token: token)
                let body = try JSONParser.parse(Array(data))
                #expect(status == expected)
                #expect(body["error"]?["name"]?.string == name)
                #expect(body["response"]?["statusCode"]?.number == Double(expected))
                #expect(!String(decoding: data, as: UTF8.self).contains("Unforeseen"))
            }
            let (status, data, _) = try await server.send("/page")
            #expect(status == 404)
            #expect(String(decoding: data, as: UTF8.self) == "page: no such page")
        }
    }

    @Test("bodies have a limit, and just under it all is well")
    func bodyLimit() async throws {
        try await TestServer.run(routes) { server in
            let (fine, data, _) = try await server.send("/api/test/size", method: "POST", body: Data(count: 1000))
            #expect(fine == 200)
            #expect(try JSONParser.parse(Array(data)) == ["size": 1000])
            let (tooLarge, _, _) = try await server.send("/api/test/size", method: "POST", body: Data(count: 1001))
            #expect(tooLarge == 413)
        }
    }

    @Test("health is open; readiness waits for boot and names failing checks only")
    func health() async throws {
        let health = Health.ofTests
        try await TestServer.run(health.routes) { server in
            #expect(try await server.send("/healthz", token: nil).0 == 200)
            #expect(try await server.send("/.backstage/health/v1/liveness", token: nil).0 == 200)
            #expect(try await server.send("/.backstage/health/v1/readiness", token: nil).0 == 503)
            health.becomeReady([HealthCheck("database", problem: { nil })])
            #expect(try await server.send("/.backstage/health/v1/readiness", token: nil).0 == 200)
            health.becomeReady([HealthCheck("database") { "password of db.internal refused" }])
            let (status, data, _) = try await server.send("/.backstage/health/v1/readiness", token: nil)
            #expect(status == 503)
            #expect(try JSONParser.parse(Array(data))["failing"] == ["database"])
            #expect(!String(decoding: data, as: UTF8.self).contains("password"))
        }
    }
}
