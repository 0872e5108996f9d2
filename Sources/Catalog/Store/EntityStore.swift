import Database
import EntityModel
import Foundation
import Logging
import PortalKit

/// What is asked of the stored entities beside the index: deletion, ancestry, history.
struct EntityStore: Sendable {
    let database: any SQLDatabase
    /// Told who deletes what.
    var logger: Logger?

    /// Who was first to declare an entity has so long to bring it back before the others are asked.
    private static let precedenceMilliseconds: Int64 = 10_000

    /// Deletes an entity and asks its source to be read again, and then whoever else declares it: what a file still
    /// declares comes back.
    func delete(uid: String, by cause: ChangeCause) async throws {
        let deleted: String? = try await database.write(priority: .interactive) { transaction in
            guard
                let row = try transaction.row("SELECT ref, source_id FROM catalog_entities WHERE uid = \(uid)")
            else { return nil }
            try Self.lockSources(of: try row.text(0), try row.optionalInteger(1), transaction)
            var draft = EntityDraft(transaction, now: try transaction.now(), cause: cause)
            try draft.load([try row.text(0)])
            draft.delete(try row.text(0))
            if let source = try row.optionalInteger(1) {
                try transaction.run(
                    "UPDATE catalog_sources SET input_hash = NULL, etag = NULL WHERE id = \(source)")
                try SourceStore.request([source], in: transaction)
            }
            let next = try transaction.now() + Self.precedenceMilliseconds
            try transaction.run(
                """
                UPDATE catalog_sources SET input_hash = NULL, etag = NULL, requests = requests + 1,
                next_at = CASE WHEN next_at < \(next) THEN next_at ELSE \(next) END
                WHERE id IN (SELECT source_id FROM catalog_claims WHERE ref = \(try row.text(0)))
                """)
            try draft.write()
            return try row.text(0)
        }
        if let deleted { logger?.info("Deleted \(deleted), by \(cause.who).") }
    }

    /// Takes the locks that are needed in the order in which all who write take them: sources by id, then entities.
    private static func lockSources(
        of reference: String, _ owner: Int64?, _ transaction: any Transaction
    ) throws {
        guard transaction.dialect == .postgres else { return }
        _ = try transaction.rows(
            """
            SELECT id FROM catalog_sources WHERE id = \(owner ?? 0)
            OR id IN (SELECT source_id FROM catalog_claims WHERE ref = \(reference)) ORDER BY id FOR UPDATE
            """)
    }

    /// The entities that led to an entity, each with the references of its own parents; the asked one first.
    func ancestry(of reference: String) async throws -> [(reference: String, parents: [String])] {
        try await database.read { transaction in
            var found: [(reference: String, parents: [String])] = []
            var seen: Set<String> = [reference]
            var waiting = [reference]
            while !waiting.isEmpty {
                let next = waiting.removeFirst()
                let parents = try Self.parents(of: next, transaction)
                found.append((next, parents))
                for parent in parents where seen.insert(parent).inserted { waiting.append(parent) }
            }
            return found
        }
    }

    private static func parents(of reference: String, _ transaction: any Transaction) throws -> [String] {
        guard
            let row = try transaction.row(
                """
                SELECT s.id, s.type, s.target, s.configured, s.registered FROM catalog_entities e
                JOIN catalog_sources s ON s.id = e.source_id WHERE e.ref = \(reference)
                """)
        else { return [] }
        let id = try row.integer(0)
        let generated = GeneratedLocation.reference(
            of: LocationReference(type: try row.text(1), target: try row.text(2)))
        if generated == reference { return [] }
        var parents = try transaction.rows(
            "SELECT DISTINCT location_ref FROM catalog_source_edges WHERE child_id = \(id) ORDER BY location_ref"
        ).map { try $0.text(0) }
        if try row.bool(3) || row.bool(4) { parents.append(generated) }
        return parents
    }

    /// One entry of an entity's history.
    struct Change: Sendable {
        let number: Int64
        let at: Int64
        let kind: String
        let uid: String
        /// Nil before it was created, and after it was deleted. Both are nil where one of them is damaged: what is
        /// different cannot be told then.
        let before: JSONValue?
        let after: JSONValue?
        /// Whether `after` is what the entity is now.
        let isPresent: Bool
        /// Nil for changes of before causes were kept.
        let cause: ChangeCause?
    }

    /// The newest changes of a reference first, whether the entity still exists or not.
    func history(of reference: String, limit: Int, before number: Int64?) async throws -> [Change] {
        try await database.read { transaction in
            let rows = try transaction.rows(
                """
                SELECT n, at, kind, uid, body_before, cause FROM catalog_feed
                WHERE ref = \(reference) AND n < \(number ?? Int64.max) ORDER BY n DESC LIMIT \(limit)
                """)
            var (after, isPresent) = try Self.version(of: reference, before: number, transaction)
            return try rows.map { row in
                let before = try row.optionalBlob(4)
                let kind = try row.text(2)
                defer { (after, isPresent) = (before, false) }
                let states = StoredStates(before: before, after: kind == "deleted" ? nil : after)
                return Change(
                    number: try row.integer(0), at: try row.integer(1), kind: kind, uid: try row.text(3),
                    before: states.before, after: states.after,
                    isPresent: isPresent && kind != "deleted",
                    cause: ChangeCause(column: try row.optionalText(5)))
            }
        }
    }

    /// The time of the last of some changes, where that is the entity's oldest and older ones were removed.
    func keptSince(_ reference: String, _ shown: [Change]) async throws -> Int64? {
        guard let last = shown.last else { return nil }
        return try await database.read { transaction in
            let oldest = try transaction.row(
                "SELECT n, at, kind FROM catalog_feed WHERE ref = \(reference) ORDER BY n LIMIT 1")
            // Every history begins with a creation. What is hidden is not told of.
            guard let oldest, try oldest.integer(0) == last.number, try oldest.text(2) != "created" else { return nil }
            return try oldest.integer(1)
        }
    }

    /// What an entity was before the first change from a number on: what the change kept, or what it is now.
    private static func version(
        of reference: String, before number: Int64?, _ transaction: any Transaction
    ) throws -> (body: [UInt8]?, isPresent: Bool) {
        if let number {
            let next = try transaction.row(
                """
                SELECT body_before FROM catalog_feed WHERE ref = \(reference) AND n >= \(number) ORDER BY n LIMIT 1
                """)
            if let next { return (try next.optionalBlob(0), false) }
        }
        return (try transaction.row("SELECT body FROM catalog_entities WHERE ref = \(reference)")?.blob(0), true)
    }
}
