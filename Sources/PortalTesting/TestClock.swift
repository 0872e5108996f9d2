import Foundation
import PortalKit
import Synchronization

/// A clock that a test sets. Whoever sleeps on it wakes when the time has come, without waiting.
public final class TestClock: PortalClock {
    private struct State {
        var now: Date
        var sleepers: [Int: (until: Date, continuation: CheckedContinuation<Void, Never>)] = [:]
        var sleeps = 0
    }

    private let state: Mutex<State>

    public init(_ now: Date = Date(timeIntervalSince1970: 1_800_000_000)) { state = Mutex(State(now: now)) }

    public var now: Date { state.withLock { $0.now } }

    public func advance(bySeconds seconds: Double) {
        let due = state.withLock { state in
            state.now += seconds
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for sleeper in due { sleeper.resume() }
    }

    /// Whoever is cancelled wakes at once.
    public func sleep(for duration: Duration) async throws {
        let seconds = duration / .seconds(1)
        let id = state.withLock { state in
            state.sleeps += 1
            return state.sleeps
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isPast = state.withLock { state in
                    if seconds <= 0 || Task.isCancelled { return true }
                    state.sleepers[id] = (state.now + seconds, continuation)
                    return false
                }
                if isPast { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume()
        }
        try Task.checkCancellation()
    }
}
