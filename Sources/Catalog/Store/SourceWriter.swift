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
    }

    /// - Returns: false where somebody else reads the source by now; then nothing is written.
    mutating func write(_ outcome: SourceOutcome, queue: RefreshQueue, jitter: Double) throws -> Bool {
        guard let state = try state(), state.refresh.lease?.token == source.token else { return false }
        var ending = RefreshQueue.Ending.succeeded
        switch outcome {
        case .unchanged:
            try transaction.run("UPDATE catalog_sources SET succeeded_at = \(now) WHERE id = \(source.id)")
        case .failed(let problem):
            ending = .failed
            try fail(problem, state)
        case .read(let result):
            if let again = try store(result, state) { ending = .again(at: again) }
        }
        guard
            let next = queue.finish(
                state.refresh, token: source.token, requests: source.requests, ending, jitter: jitter, now: now)
        else { return false }
        try transaction.run(
            """
            UPDATE catalog_sources SET next_at = \(next.nextAt), failures = \(next.failures), lease_until = 0
            WHERE id = \(source.id)
            """)
        try draft.write()
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
        try transaction.run(
            """
            UPDATE catalog_sources SET error = \(problem.message), failing_since = \(since) WHERE id = \(source.id)
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
        try draft.load(result.entities.map(\.reference))
        try put(result.entities)
        note(result.refused)
        let unchanged = keepHidden(owned, result)
        let named = unchanged.union(result.entities.map(\.reference))
        let vanished = owned.filter { !named.contains($0) }
        var ways = try SourceWays(transaction, source, now: now)
        try ways.add(result.children)
        let lostChildren = ways.lost(result.children, except: unchanged)
        let kept = try ways.entityCount()
        let lost = vanished.count + (try ways.entityCount(of: lostChildren))
        let verdict = ShrinkGuard.judge(
            before: owned.count + kept, lost: lost, heldSince: state.heldSince, now: now)
        var lookAgain: Int64?
        var heldSince: Int64?
        switch verdict {
        case .apply:
            for reference in vanished { try release(reference, from: source.id, isExplicit: false) }
            try withdraw(from: source.id, except: named)
            try ways.remove(result.children, except: unchanged)
            if !lostChildren.isEmpty { try Self.prune(&draft, transaction, strategy: strategy, isExplicit: false) }
        case .hold(let since, let again):
            heldSince = since
            lookAgain = again
            problems.append(
                ProcessingProblem(
                    "ConflictError",
                    "\(lost) of \(owned.count + kept) entities are gone from \(source.location); they are kept until "
                        + "the loss is seen again at \(ISOTime.text(again))."))
        }
        try tellLocations()
        try transaction.run("DELETE FROM catalog_refresh_keys WHERE source_id = \(source.id)")
        try StatementBatch.insert(
            "INSERT INTO catalog_refresh_keys (key, source_id)",
            rows: result.keys.sorted().map { [.text($0), .integer(source.id)] }, in: transaction)
        try transaction.run(
            """
            UPDATE catalog_sources SET etag = \(result.etag), input_hash = \(heldSince == nil ? result.inputHash : nil),
            error = \(String?.none), failing_since = \(Int64?.none), succeeded_at = \(now), held_since = \(heldSince)
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
            draft.note(reference) { $0.own = [unknown.problem] }
        }
        return refused.union(hidden)
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
            draft.note(reference) { notes in
                notes.own = entity.problem.map { [$0] } ?? []
                notes.isPartial = entity.problem != nil && !hasBetter
                notes.outage = nil
                notes.isOrphan = false
            }
            if let problem = entity.problem { problems.append(problem) }
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
        let rivals = try Self.rivals(of: entity.reference, transaction)
        draft.note(entity.reference) { $0.rivals = rivals }
        let first = try transaction.row("SELECT type, target FROM catalog_sources WHERE id = \(owner)")
        let place = try first.map { "\(try $0.text(0)):\(try $0.text(1))" } ?? "another location"
        problems.append(
            ProcessingProblem(
                "ConflictError",
                "\(entity.reference) in \(source.location) is already declared by \(place), which was "
                    + "first; this version is not shown."))
    }

    private static func rivals(of reference: String, _ transaction: any Transaction) throws -> [String] {
        try transaction.rows(
            """
            SELECT s.type, s.target FROM catalog_claims c JOIN catalog_sources s ON s.id = c.source_id
            WHERE c.ref = \(reference) ORDER BY c.claimed_at, s.id
            """
        ).map { "\(try $0.text(0)):\(try $0.text(1))" }
    }

    private mutating func note(_ refused: [ProcessedSource.Refused]) {
        for document in refused {
            if let reference = document.reference, draft[reference]?.sourceID == source.id {
                draft.note(reference) { notes in
                    notes.own = [document.problem]
                    notes.outage = nil
                }
            }
            problems.append(document.problem)
        }
    }

    /// Gives up claims that the source no longer makes.
    private mutating func withdraw(from id: Int64, except named: Set<String>) throws {
        let claimed = try transaction.rows("SELECT ref FROM catalog_claims WHERE source_id = \(id)")
            .map { try $0.text(0) }.filter { !named.contains($0) }
        try Self.withdraw(claimed, from: id, &draft, transaction)
    }

    private static func withdraw(
        _ references: [String], from id: Int64, _ draft: inout EntityDraft, _ transaction: any Transaction
    ) throws {
        try draft.load(references)
        for reference in references {
            try transaction.run("DELETE FROM catalog_claims WHERE ref = \(reference) AND source_id = \(id)")
            let rivals = try rivals(of: reference, transaction)
            draft.note(reference) { $0.rivals = rivals }
        }
    }

    private mutating func release(_ reference: String, from id: Int64, isExplicit: Bool) throws {
        try Self.release(
            reference, from: id, &draft, transaction, strategy: isExplicit ? .delete : strategy)
    }

    /// Nobody at `id` declares the entity any more: the next who claimed it has it, else it is an orphan or gone.
    private static func release(
        _ reference: String, from id: Int64, _ draft: inout EntityDraft, _ transaction: any Transaction,
        strategy: CatalogSettings.OrphanStrategy
    ) throws {
        let next = try transaction.row(
            """
            SELECT source_id, body, edges, hash FROM catalog_claims WHERE ref = \(reference) AND source_id <> \(id)
            ORDER BY claimed_at, source_id LIMIT 1
            """)
        guard let next else {
            if strategy == .keep { draft.orphan(reference) } else { draft.delete(reference) }
            return
        }
        let heir = try next.integer(0)
        let content = EntityDraft.Content(
            body: try next.blob(1), edges: try next.text(2), hash: try next.text(3))
        try transaction.run("DELETE FROM catalog_claims WHERE ref = \(reference) AND source_id = \(heir)")
        draft.put(reference, content, source: heir)
        let rivals = try rivals(of: reference, transaction)
        draft.note(reference) { $0 = EntityNotes() }
        draft.note(reference) { $0.rivals = rivals }
    }

    /// Puts what is wrong with this source on the Location entities that lead to it.
    private mutating func tellLocations() throws {
        try draft.load(source.locationEntities)
        let place = source.location.description
        for reference in source.locationEntities {
            draft.note(reference) { $0.sources[place] = problems.isEmpty ? nil : problems }
        }
    }

    /// Removes the sources that nothing leads to any more, and what they declare.
    static func prune(
        _ draft: inout EntityDraft, _ transaction: any Transaction, strategy: CatalogSettings.OrphanStrategy,
        isExplicit: Bool
    ) throws {
        let outcome = try SourceGraph.load(transaction).outcome()
        for (id, root) in outcome.moved {
            // Its rules and annotations depend on the origin, so it is read again.
            try transaction.run(
                """
                UPDATE catalog_sources SET origin_type = (SELECT type FROM catalog_sources WHERE id = \(root)),
                origin_target = (SELECT target FROM catalog_sources WHERE id = \(root)), input_hash = NULL, etag = NULL,
                next_at = 0, requests = requests + 1 WHERE id = \(id)
                """)
        }
        for id in outcome.unreachable.sorted() {
            let claims = try transaction.rows("SELECT ref FROM catalog_claims WHERE source_id = \(id)")
            try withdraw(claims.map { try $0.text(0) }, from: id, &draft, transaction)
            for reference in try draft.load(source: id) where draft[reference]?.sourceID == id {
                try release(
                    reference, from: id, &draft, transaction, strategy: isExplicit ? .delete : strategy)
            }
            try transaction.run("DELETE FROM catalog_source_edges WHERE parent_id = \(id) OR child_id = \(id)")
            try transaction.run("DELETE FROM catalog_refresh_keys WHERE source_id = \(id)")
            try transaction.run("DELETE FROM catalog_sources WHERE id = \(id)")
        }
    }
}

extension SourceGraph {
    static func load(_ transaction: any Transaction) throws -> SourceGraph {
        var idOfLocation: [LocationReference: Int64] = [:]
        var rows: [(id: Int64, isRoot: Bool, origin: LocationReference)] = []
        try transaction.forEach(
            "SELECT id, type, target, origin_type, origin_target, configured, registered FROM catalog_sources"
        ) { row in
            let id = try row.integer(0)
            idOfLocation[LocationReference(type: try row.text(1), target: try row.text(2))] = id
            rows.append(
                (
                    id, try row.bool(5) || row.bool(6),
                    LocationReference(type: try row.text(3), target: try row.text(4))
                ))
        }
        var children: [Int64: [Int64]] = [:]
        try transaction.forEach("SELECT DISTINCT parent_id, child_id FROM catalog_source_edges") { row in
            children[try row.integer(0), default: []].append(try row.integer(1))
        }
        let sources = rows.map { Source(id: $0.id, isRoot: $0.isRoot, origin: idOfLocation[$0.origin] ?? 0) }
        return SourceGraph(
            sources: Dictionary(sources.map { ($0.id, $0) }) { first, _ in first }, children: children)
    }
}
