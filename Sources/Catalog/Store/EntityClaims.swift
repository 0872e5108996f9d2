import Database
import EntityModel
import PortalKit

/// What sources say of entities that another source declared first, and what becomes of an entity without its source.
enum EntityClaims {
    /// Of what is declared twice.
    static let mend = "Rename one of the two, or remove it."

    /// The other locations that declare an entity, in an order that does not depend on which was read sooner.
    static func rivals(of reference: String, _ transaction: any Transaction) throws -> [String] {
        try transaction.rows(
            """
            SELECT s.type, s.target FROM catalog_claims c JOIN catalog_sources s ON s.id = c.source_id
            WHERE c.ref = \(reference) ORDER BY s.target, s.type
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
            SELECT c.source_id, c.body, c.edges, c.hash FROM catalog_claims c
            JOIN catalog_sources s ON s.id = c.source_id WHERE c.ref = \(reference) AND c.source_id <> \(id)
            ORDER BY s.target, s.type LIMIT 1
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
        draft.note(reference) { $0 = $0.ofOthers }
        draft.note(reference) { $0.rivals = rivals }
        try retell(reference, heir: heir, &draft, transaction)
    }

    /// What is said of a declaration that is not shown.
    struct Conflict {
        let reference: String
        let place: String
        private static let middle = ", which was first; this version"

        private var beginning: String { "\(reference) in \(place) is already declared by " }

        func problem(first: String, line: Int?) -> ProcessingProblem {
            let line = line.map { " (line \($0), metadata.name)" } ?? ""
            return ProcessingProblem(
                "ConflictError", "\(beginning)\(first)\(Self.middle)\(line) is not shown. \(EntityClaims.mend)")
        }

        /// The same of another who is first now.
        func retold(_ problem: ProcessingProblem, first: String) -> ProcessingProblem {
            guard let end = problem.message.firstRange(of: Self.middle)?.lowerBound else { return problem }
            var other = ProcessingProblem(problem.name, "\(beginning)\(first)\(problem.message[end...])")
            other.since = problem.since
            return other
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
                        return conflict.retold(problem, first: first)
                    }
                    notes.sources[place] = told.isEmpty ? nil : told
                }
            }
        }
    }
}
