import Synchronization

/// Who reads now; closing waits for them and lets nobody else in.
final class Readers: Sendable {
    private struct State {
        var count = 0
        var isClosed = false
        var closing: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// - Throws: `DatabaseError` of kind `connection` after `close`.
    func enter() throws {
        try state.withLock { state in
            if state.isClosed { throw DatabaseError(.connection, "The database is closed.") }
            state.count += 1
        }
    }

    func leave() {
        let closing = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.count -= 1
            if state.count > 0 { return nil }
            defer { state.closing = nil }
            return state.closing
        }
        closing?.resume()
    }

    /// Returns when the last has left; called once.
    func close() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                state.isClosed = true
                if state.count > 0 { state.closing = continuation }
                return state.count == 0
            }
            if isEmpty { continuation.resume() }
        }
    }
}
