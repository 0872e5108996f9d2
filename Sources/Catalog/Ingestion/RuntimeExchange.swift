import PortalKit
import Synchronization

/// The ingestion runtime in force, which a change of the configuration exchanges while it runs.
final class RuntimeExchange: Sendable {
    private struct State {
        var runtime: IngestionRuntime?
        var generation = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// - Throws: `PortalError` before the first has been made.
    var current: IngestionRuntime {
        get throws {
            guard let runtime = state.withLock({ $0.runtime }) else {
                throw PortalError(.unavailable, "The catalog is still starting.")
            }
            return runtime
        }
    }

    /// What the runtime of before reads from here on does not count, until `exchange` puts one in force.
    func suspend() { state.withLock { $0.generation += 1 } }

    func exchange(for runtime: IngestionRuntime) {
        let waiting = state.withLock { state in
            state.runtime = runtime
            state.generation += 1
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Runs work on the runtime in force, and anew on each that follows; ends when the work fails or is cancelled.
    /// - Parameter work: is told of its runtime, and by the function whether that is still in force: between the exchange
    ///   and its cancellation it may go on for a moment.
    func onEach(
        _ work: @escaping @Sendable (IngestionRuntime, @escaping @Sendable () -> Bool) async throws -> Void
    ) async throws {
        while true {
            try Task.checkCancellation()
            let generation = state.withLock { $0.generation }
            let runtime = try current
            let isInForce: @Sendable () -> Bool = { self.state.withLock { $0.generation == generation } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await work(runtime, isInForce) }
                group.addTask { await self.wait(beyond: generation) }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
    }

    /// Waits for another generation than the given one, or for the end of the task.
    private func wait(beyond generation: Int) async {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.generation != generation || Task.isCancelled { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }
}
