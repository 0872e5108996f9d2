import Database
import EntityModel
import HTTPTypes
import Logging
import PortalKit
import Synchronization

/// Whether the portal answers, and whether it is ready to: the three routes that load balancers ask.
final class Health: Sendable {
    private struct State {
        var storage: HealthProbe?
        var probes: [HealthProbe] = []
        var isReady = false
        var isStopping = false
    }

    private let state = Mutex(State())

    private let clock: any PortalClock
    private let logger: Logger

    init(clock: any PortalClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
    }

    /// Called when boot has finished; until then readiness says no.
    /// - Parameter storage: where it fails, it alone is told: whatever stores fails with it, and knows less of why.
    func becomeReady(_ checks: [HealthCheck], storage: HealthCheck? = nil) {
        let probes = checks.map { HealthProbe($0, clock: clock, logger: logger) }
        let storage = storage.map { HealthProbe($0, clock: clock, logger: logger) }
        state.withLock { $0 = State(storage: storage, probes: probes, isReady: true) }
    }

    /// Called when the signal to stop is heard; from then on readiness says no.
    func stop() { state.withLock { $0.isStopping = true } }

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
            [
                "status": ["const": "error"], "message": .text, "failing": .list(of: .text),
                "checks": .list(of: .schema(["name": .text, "reason": .text, "since": .text])),
            ], optional: ["failing", "checks"])
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
                    .json(200, status, "It is."),
                    .json(503, problem, "It is not; `checks` says which checks fail, why and since when."),
                ]),
        ]
    }

    /// 503 names the checks that fail, with a sentence that anybody may read; the log has the rest.
    private func readiness(_ request: PortalRequest) async throws -> PortalResponse {
        let state = state.withLock { $0 }
        guard state.isReady else {
            return .json(["status": "error", "message": "The portal is starting."], status: .serviceUnavailable)
        }
        if state.isStopping {
            return .json(["status": "error", "message": "The portal is stopping."], status: .serviceUnavailable)
        }
        let failures = await failures(of: state)
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

    private func failures(of state: State) async -> [HealthProbe.Failure] {
        if let failure = await state.storage?.failure() { return [failure] }
        return await withTaskGroup(of: (Int, HealthProbe.Failure?).self) { group in
            for (place, probe) in state.probes.enumerated() { group.addTask { (place, await probe.failure()) } }
            return await group.reduce(into: [(Int, HealthProbe.Failure?)]()) { $0.append($1) }
        }.sorted { $0.0 < $1.0 }.compactMap(\.1)
    }

    /// Whether the database still takes what is written. It asks nothing of a server, so it is as quick as it is sure.
    static func storage(_ database: any SQLDatabase) -> HealthCheck {
        HealthCheck(
            "database",
            explainedBy: {
                database.failure.map { failure in
                    let unsaid = "Nothing is written until the portal starts again."
                    return .init(failure.publicReason ?? unsaid, detail: failure.message)
                }
            })
    }
}
