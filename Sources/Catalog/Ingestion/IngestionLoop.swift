import Database
import Foundation
import Logging
import PortalKit

/// Reads whatever is due, a few sources at a time, until cancelled.
struct IngestionLoop: Sendable {
    /// Sources of one claim; upstream processes as many at once.
    private static let batch = 64
    private static let atOnce = 8
    /// Refused documents of one source that the log names.
    private static let mostTold = 10
    /// Other replicas may make sources due without this process being told.
    private static let longestWait: Duration = .seconds(5)

    let store: SourceStore
    let processor: SourceProcessor
    let strategy: CatalogSettings.OrphanStrategy
    let logger: Logger
    /// Called when nothing is due.
    var idle: @Sendable () async -> Void = {}
    var troubles = TroubleLog()
    var clock: any PortalClock = SystemClock()

    func run() async throws {
        // A stream has one reader, so the wakes are counted where any round can look.
        let wakes = store.database.notifications(SourceStore.channel)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let signal = WakeSignal()
            group.addTask { for await _ in wakes { await signal.wake() } }
            group.addTask {
                while true {
                    try Task.checkCancellation()
                    if try await round() { continue }
                    await idle()
                    await signal.wait(atMost: try await pause())
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    private func pause() async throws -> Duration {
        guard let delay = try await store.delayToNext() else { return Self.longestWait }
        return min(.milliseconds(max(delay, 1)), Self.longestWait)
    }

    /// Reads what is due now.
    /// - Returns: whether there was anything.
    @discardableResult
    func round() async throws -> Bool {
        let claimed = try await store.claim(limit: Self.batch)
        if claimed.isEmpty { return false }
        await withTaskGroup(of: Void.self) { group in
            for (number, source) in claimed.enumerated() {
                if number >= Self.atOnce { await group.next() }
                group.addTask { await read(source) }
            }
        }
        return true
    }

    private func read(_ source: ClaimedSource) async {
        let outcome = await processor.process(source)
        // What was cut short says nothing about the source; somebody else may read it at once.
        if Task.isCancelled { return await giveBack(source) }
        tell(outcome, of: source)
        do {
            do { try await write(outcome, of: source) } catch let error as DatabaseError
                where error.kind == .uniqueViolation
            {
                // Another replica, or another of our own sources, made the same entity or source meanwhile: now it is seen.
                try await write(outcome, of: source)
            }
        } catch {
            logger.error("What \(source.location) says could not be stored: \(error)")
            await giveUp(source, error)
        }
    }
}

extension IngestionLoop {
    /// Logs what is wrong with a source, where that is news.
    private func tell(_ outcome: SourceOutcome, of source: ClaimedSource) {
        let problems: [ProcessingProblem]
        switch outcome {
        case .unchanged: return
        case .failed(let problem): problems = [problem]
        case .read(let result): problems = result.refused.prefix(Self.mostTold).map(\.problem)
        }
        let errors = problems.map { problem in
            let isPlaced = problem.message.contains(source.location.description)
            return isPlaced ? problem.message : "\(source.location): \(problem.message)"
        }
        for line in troubles.lines(errors, of: source.location, now: clock.now.timeIntervalSince1970) {
            logger.warning("\(line)")
        }
    }

    private func write(_ outcome: SourceOutcome, of source: ClaimedSource) async throws {
        let jitter = Double.random(in: 0...1)
        try await store.database.write { [queue = store.queue, strategy] transaction in
            var writer = try SourceWriter(transaction, source, strategy: strategy)
            _ = try writer.write(outcome, queue: queue, jitter: jitter)
        }
    }

    /// What the database will never take is a failure of the source: shown, and tried again ever more rarely. After
    /// anything else the lease runs out, and the source is read again.
    private func giveUp(_ source: ClaimedSource, _ error: any Error) async {
        let kinds: [DatabaseError.Kind] = [.statement, .constraintViolation, .uniqueViolation]
        guard let error = error as? DatabaseError, kinds.contains(error.kind) else { return }
        let problem = ProcessingProblem("Error", "What \(source.location) says could not be stored: \(error)")
        try? await write(.failed(problem), of: source)
    }

    /// A failure does not matter: the lease runs out.
    private func giveBack(_ source: ClaimedSource) async { try? await store.giveBack(source) }
}
