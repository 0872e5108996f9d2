import PortalKit
import Synchronization

/// Lets a number of callers in at once; the others wait in line, and leave it when they are cancelled.
final class AsyncSlots: Sendable {
    private static let longestLine = 10_000

    private struct State {
        var free: Int
        var line: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        var lastID = 0
        /// Those whose cancellation came before their place in the line.
        var cancelled: Set<Int> = []
    }

    private let state: Mutex<State>

    init(_ count: Int) { state = Mutex(State(free: count)) }

    var waitingCount: Int { state.withLock { $0.line.count } }

    /// Whoever gets in must `release`.
    /// - Throws: `PortalError` of kind `unavailable` where the line is too long, or `CancellationError`; then nothing
    ///   is held.
    func acquire() async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        // A cancellation that came first has left its mark, whatever this ends with.
        defer { state.withLock { _ = $0.cancelled.remove(id) } }
        try await withTaskCancellationHandler {
            try await wait(id)
        } onCancel: {
            let waiter: CheckedContinuation<Void, any Error>? = state.withLock { state in
                if let index = state.line.firstIndex(where: { $0.id == id }) {
                    return state.line.remove(at: index).continuation
                }
                state.cancelled.insert(id)
                return nil
            }
            waiter?.resume(throwing: CancellationError())
        }
        // The cancellation may have come after the slot.
        if Task.isCancelled {
            release()
            throw CancellationError()
        }
    }

    private func wait(_ id: Int) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let answer: Result<Void, any Error>? = state.withLock { state in
                if state.cancelled.contains(id) { return .failure(CancellationError()) }
                if state.free > 0 {
                    state.free -= 1
                    return .success(())
                }
                guard state.line.count < Self.longestLine else {
                    return .failure(PortalError(.unavailable, "Too many outbound requests wait; try again later."))
                }
                state.line.append((id, continuation))
                return nil
            }
            if let answer { continuation.resume(with: answer) }
        }
    }

    func release() {
        let next: CheckedContinuation<Void, any Error>? = state.withLock { state in
            if state.line.isEmpty {
                state.free += 1
                return nil
            }
            return state.line.removeFirst().continuation
        }
        next?.resume()
    }
}
