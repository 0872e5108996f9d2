import Database
import Logging
import PortalKit

/// Removes what sessions kept that have ended.
struct SettingsUpkeep: Sendable {
    let store: SettingsStore
    let clock: any PortalClock
    let logger: Logger

    private static let interval = Duration.seconds(600)

    /// Sweeps every ten minutes; a failure waits for the next round.
    func run() async throws {
        while !Task.isCancelled {
            do { try await store.sweepSessions() } catch let error as DatabaseError {
                logger.warning("What ended sessions kept could not be removed and will be later: \(error)")
            }
            try await clock.sleep(for: Self.interval)
        }
    }
}
