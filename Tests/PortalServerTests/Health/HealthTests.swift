import EntityModel
import HTTPTypes
import Logging
import PortalKit
import PortalTesting
import Testing

@testable import PortalServer

extension Health {
    /// One that says nothing to any log.
    static var ofTests: Health {
        Health(clock: SystemClock(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

@Suite struct HealthTests {
    private let clock = TestClock()
    private let log = LogLines()

    private func readiness(_ health: Health) async throws -> (Int, JSONValue) {
        let route = try #require(health.routes.first { $0.path.hasSuffix("/readiness") })
        let response = try await route.handler(PortalRequest(method: .get, target: route.path))
        return (response.status.code, try JSONParser.parse(response.body))
    }

    @Test("who is about to stop is not ready, whatever else is well")
    func stopping() async throws {
        let health = Health(clock: clock, logger: log.logger)
        health.becomeReady([])
        #expect(try await readiness(health).0 == 200)
        health.stop()
        let (status, body) = try await readiness(health)
        #expect(status == 503)
        #expect(body["message"] == "The portal is stopping.")
    }

    @Test("readiness names what fails, why and since when, and the log says it once")
    func reasons() async throws {
        let health = Health(clock: clock, logger: log.logger)
        let isWell = Switch()
        health.becomeReady([
            HealthCheck(
                "database",
                explainedBy: {
                    isWell.isOn ? nil : .init("The database does not answer.", detail: "db.internal refused ann:secret")
                }),
            HealthCheck("scales", problem: { nil }),
        ])
        let (status, body) = try await readiness(health)
        #expect(status == 503)
        #expect(body["status"] == "error")
        #expect(body["failing"] == ["database"])
        #expect(body["message"] == "database: The database does not answer.")
        let since: JSONValue = .string(LogLine.text(of: clock.now))
        #expect(
            body["checks"] == [["name": "database", "reason": "The database does not answer.", "since": since]])
        clock.advance(bySeconds: 30)
        let (_, later) = try await readiness(health)
        #expect(later["checks"]?.array?.first?["since"] == since)
        #expect(
            log.all.filter { $0.contains("database") } == [
                "warning: Not ready: database: db.internal refused ann:secret"
            ])
        isWell.turnOn()
        let (fine, ready) = try await readiness(health)
        #expect(fine == 200)
        #expect(ready == ["status": "ok"])
        #expect(log.all.last == "info: Ready again: database.")
    }

    @Test("a check that hangs is told within seconds, and is not asked again meanwhile")
    func hanging() async throws {
        let health = Health(clock: clock, logger: log.logger)
        let asked = Switch()
        health.becomeReady([
            HealthCheck(
                "slow",
                problem: {
                    asked.count()
                    while !asked.isOn { try? await Task.sleep(for: .milliseconds(10)) }
                    return nil
                })
        ])
        for _ in 0..<2 {
            let ((status, body), time) = try await TestPace.timed { try await readiness(health) }
            #expect(status == 503)
            #expect(body["checks"]?.array?.first?["reason"] == "It does not answer within two seconds.")
            #expect(time < .seconds(4))
        }
        #expect(asked.counted == 1)
        asked.turnOn()
        while try await readiness(health).0 != 200 { try await Task.sleep(for: .milliseconds(10)) }
    }
}
