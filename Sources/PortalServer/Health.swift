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

    var descriptions: [RouteDescription] {
        let status = JSONValue.schema(["status": ["const": "ok"]])
        let problem = JSONValue.schema(
            ["status": ["const": "error"], "message": .text, "failing": .list(of: .text)],
            optional: ["message", "failing"])
        return [
            RouteDescription(
                .get, "/healthz", name: "GetHealth", group: "Health", "A constant, for load balancers",
                answers: [.content(200, ["text/plain": .text], "The process answers.")]),
            RouteDescription(
                .get, "/.backstage/health/v1/liveness", name: "GetLiveness", group: "Health",
                "Whether the process answers", answers: [.json(200, status, "It does.")]),
            RouteDescription(
                .get, "/.backstage/health/v1/readiness", name: "GetReadiness", group: "Health",
                "Whether the portal is ready",
                answers: [
                    .json(200, status, "It is."), .json(503, problem, "It is not; `failing` names the checks."),
                ]),
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
