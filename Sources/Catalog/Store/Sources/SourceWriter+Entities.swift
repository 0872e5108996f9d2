import Database
import EntityModel
import PortalKit

/// What becomes of the entities of a source, and what is told of them.
extension SourceWriter {
    /// What cannot be shown this time keeps its last good version, and with it what that leads to.
    /// - Returns: their references.
    mutating func keepHidden(_ owned: [String], _ result: ProcessedSource) -> Set<String> {
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
    mutating func takeOver(_ result: ProcessedSource) throws {
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

    mutating func put(_ entities: [ProcessedEntity]) throws {
        let precedence = try Precedence(transaction)
        for entity in entities {
            let reference = entity.reference
            if let row = draft[reference], let owner = row.sourceID, owner != source.id {
                guard try precedence.isFirst(source, before: owner, of: row) else {
                    try claim(entity, owner: owner)
                    continue
                }
                try precedence.giveWay(reference, from: owner, to: source.id, now: now, &draft)
                displaced.insert(owner)
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
    mutating func claim(_ entity: ProcessedEntity, owner: Int64) throws {
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
            .problem(first: place, line: entity.line)
        problems.append(conflict)
        found.append(conflict)
    }

    mutating func note(_ refused: [ProcessedSource.Refused]) {
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
    mutating func withdraw(from id: Int64, except named: Set<String>) throws {
        let claimed = try transaction.rows("SELECT ref FROM catalog_claims WHERE source_id = \(id)")
            .map { try $0.text(0) }.filter { !named.contains($0) }
        try EntityClaims.withdraw(claimed, from: id, &draft, transaction)
    }

    /// Puts what is wrong with this source on the Location entities that lead to it.
    mutating func tellLocations() throws {
        // One that led here when the reading began may not do so any more: it can be cleared, and is told nothing.
        let locations = problems.isEmpty ? source.locationEntities : try presentLocations()
        try draft.load(locations)
        let place = source.location.description
        for reference in locations {
            draft.note(reference) { [now, problems] notes in
                let dated = problems.dated(after: notes.sources[place] ?? [], now: now)
                notes.sources[place] = dated.isEmpty ? nil : dated
            }
        }
    }

    private func presentLocations() throws -> [String] {
        let ways = try transaction.rows(
            "SELECT DISTINCT location_ref FROM catalog_source_edges WHERE child_id = \(source.id) ORDER BY location_ref"
        )
        let generated = source.isRoot ? [GeneratedLocation.reference(of: source.location)] : []
        return try ways.map { try $0.text(0) } + generated
    }
}
