import Database
import EntityModel
import PortalKit

/// Stores what one source came to: entities, claims, ways to other sources and the source's own state, together.
struct SourceWriter {
    private let transaction: any Transaction
    private let source: ClaimedSource
    private let now: Int64
    private let strategy: CatalogSettings.OrphanStrategy
    private var draft: EntityDraft
    /// What the Location entities that lead here have to say about it.
    private var problems: [ProcessingProblem] = []
    /// Of those, what only the store could know.
    private var found: [ProcessingProblem] = []

    /// What the source's row held when the writing began.
    private struct State {
        let refresh: RefreshState
        let failingSince: Int64?
        let succeededAt: Int64?
        let heldSince: Int64?
    }

    init(_ transaction: any Transaction, _ source: ClaimedSource, strategy: CatalogSettings.OrphanStrategy) throws {
        self.transaction = transaction
        self.source = source
        self.strategy = strategy
        now = try transaction.now()
        draft = EntityDraft(transaction, now: now, cause: .location(source.location))
        draft.places[source.id] = source.location.description
    }

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
        case .unchanged:
            try transaction.run(
                "UPDATE catalog_sources SET succeeded_at = \(now), missing_since = NULL WHERE id = \(source.id)")
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
        try transaction.run(
            """
            UPDATE catalog_sources SET next_at = \(next.nextAt), failures = \(next.failures), lease_until = 0
            WHERE id = \(source.id)
            """)
        try draft.write()
        return News(problems: found, losses: draft.losses)
    }

    /// Where a pattern found the file, its next look tells whether it has gone, and what came in its place.
    private mutating func leaveToPatterns() throws -> Bool {
        var isFound = false
        // One that is due, or being read, has been asked already.
        var idle: [Int64] = []
        try transaction.forEach(
            """
            SELECT DISTINCT s.id, s.target, s.next_at FROM catalog_source_edges e
            JOIN catalog_sources s ON s.id = e.parent_id WHERE e.child_id = \(source.id)
            """
        ) { row in
            guard GlobPattern.isPattern(try row.text(1)) else { return }
            isFound = true
            if try row.integer(2) > now { idle.append(try row.integer(0)) }
        }
        if !isFound { return false }
        try MissingSources.mark([source.id], now: now, &draft, transaction, strategy: strategy)
        if !idle.isEmpty { try SourceStore.request(idle, in: transaction) }
        return true
    }

    private func state() throws -> State? {
        let lock: SQL = transaction.dialect == .postgres ? "FOR UPDATE" : ""
        guard
            let row = try transaction.row(
                """
                SELECT next_at, requests, failures, lease_token, lease_until, failing_since, succeeded_at, held_since
                FROM catalog_sources WHERE id = \(source.id) \(sql: lock)
                """)
        else { return nil }
        return State(
            refresh: RefreshState(
                nextAt: try row.integer(0), requests: try row.integer(1), failures: try row.int(2),
                lease: .init(token: try row.integer(3), until: try row.integer(4))),
            failingSince: try row.optionalInteger(5), succeededAt: try row.optionalInteger(6),
            heldSince: try row.optionalInteger(7))
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
        try transaction.run(
            """
            UPDATE catalog_sources SET etag = \(result.etag), input_hash = \(heldSince == nil ? result.inputHash : nil),
            error = \(String?.none), failing_since = \(Int64?.none), succeeded_at = \(now), held_since = \(heldSince),
            missing_since = \(Int64?.none)
            WHERE id = \(source.id)
            """)
        return lookAgain
    }

    /// What cannot be shown this time keeps its last good version, and with it what that leads to.
    /// - Returns: their references.
    private mutating func keepHidden(_ owned: [String], _ result: ProcessedSource) -> Set<String> {
        let refused = Set(result.refused.compactMap(\.reference))
        // A mistake in the kind or the name hides an entity too: under what it says now, nobody knows it.
        let unknown = result.refused.first { refusal in
            refusal.isUnknown || refusal.reference.map { !owned.contains($0) } ?? false
        }
        guard let unknown else { return refused }
        let hidden = Set(owned).subtracting(refused).subtracting(result.entities.map(\.reference))
        for reference in hidden {
            draft.note(reference) { [now] in $0.own = [unknown.problem].dated(after: $0.own, now: now) }
        }
        return refused.union(hidden)
    }

    /// What a source declared whose file has gone is this one's from here on: the file was moved.
    private mutating func takeOver(_ result: ProcessedSource) throws {
        let references = result.entities.map(\.reference) + result.refused.compactMap(\.reference)
        let foreign = references.filter { reference in draft[reference]?.sourceID.map { $0 != source.id } ?? false }
        if foreign.isEmpty { return }
        let missing = try MissingSources.among(Set(foreign.compactMap { draft[$0]?.sourceID }), transaction)
        for reference in foreign where draft[reference]?.sourceID.map(missing.contains) ?? false {
            draft.move(reference, to: source.id)
            draft.note(reference) { $0.outage = nil }
            try EntityClaims.withdraw([reference], from: source.id, &draft, transaction)
            try EntityClaims.retell(reference, heir: source.id, &draft, transaction)
        }
    }

    private mutating func put(_ entities: [ProcessedEntity]) throws {
        for entity in entities {
            let reference = entity.reference
            if let owner = draft[reference]?.sourceID, owner != source.id {
                try claim(entity, owner: owner)
                continue
            }
            let hasBetter = draft[reference].map { $0.sourceID == source.id && !$0.notes.isPartial } ?? false
            if entity.problem == nil || !hasBetter { draft.put(reference, entity.content, source: source.id) }
            draft.note(reference) { [now] notes in
                notes.own = (entity.problem.map { [$0] } ?? []).dated(after: notes.own, now: now)
                notes.isPartial = entity.problem != nil && !hasBetter
                notes.outage = nil
                notes.isOrphan = false
            }
        }
    }

    /// Somebody else declared the entity first: their version stays, this one waits.
    private mutating func claim(_ entity: ProcessedEntity, owner: Int64) throws {
        let content = entity.content
        try transaction.run(
            """
            INSERT INTO catalog_claims (ref, source_id, body, edges, hash, claimed_at)
            VALUES (\(entity.reference), \(source.id), \(content.body), \(content.edges), \(content.hash), \(now))
            ON CONFLICT (ref, source_id) DO UPDATE SET body = excluded.body, edges = excluded.edges,
            hash = excluded.hash
            """)
        let rivals = try EntityClaims.rivals(of: entity.reference, transaction)
        draft.note(entity.reference) { $0.rivals = rivals }
        let first = try transaction.row("SELECT type, target FROM catalog_sources WHERE id = \(owner)")
        let place = try first.map { "\(try $0.text(0)):\(try $0.text(1))" } ?? "another location"
        let conflict = EntityClaims.Conflict(reference: entity.reference, place: source.location.description)
            .problem(first: place)
        problems.append(conflict)
        found.append(conflict)
    }

    private mutating func note(_ refused: [ProcessedSource.Refused]) {
        for document in refused {
            if let reference = document.reference, draft[reference]?.sourceID == source.id {
                // Whoever looks for what is wrong finds it on the entity, and once.
                draft.note(reference) { [now] notes in
                    notes.own = [document.problem].dated(after: notes.own, now: now)
                    notes.outage = nil
                }
            } else {
                problems.append(document.problem)
            }
        }
    }

    /// Gives up claims that the source no longer makes.
    private mutating func withdraw(from id: Int64, except named: Set<String>) throws {
        let claimed = try transaction.rows("SELECT ref FROM catalog_claims WHERE source_id = \(id)")
            .map { try $0.text(0) }.filter { !named.contains($0) }
        try EntityClaims.withdraw(claimed, from: id, &draft, transaction)
    }

    /// Puts what is wrong with this source on the Location entities that lead to it.
    private mutating func tellLocations() throws {
        try draft.load(source.locationEntities)
        let place = source.location.description
        for reference in source.locationEntities {
            draft.note(reference) { [now, problems] notes in
                let dated = problems.dated(after: notes.sources[place] ?? [], now: now)
                notes.sources[place] = dated.isEmpty ? nil : dated
            }
        }
    }
}
