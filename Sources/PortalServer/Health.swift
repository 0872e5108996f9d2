import EntityModel
import HTTPTypes
import PortalKit
import Synchronization

/// Whether the portal answers, and whether it is ready to: the three routes that load balancers ask.
final class Health: Sendable {
    private struct State {
        var checks: [HealthCheck] = []
        var isReady = false
    }

    private let state = Mutex(State())

    init() {}

    /// Called when boot has finished; until then readiness says no.
    func becomeReady(_ checks: [HealthCheck]) {
        state.withLock { $0 = State(checks: checks, isReady: true) }
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

    /// 503 names the checks that fail, not why: anybody may ask.
    private func readiness(_ request: PortalRequest) async throws -> PortalResponse {
        let state = state.withLock { $0 }
        guard state.isReady else {
            return .json(["status": "error", "message": "The portal is starting."], status: .serviceUnavailable)
        }
        var failing: [JSONValue] = []
        for check in state.checks where await check.problem() != nil { failing.append(.string(check.name)) }
        if failing.isEmpty { return .json(["status": "ok"]) }
        return .json(["status": "error", "failing": .array(failing)], status: .serviceUnavailable)
    }
}
