import Database
import Foundation
import Logging
import PortalKit
import ServiceLifecycle

/// A background service under the lifecycle of the program. Its failure is logged and it is started again, ever more
/// slowly: one broken loop does not take the portal down.
struct BackgroundWork: ServiceLifecycle.Service {
    private let service: BackgroundService
    private let logger: Logger
    private let board: BackgroundBoard
    private let place: Int
    /// The shortest pause; tests wait for less.
    private let unit: Duration

    private static let longestPause = 60
    /// A database that was away is soon back, and then there is work to do.
    private static let longestOutagePause = 4

    init(_ service: BackgroundService, logger: Logger, board: BackgroundBoard, unit: Duration = .seconds(1)) {
        self.service = service
        self.logger = logger
        self.board = board
        self.unit = unit
        place = board.add(service.name)
    }

    func run() async throws {
        var pause = 1
        var isOutage = false
        while !Task.isShuttingDownGracefully {
            board.note(.running(since: Date()), at: place)
            isOutage = false
            do {
                try await cancelWhenGracefulShutdown { try await service.run() }
                return board.note(.ended, at: place)
            } catch is CancellationError {
                return board.note(.ended, at: place)
            } catch {
                isOutage = (error as? DatabaseError)?.isOutage == true
                logger.error("\(service.name) failed and is started again in \(pause) s: \(error)")
                let now = Date()
                let next = now.addingTimeInterval(unit * pause / .seconds(1))
                board.noteFailure(error, at: place, now: now, againAt: next)
            }
            let wait = unit * pause
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: wait) }
            pause = min(pause * 2, isOutage ? Self.longestOutagePause : Self.longestPause)
        }
    }
}
