import Foundation
import PortalKit
import Synchronization

/// A clock that a test sets. Whoever sleeps on it wakes when the time has come, without waiting.
public final class TestClock: PortalClock {
    private struct State {
        var now: Date
        var sleepers: [(until: Date, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>

    public init(_ now: Date = Date(timeIntervalSince1970: 1_800_000_000)) { state = Mutex(State(now: now)) }

    public var now: Date { state.withLock { $0.now } }

    public func advance(bySeconds seconds: Double) {
        let due = state.withLock { state in
            state.now += seconds
            let due = state.sleepers.filter { $0.until <= state.now }
            state.sleepers.removeAll { $0.until <= state.now }
            return due
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        let seconds = duration / .seconds(1)
        await withCheckedContinuation { continuation in
            let isPast = state.withLock { state in
                if seconds <= 0 { return true }
                state.sleepers.append((state.now + seconds, continuation))
                return false
            }
            if isPast { continuation.resume() }
        }
        try Task.checkCancellation()
    }
}
