import Database
import HTTPTypes
import Logging
import PortalKit
import Testing

@testable import PortalServer

@Suite struct DispatcherTests {
    private func status(_ target: String, _ failure: DatabaseError? = nil) async throws -> Int {
        try await answer(target, failure).status.code
    }

    private func answer(_ target: String, _ failure: DatabaseError? = nil) async throws -> PortalResponse {
        let routes = [
            Route(.get, "/api/test/{word}", access: .open(reason: "a test")) { _ in
                if let failure { throw failure }
                return .text("fine")
            }
        ]
        let dispatcher = Dispatcher(
            router: try Router(routes), gate: Gate(identity: TokenIdentity(), permissions: FixedPermissions()),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            errorPage: { error, _ in .text(error.message, status: HTTPResponse.Status(code: error.kind.statusCode)) })
        return await dispatcher.respond(to: .init(method: .get, target: target, headers: [:]) { _ in [] })
    }

    @Test("a database that does not answer is 503, a mistake in a statement is ours")
    func databaseErrors() async throws {
        for kind in [DatabaseError.Kind.connection, .busy, .timeout, .full] {
            #expect(try await status("/api/test/a", DatabaseError(kind, "no")) == 503)
        }
        #expect(try await status("/api/test/a", DatabaseError(.statement, "no")) == 500)
        // Programs know when to come back.
        #expect(try await answer("/api/test/a", DatabaseError(.busy, "no")).headers[.retryAfter] == "5")
        #expect(try await answer("/api/test/a").headers[.retryAfter] == nil)
    }

    @Test(
        "NUL characters in the address are refused before any handler",
        arguments: ["%00", "a%00b", "a?q=%00", "a?%00=q"])
    func nul(_ rest: String) async throws {
        #expect(try await status("/api/test/\(rest)") == 400)
    }
}
