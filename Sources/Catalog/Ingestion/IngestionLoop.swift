import Database
import Foundation
import Logging
import PortalKit

/// Reads whatever is due, a few sources at a time, until cancelled.
struct IngestionLoop: Sendable {
    /// Sources of one claim; upstream processes as many at once.
    private static let batch = 64
    private static let atOnce = 8
    /// Errors of one source that the log names.
    private static let mostTold = 10
    /// Other replicas may make sources due without this process being told.
    private static let longestWait: Duration = .seconds(5)
    /// How often, while there is always work, it is asked whether all has been read once.
    private static let settling: Duration = .seconds(5)
    /// Between two looks whether this loop, which no longer counts, is cancelled.
    private static let pauseBeforeEnd: Duration = .milliseconds(20)

    let store: SourceStore
    let processor: SourceProcessor
    let strategy: CatalogSettings.OrphanStrategy
    let logger: Logger
    /// Called when nothing is due.
    var idle: @Sendable () async -> Void = {}
    var troubles = TroubleLog()
    var meter = ReadingMeter()
    /// Where else files were looked for, by their location, before that was taken to be where they should be.
    var otherPlaces: [LocationReference: String] = [:]
    var clock: any PortalClock = SystemClock()
    var renewal: Duration = .milliseconds(RefreshQueue.renewalMilliseconds)
    var tracer = Tracer.off
    /// Whether what this loop reads still counts.
    var isInForce: @Sendable () -> Bool = { true }
    /// From 0 to 1: spreads the readings of what was read at once.
    var jitter: @Sendable () -> Double = { Double.random(in: 0...1) }

    func run() async throws {
        // A stream has one reader, so the wakes are counted where any round can look.
        let wakes = store.database.notifications(SourceStore.channel)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let signal = WakeSignal()
            group.addTask { for await _ in wakes { await signal.wake() } }
            group.addTask { try await rounds(signal) }
            try await group.next()
            group.cancelAll()
        }
    }

    private func rounds(_ signal: WakeSignal) async throws {
        var settled = ContinuousClock.now
        while true {
            try Task.checkCancellation()
            guard isInForce() else {
                try await Task.sleep(for: Self.pauseBeforeEnd)
                continue
            }
            guard try await round() else {
                await idle()
                await signal.wait(atMost: try await pause())
                continue
            }
            // Where much is always due, no round is ever without work.
            if settled.duration(to: .now) < Self.settling { continue }
            try await Precedence.settle(in: store.database)
            settled = .now
        }
    }

    private func pause() async throws -> Duration {
        guard let delay = try await store.delayToNext() else { return Self.longestWait }
        return min(.milliseconds(max(delay, 1)), Self.longestWait)
    }

    /// Reads what is due now.
    /// - Returns: whether there was anything, or is now.
    @discardableResult
    func round() async throws -> Bool {
        let claimed = try await store.claim(limit: Self.batch)
        if claimed.isEmpty { return try await Precedence.settle(in: store.database) }
        let held = HeldClaims(claimed)
        await withTaskGroup(of: Void.self) { group in
            let keeping = Task { await renew(held) }
            for (number, source) in claimed.enumerated() {
                if number >= Self.atOnce { await group.next() }
                group.addTask {
                    await read(source)
                    held.remove(source)
                }
            }
            await group.waitForAll()
            keeping.cancel()
        }
        return true
    }

    /// Says again and again that what was claimed is still being read; a failure does not matter before the lease ends.
    private func renew(_ held: HeldClaims) async {
        while (try? await Task.sleep(for: renewal)) != nil { try? await store.renew(held.all) }
    }

    /// Reads one source that was claimed, and stores what it says.
    func read(_ source: ClaimedSource) async {
        await tracer.span("read source", .internal, .none) { span in
            // A query of a location may hold a token.
            span?.set("callboard.location", .text(String(source.location.description.prefix { $0 != "?" })))
            await read(source, span)
        }
    }

    private func read(_ source: ClaimedSource, _ span: Span?) async {
        let start = ContinuousClock.now
        let outcome = await processor.process(source)
        // What was cut short says nothing about the source, and what was read by settings of before not enough: somebody
        // else may read it at once. Settings that change later ask anew for whatever they matter to.
        if Task.isCancelled || !isInForce() { return await giveBack(source) }
        span?.set("callboard.outcome", .text(ReadingMeter.name(outcome)))
        if case .failed(let problem) = outcome { span?.fail(problem.name) }
        meter.note(outcome, type: source.location.type, after: start.duration(to: .now))
        do {
            guard let news = try await stored(outcome, of: source) else { return }
            tell(outcome, news, of: source)
        } catch is CancellationError {
            await giveBack(source)
        } catch {
            tell(outcome, SourceWriter.News(), of: source)
            logger.error("What \(source.location) says could not be stored: \(error)")
            await giveUp(source, error)
        }
    }
}

extension IngestionLoop {
    /// Logs what is wrong with a source, where that is news, and what it lost.
    private func tell(_ outcome: SourceOutcome, _ news: SourceWriter.News, of source: ClaimedSource) {
        for line in EntityLoss.lines(news.losses) { logger.info("\(line)") }
        let messages: [String]
        switch outcome {
        case .unchanged: return
        case .failed(let problem): messages = [failure(problem, of: source.location)]
        case .read(let result), .missing(let result):
            messages = (news.problems + result.refused.map(\.problem)).map(\.message) + result.unread
        }
        var errors = messages.prefix(Self.mostTold).map { message in
            message.contains(source.location.description) ? message : "\(source.location): \(message)"
        }
        if messages.count > errors.count {
            errors.append("\(source.location): \(messages.count - errors.count) further errors are not named here.")
        }
        for line in troubles.lines(errors, of: source.location, now: clock.now.timeIntervalSince1970) {
            logger.warning("\(line)")
        }
    }

    /// A file that is not there was looked for in two places.
    private func failure(_ problem: ProcessingProblem, of location: LocationReference) -> String {
        guard problem.name == PortalError.Kind.notFound.rawValue, let other = otherPlaces[location] else {
            return problem.message
        }
        return problem.message + (problem.message.hasSuffix(".") ? "" : ".") + " It is not at \(other) either."
    }

    private func stored(_ outcome: SourceOutcome, of source: ClaimedSource) async throws -> SourceWriter.News? {
        do { return try await write(outcome, of: source) } catch let error as DatabaseError
            where error.kind == .uniqueViolation
        {
            // Another replica, or another of our own sources, made the same entity or source meanwhile: now it is seen.
            return try await write(outcome, of: source)
        }
    }

    /// - Returns: nil where somebody else reads the source by now.
    private func write(_ outcome: SourceOutcome, of source: ClaimedSource) async throws -> SourceWriter.News? {
        let jitter = jitter()
        return try await store.database.write { [queue = store.queue, strategy] transaction in
            var writer = try SourceWriter(transaction, source, strategy: strategy)
            return try writer.write(outcome, queue: queue, jitter: jitter)
        }
    }

    /// What the database will never take is a failure of the source: shown, and tried again ever more rarely. After
    /// anything else the lease runs out, and the source is read again.
    private func giveUp(_ source: ClaimedSource, _ error: any Error) async {
        let kinds: [DatabaseError.Kind] = [.statement, .constraintViolation, .uniqueViolation]
        guard let error = error as? DatabaseError, kinds.contains(error.kind) else { return }
        let problem = ProcessingProblem("Error", "What \(source.location) says could not be stored: \(error)")
        _ = try? await write(.failed(problem), of: source)
    }

    /// Done also where this task is cancelled; a failure does not matter: the lease runs out.
    private func giveBack(_ source: ClaimedSource) async { await Task { try? await store.giveBack(source) }.value }
}
