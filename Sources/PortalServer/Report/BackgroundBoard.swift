import Foundation
import PortalKit
import Synchronization

/// Keeps how each background service fares, for whoever asks.
final class BackgroundBoard: Sendable {
    private let entries = Mutex<[BackgroundReport]>([])

    /// Names a service that will run.
    /// - Returns: its place on the board.
    func add(_ name: String) -> Int {
        entries.withLock { entries in
            entries.append(BackgroundReport(name: name))
            return entries.count - 1
        }
    }

    func note(_ phase: BackgroundReport.Phase, at place: Int) {
        entries.withLock { $0[place].phase = phase }
    }

    func noteFailure(_ error: any Error, at place: Int, now: Date, againAt next: Date) {
        let text = (error as? PortalError)?.message ?? "\(error)"
        entries.withLock { entries in
            entries[place].phase = .paused(until: next)
            entries[place].failures += 1
            entries[place].lastError = text
            entries[place].lastFailure = now
        }
    }

    var all: [BackgroundReport] { entries.withLock { $0 } }
}
