import Synchronization

/// Measures how long work takes by itself: the time for which a busy machine let everybody wait is taken off.
public enum TestPace {
    private static let beat: Duration = .milliseconds(20)

    /// - Returns: what the work returns, and its time without what a task that only sleeps lost meanwhile.
    public static func timed<Result: Sendable>(
        _ work: @Sendable () async throws -> Result
    ) async rethrows -> (result: Result, time: Duration) {
        let lost = Lost()
        let watch = Task {
            while !Task.isCancelled {
                let start = ContinuousClock.now
                try? await Task.sleep(for: beat)
                lost.add(start.duration(to: .now) - beat * 2)
            }
        }
        defer { watch.cancel() }
        let start = ContinuousClock.now
        let result = try await work()
        return (result, start.duration(to: .now) - lost.time)
    }

    private final class Lost: Sendable {
        private let total = Mutex(Duration.zero)
        var time: Duration { total.withLock { $0 } }

        func add(_ time: Duration) {
            if time > .zero { total.withLock { $0 += time } }
        }
    }
}
