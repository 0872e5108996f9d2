import Database
import EntityModel
import PortalKit

/// Stores what one source came to: entities, claims, ways to other sources and the source's own state, together.
struct SourceWriter {
    let transaction: any Transaction
    let source: ClaimedSource
    let now: Int64
    let strategy: CatalogSettings.OrphanStrategy
    var draft: EntityDraft
    /// What the Location entities that lead here have to say about it.
    var problems: [ProcessingProblem] = []
    /// Of those, what only the store could know.
    var found: [ProcessingProblem] = []

    /// What the source's row held when the writing began.
    private struct State {
        let refresh: RefreshState
        let failingSince: Int64?
        let succeededAt: Int64?
        let heldSince: Int64?
        /// Taken to have gone.
        let isMissing: Bool
    }

    init(_ transaction: any Transaction, _ source: ClaimedSource, strategy: CatalogSettings.OrphanStrategy) throws {
        self.transaction = transaction
        self.source = source
        self.strategy = strategy
        now = try transaction.now()
        draft = EntityDraft(transaction, now: now, cause: .location(source.location))
        draft.places[source.id] = source.location.description
    }

    /// Sources of which this one took entities over that both declare: they are to say so.
    var displaced: Set<Int64> = []

    /// What storing came to, as far as reading did not know it already.
    struct News: Sendable {
        /// Entities that another source declared first, and a loss that is not believed yet.
        var problems: [ProcessingProblem] = []
        var losses: [EntityLoss] = []
    }

    /// - Returns: nil where somebody else reads the source by now; then nothing is written.
    mutating func write(_ outcome: SourceOutcome, queue: RefreshQueue, jitter: Double) throws -> News? {
        guard let state = try state(), state.refresh.lease?.token == source.token else { return nil }
        var ending = RefreshQueue.Ending.succeeded
        switch outcome {
        case .unchanged where state.isMissing:
            // What it declares may be another's by now, and is claimed by a whole reading.
            try transaction.run(
                """
                UPDATE catalog_sources SET succeeded_at = \(now), missing_since = NULL, etag = NULL, input_hash = NULL
                WHERE id = \(source.id)
                """)
            ending = .again(at: now)
        case .unchanged:
            try transaction.run("UPDATE catalog_sources SET succeeded_at = \(now) WHERE id = \(source.id)")
        case .missing(let result):
            if try !leaveToPatterns(), let again = try store(result, state) { ending = .again(at: again) }
        case .failed(let problem):
            ending = .failed
            try fail(problem, state)
        case .read(let result):
            if let again = try store(result, state) { ending = .again(at: again) }
        }
        guard
            let next = queue.finish(
                state.refresh, token: source.token, requests: source.requests, ending, jitter: jitter, now: now)
        else { return nil }
        // What this very change asked for stays asked for.
        try transaction.run(
            """
            UPDATE catalog_sources SET failures = \(next.failures), lease_until = 0,
            next_at = CASE WHEN requests = \(state.refresh.requests) THEN \(next.nextAt) ELSE next_at END
            WHERE id = \(source.id)
            """)
        try Precedence.remember(displaced, in: transaction)
        try draft.write()
        return News(problems: found, losses: draft.losses)
    }

    /// Where a pattern found the file, its next look tells whether it has gone, and what came in its place.
    private mutating func leaveToPatterns() throws -> Bool {
        var isFound = false
        // One that is due will look later than this; one that is being read may have looked before.
        var waiting: [Int64] = []
        try transaction.forEach(
            """
            SELECT DISTINCT s.id, s.target, s.next_at, s.lease_until FROM catalog_source_edges e
            JOIN catalog_sources s ON s.id = e.parent_id WHERE e.child_id = \(source.id)
            """
        ) { row in
            guard GlobPattern.isPattern(try row.text(1)) else { return }
            isFound = true
            if try row.integer(2) > now || row.integer(3) > now { waiting.append(try row.integer(0)) }
        }
        if !isFound { return false }
        try MissingSources.mark([source.id], now: now, &draft, transaction, strategy: strategy)
        if !waiting.isEmpty { try SourceStore.request(waiting, in: transaction) }
        return true
    }

    private func state() throws -> State? {
        let lock: SQL = transaction.dialect == .postgres ? "FOR UPDATE" : ""
        guard
            let row = try transaction.row(
                """
                SELECT next_at, requests, failures, lease_token, lease_until, failing_since, succeeded_at, held_since,
                missing_since FROM catalog_sources WHERE id = \(source.id) \(sql: lock)
                """)
        else { return nil }
        return State(
            refresh: RefreshState(
                nextAt: try row.integer(0), requests: try row.integer(1), failures: try row.int(2),
                lease: .init(token: try row.integer(3), until: try row.integer(4))),
            failingSince: try row.optionalInteger(5), succeededAt: try row.optionalInteger(6),
            heldSince: try row.optionalInteger(7), isMissing: try row.optionalInteger(8) != nil)
    }

    /// Keeps everything as it is, with the error and its age.
    private mutating func fail(_ problem: ProcessingProblem, _ state: State) throws {
        let since = state.failingSince ?? now
        var problem = problem
        problem.since = since
        try transaction.run(
            """
            UPDATE catalog_sources SET error = \(problem.message), failing_since = \(since), missing_since = NULL
            WHERE id = \(source.id)
            """)
        let outage = EntityNotes.Outage(problem: problem, since: since, lastSuccess: state.succeededAt)
        for reference in try draft.load(source: source.id) {
            draft.note(reference) { $0.outage = outage }
        }
        if source.isRoot {
            let reference = GeneratedLocation.reference(of: source.location)
            try draft.load([reference])
            if draft[reference] == nil {
                draft.put(reference, try EntityPipeline.generated(source.location).content, source: source.id)
                draft.note(reference) { $0.outage = outage }
            }
        }
        problems = [problem]
        try tellLocations()
    }

    /// - Returns: when to look again, where a loss is not believed yet.
    private mutating func store(_ result: ProcessedSource, _ state: State) throws -> Int64? {
        let owned = try draft.load(source: source.id)
        try draft.load(result.entities.map(\.reference) + result.refused.compactMap(\.reference))
        try takeOver(result)
        let unowned = result.entities.map(\.reference).filter { draft[$0]?.sourceID == nil }
        try put(result.entities)
        try EntityClaims.settle(unowned, of: source.id, &draft, transaction)
        note(result.refused)
        let unchanged = keepHidden(owned, result)
        let named = unchanged.union(result.entities.map(\.reference))
        let vanished = owned.filter { !named.contains($0) }
        var ways = try SourceWays(transaction, source, now: now)
        try ways.askAnew(ledBy: unowned)
        try ways.add(result.children)
        let lostChildren = ways.lost(result.children, except: unchanged)
        let kept = try ways.entityCount()
        let lost = vanished.count + (try ways.entityCount(of: lostChildren))
        var verdict = ShrinkGuard.judge(
            before: owned.count + kept, lost: lost, heldSince: state.heldSince, now: now)
        // What is still to be read for the first time may declare what has gone elsewhere: that is a move and no loss.
        let isSettling = try !lostChildren.isEmpty && ways.haveUnread()
        if isSettling {
            verdict = .hold(
                since: state.heldSince ?? now, lookAgainAt: now + ShrinkGuard.settlingMilliseconds)
        }
        var lookAgain: Int64?
        var heldSince: Int64?
        switch verdict {
        case .apply:
            for reference in vanished {
                try EntityClaims.release(reference, from: source.id, &draft, transaction, strategy: strategy)
            }
            try withdraw(from: source.id, except: named)
            try ways.remove(result.children, except: unchanged, &draft)
            if !lostChildren.isEmpty { try SourcePruning.prune(&draft, transaction, strategy: strategy) }
        case .hold(let since, let again):
            heldSince = since
            lookAgain = again
            let gone = try MissingSources.unreached(lostChildren, without: source.id, transaction)
            try MissingSources.mark(gone, now: now, &draft, transaction, strategy: strategy)
            if isSettling { break }
            let loss =
                ProcessingProblem(
                    "ConflictError",
                    "\(lost) of \(owned.count + kept) entities are gone from \(source.location); they are kept until "
                        + "the loss is seen again at \(ISOTime.text(again)).")
            problems.append(loss)
            // Before others, of which the log may leave some out.
            found.insert(loss, at: 0)
        }
        try tellLocations()
        try transaction.run("DELETE FROM catalog_refresh_keys WHERE source_id = \(source.id)")
        try StatementBatch.insert(
            "INSERT INTO catalog_refresh_keys (key, source_id)",
            rows: result.keys.sorted().map { [.text($0), .integer(source.id)] }, in: transaction)
        // Whoever asked meanwhile, be it this very change, may have changed what the reading went by, such as the origin:
        // then it does not count as known.
        let hash = heldSince == nil ? result.inputHash : nil
        try transaction.run(
            """
            UPDATE catalog_sources SET etag = CASE WHEN requests = \(source.requests) THEN \(result.etag) END,
            input_hash = CASE WHEN requests = \(source.requests) THEN \(hash) END,
            error = \(String?.none), failing_since = \(Int64?.none), succeeded_at = \(now), held_since = \(heldSince),
            missing_since = \(Int64?.none), \(sql: Refusals(result).assignments)
            WHERE id = \(source.id)
            """)
        return lookAgain
    }
}
