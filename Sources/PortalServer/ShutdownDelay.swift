import EntityModel
import Logging
import PortalKit
import ServiceLifecycle

/// Goes on serving for a while after the signal to stop, so that who hands out requests has time to stop handing them
/// to this process: readiness already says no.
///
/// It is started last, so it is the first to be told to stop, and the port closes when it has ended. After upstream's
/// `backend.lifecycle.serverShutdownDelay`.
struct ShutdownDelay: ServiceLifecycle.Service {
    static let key = ConfigKey(
        "backend.lifecycle.serverShutdownDelay", .duration, default: "0s",
        "How long the portal goes on serving after the signal to stop, with readiness at 503. A balancer that asks for "
            + "readiness needs as long to notice.")

    let seconds: Double
    let health: Health
    let logger: Logger

    /// - Throws: `PortalError` of kind `input` that names the key.
    static func seconds(_ config: AppConfig) throws -> Double {
        let node = config.node(key.path)
        let seconds = try node.durationSeconds() ?? 0
        guard (0...3_600).contains(seconds) else { throw node.mistake("must be at most an hour") }
        return seconds
    }

    func run() async throws {
        try await gracefulShutdown()
        health.stop()
        guard seconds > 0 else { return }
        logger.info("Stopping: requests are taken for \(seconds) s more, while readiness says no.")
        try await Task.sleep(for: .seconds(seconds))
    }
}
