import Foundation
import Logging
import PortalKit
import Synchronization

/// Asks one health check, however often it is asked for: what is under way is waited for by all, and no longer than
/// whoever asks for readiness has time.
final class HealthProbe: Sendable {
    /// What is wrong, and since when it was seen to be.
    struct Failure: Sendable, Hashable {
        let name: String
        let reason: String
        let since: Date
    }

    private struct State {
        var asking: Task<HealthCheck.Problem?, Never>?
        var since: Date?
    }

    private static let patience: Duration = .seconds(2)

    private let check: HealthCheck
    private let clock: any PortalClock
    private let logger: Logger
    private let state = Mutex(State())

    init(_ check: HealthCheck, clock: any PortalClock, logger: Logger) {
        self.check = check
        self.clock = clock
        self.logger = logger
    }

    func failure() async -> Failure? {
        let problem = await answer(of: asking())
        let now = clock.now
        let (since, isNew, isOver) = state.withLock { state in
            let before = state.since
            state.since = problem == nil ? nil : before ?? now
            return (state.since, before == nil, before != nil)
        }
        if let problem, isNew { logger.warning("Not ready: \(check.name): \(problem.detail)") }
        if problem == nil, isOver { logger.info("Ready again: \(check.name).") }
        guard let problem, let since else { return nil }
        return Failure(name: check.name, reason: problem.reason, since: since)
    }

    private func asking() -> Task<HealthCheck.Problem?, Never> {
        state.withLock { state in
            if let asking = state.asking { return asking }
            let task = Task {
                let problem = await check.find()
                self.state.withLock { $0.asking = nil }
                return problem
            }
            state.asking = task
            return task
        }
    }

    /// It is not cancelled where it takes too long: the next who asks will want its answer.
    private func answer(of task: Task<HealthCheck.Problem?, Never>) async -> HealthCheck.Problem? {
        let (answers, answer) = AsyncStream.makeStream(of: HealthCheck.Problem?.self)
        let asked = Task { answer.yield(await task.value) }
        let timer = Task {
            do { try await Task.sleep(for: Self.patience) } catch { return }
            answer.yield(HealthCheck.Problem("It does not answer within two seconds."))
        }
        defer {
            timer.cancel()
            asked.cancel()
        }
        for await first in answers { return first }
        return nil
    }
}
