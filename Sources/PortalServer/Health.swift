import EntityModel
import HTTPTypes
import Logging
import PortalKit
import Synchronization

/// Whether the portal answers, and whether it is ready to: the three routes that load balancers ask.
final class Health: Sendable {
    private struct State {
        var probes: [HealthProbe] = []
        var isReady = false
    }

    private let state = Mutex(State())

    private let clock: any PortalClock
    private let logger: Logger

    init(clock: any PortalClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
    }

    /// Called when boot has finished; until then readiness says no.
    func becomeReady(_ checks: [HealthCheck]) {
        let probes = checks.map { HealthProbe($0, clock: clock, logger: logger) }
        state.withLock { $0 = State(probes: probes, isReady: true) }
    }

    var routes: [Route] {
        [
            Route(.get, "/healthz", access: .open(reason: "a constant, for load balancers")) { _ in .text("ok\n") },
            Route(
                .get, "/.backstage/health/v1/liveness", access: .open(reason: "says only that the process answers")
            ) { _ in .json(["status": "ok"]) },
            Route(
                .get, "/.backstage/health/v1/readiness", access: .open(reason: "says only whether the portal is ready"),
                handler: readiness),
        ]
    }

    /// 503 names the checks that fail, with a sentence that anybody may read; the log has the rest.
    private func readiness(_ request: PortalRequest) async throws -> PortalResponse {
        let state = state.withLock { $0 }
        guard state.isReady else {
            return .json(["status": "error", "message": "The portal is starting."], status: .serviceUnavailable)
        }
        let failures = await withTaskGroup(of: (Int, HealthProbe.Failure?).self) { group in
            for (place, probe) in state.probes.enumerated() { group.addTask { (place, await probe.failure()) } }
            return await group.reduce(into: [(Int, HealthProbe.Failure?)]()) { $0.append($1) }
        }.sorted { $0.0 < $1.0 }.compactMap(\.1)
        if failures.isEmpty { return .json(["status": "ok"]) }
        let checks: [JSONValue] = failures.map { failure in
            [
                "name": .string(failure.name), "reason": .string(failure.reason),
                "since": .string(LogLine.text(of: failure.since)),
            ]
        }
        let message = failures.map { "\($0.name): \($0.reason)" }.joined(separator: " ")
        return .json(
            [
                "status": "error", "message": .string(message),
                "failing": .array(failures.map { .string($0.name) }), "checks": .array(checks),
            ], status: .serviceUnavailable)
    }
}
