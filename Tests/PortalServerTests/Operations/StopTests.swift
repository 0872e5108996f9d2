import Foundation
import PortalTesting
import Testing

@testable import PortalServer

/// The program itself, told to stop.
@Suite(.enabled(if: ProgramRun.program != nil, "the program is built beside the tests")) struct StopTests {
    @Test("it goes on serving for as long as it was told to, with readiness at 503, and then ends well")
    func delay() async throws {
        let folder = try TemporaryFolder()
        let server = try RunningProgram(folder, "lifecycle: { serverShutdownDelay: 3s }")
        defer { server.kill() }
        let port = try await server.port()
        #expect(try await Self.status(port, "readiness") == 200)
        let begun = ContinuousClock.now
        server.stop()
        var isUnready = false
        while !isUnready, begun.duration(to: .now) < .seconds(2.5) {
            isUnready = try await Self.status(port, "readiness") == 503
        }
        #expect(isUnready, "readiness never said so")
        #expect(try await Self.status(port, "liveness") == 200)
        #expect(await server.status == 0)
        let time = begun.duration(to: .now)
        #expect(time > .seconds(2.9), "it ended after \(time)")
    }

    private static func status(_ port: Int, _ health: String) async throws -> Int? {
        let connection = try RawConnection(port: port)
        connection.send("GET /.backstage/health/v1/\(health) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        let answer = await connection.rest() ?? ""
        return answer.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
}
