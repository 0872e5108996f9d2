import Database
import EntityModel
import PortalKit

/// What sources say of entities that another source declared first, and what becomes of an entity without its source.
enum EntityClaims {
    /// The other locations that declare an entity, those that were first at the front.
    static func rivals(of reference: String, _ transaction: any Transaction) throws -> [String] {
        try transaction.rows(
            """
            SELECT s.type, s.target FROM catalog_claims c JOIN catalog_sources s ON s.id = c.source_id
            WHERE c.ref = \(reference) ORDER BY c.claimed_at, s.id
            """
        ).map { "\(try $0.text(0)):\(try $0.text(1))" }
    }

    /// A source has entities that nobody had, though others may have claimed them, or itself: the one who had them was
    /// deleted meanwhile.
    static func settle(
        _ references: [String], of id: Int64, _ draft: inout EntityDraft, _ transaction: any Transaction
    ) throws {
        var claimed: Set<String> = []
        try StatementBatch.lists(references) { chunk in
            let rows = try transaction.rows("SELECT DISTINCT ref FROM catalog_claims WHERE ref IN \(list: chunk)")
            for row in rows { claimed.insert(try row.text(0)) }
        }
        try withdraw(claimed.sorted(), from: id, &draft, transaction)
    }

    /// Gives up claims of one source.
    static func withdraw(
        _ references: [String], from id: Int64, _ draft: inout EntityDraft, _ transaction: any Transaction
    ) throws {
        try draft.load(references)
        for reference in references {
            try transaction.run("DELETE FROM catalog_claims WHERE ref = \(reference) AND source_id = \(id)")
            let rivals = try rivals(of: reference, transaction)
            draft.note(reference) { $0.rivals = rivals }
        }
    }

    /// Nobody at `id` declares the entity any more: the next who claimed it has it, else it is an orphan or gone.
    static func release(
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
        try retell(reference, heir: heir, &draft, transaction)
    }

    /// What is said of a declaration that is not shown.
    struct Conflict {
        let reference: String
        let place: String

        private var beginning: String { "\(reference) in \(place) is already declared by " }

        func problem(first: String) -> ProcessingProblem {
            ProcessingProblem(
                "ConflictError", "\(beginning)\(first), which was first; this version is not shown.")
        }

        func says(_ problem: ProcessingProblem) -> Bool { problem.message.hasPrefix(beginning) }
    }

    /// Another source has an entity now: what Location entities say of who was first follows.
    static func retell(
        _ reference: String, heir: Int64, _ draft: inout EntityDraft, _ transaction: any Transaction
    ) throws {
        let rows = try transaction.rows(
            """
            SELECT id, type, target, configured, registered FROM catalog_sources WHERE id = \(heir)
            OR id IN (SELECT source_id FROM catalog_claims WHERE ref = \(reference)) ORDER BY id
            """
        ).map { row in
            (
                id: try row.integer(0), location: LocationReference(type: try row.text(1), target: try row.text(2)),
                isRoot: try row.bool(3) || row.bool(4)
            )
        }
        guard let first = rows.first(where: { $0.id == heir })?.location.description else { return }
        for (id, location, isRoot) in rows {
            let ways = try transaction.rows(
                "SELECT DISTINCT location_ref FROM catalog_source_edges WHERE child_id = \(id) ORDER BY location_ref")
            let tellers = try ways.map { try $0.text(0) } + (isRoot ? [GeneratedLocation.reference(of: location)] : [])
            try draft.load(tellers)
            let place = location.description
            let conflict = Conflict(reference: reference, place: place)
            for teller in tellers {
                draft.note(teller) { notes in
                    let told = (notes.sources[place] ?? []).compactMap { problem -> ProcessingProblem? in
                        guard conflict.says(problem) else { return problem }
                        if id == heir { return nil }
                        var other = conflict.problem(first: first)
                        other.since = problem.since
                        return other
                    }
                    notes.sources[place] = told.isEmpty ? nil : told
                }
            }
        }
    }
}
