import Database
import EntityModel
import Foundation
import Logging
import PortalKit

/// The locations that everything else is found from: those of the configuration and those that were registered.
struct RootStore: Sendable {
    /// A location that somebody registered.
    struct Registered: Sendable, Hashable {
        let id: String
        let location: LocationReference
    }

    let database: any SQLDatabase
    /// Told who registers and unregisters what, and what goes with it.
    var logger: Logger?

    /// Makes the configured roots those of the configuration; what only others led to goes, whatever the strategy for
    /// orphans: the operator took it away.
    /// - Parameter fingerprint: of rules and processors; everything is read again when it changes.
    func synchronize(_ configured: [LocationReference], fingerprint: String) async throws {
        let losses = try await database.write { transaction in
            // SQLite has one process: whoever held a lease is gone.
            if transaction.dialect == .sqlite { try transaction.run("UPDATE catalog_sources SET lease_until = 0") }
            try Precedence.begin(transaction)
            try transaction.run("UPDATE catalog_sources SET configured = 0")
            for location in configured { try Self.add(location, isRegistered: false, transaction) }
            let losses = try Self.prune(transaction, .configuration, heals: true)
            let known = try transaction.row("SELECT value FROM catalog_state WHERE name = 'fingerprint'")?.text(0)
            if known != fingerprint {
                try transaction.run("UPDATE catalog_sources SET next_at = 0, requests = requests + 1")
                try transaction.run(
                    """
                    INSERT INTO catalog_state (name, value) VALUES ('fingerprint', \(fingerprint))
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value
                    """)
            }
            // Files may have changed while nobody watched; a look at their stamps is cheap.
            try transaction.run("UPDATE catalog_sources SET next_at = 0, requests = requests + 1 WHERE type = 'file'")
            try transaction.notify(SourceStore.channel)
            return losses
        }
        tell(losses)
    }

    private func tell(_ losses: [EntityLoss]) {
        for line in EntityLoss.lines(losses) { logger?.info("\(line)") }
    }

    private static func add(
        _ location: LocationReference, isRegistered: Bool, _ transaction: any Transaction
    ) throws {
        let changed = try transaction.run(
            isRegistered
                ? """
                UPDATE catalog_sources SET registered = 1, origin_type = type, origin_target = target, input_hash = NULL,
                etag = NULL, next_at = 0, requests = requests + 1
                WHERE type = \(location.type) AND target = \(location.target)
                """
                : """
                UPDATE catalog_sources SET configured = 1
                WHERE type = \(location.type) AND target = \(location.target)
                """)
        if changed > 0, !isRegistered { try adopt(location, transaction) }
        if changed == 0 {
            let id = try Counters.take("source", 1, in: transaction)
            try StatementBatch.insert(
                SourceRow.head,
                rows: [
                    SourceRow.values(
                        id: id, location, origin: location, isOptional: false, isConfigured: !isRegistered,
                        isRegistered: isRegistered)
                ], in: transaction)
        }
        try transaction.notify(SourceStore.channel)
    }

    /// What something else led to before is its own origin once it is configured: with that come its rules and an entity
    /// of its own, so that it is read again whatever is known of it.
    private static func adopt(_ location: LocationReference, _ transaction: any Transaction) throws {
        try transaction.run(
            """
            UPDATE catalog_sources SET origin_type = type, origin_target = target, input_hash = NULL, etag = NULL,
            next_at = 0, requests = requests + 1
            WHERE type = \(location.type) AND target = \(location.target)
            AND (origin_type <> type OR origin_target <> target)
            """)
    }

    private static func prune(
        _ transaction: any Transaction, _ cause: ChangeCause, heals: Bool = false
    ) throws -> [EntityLoss] {
        var draft = EntityDraft(transaction, now: try transaction.now(), cause: cause)
        if heals { try SourcePruning.heal(&draft, transaction) }
        try SourcePruning.prune(&draft, transaction, strategy: .delete)
        try draft.write()
        return draft.losses
    }

    /// - Throws: `PortalError` of kind `conflict` where the location is registered already.
    func register(_ location: LocationReference, by cause: ChangeCause) async throws -> Registered {
        let registered = Registered(id: UUID().uuidString.lowercased(), location: location)
        do {
            try await database.write(priority: .interactive) { transaction in
                try transaction.run(
                    """
                    INSERT INTO catalog_locations (id, type, target)
                    VALUES (\(registered.id), \(location.type), \(location.target))
                    """)
                try Self.add(location, isRegistered: true, transaction)
            }
        } catch let error as DatabaseError where error.kind == .uniqueViolation {
            throw PortalError(.conflict, "Location \(location) already exists")
        }
        logger?.info("Registered \(location), by \(cause.who).")
        return registered
    }

    /// - Returns: false where there is no such location.
    func unregister(_ id: String, by cause: ChangeCause) async throws -> Bool {
        let gone: (LocationReference, [EntityLoss])? = try await database.write(priority: .interactive) { transaction in
            // Of two who ask at once one finds it: what the other did then would be done to whoever registers it anew.
            guard
                let row = try transaction.row("DELETE FROM catalog_locations WHERE id = \(id) RETURNING type, target")
            else { return nil }
            try transaction.run(
                """
                UPDATE catalog_sources SET registered = 0
                WHERE type = \(try row.text(0)) AND target = \(try row.text(1))
                """)
            let location = LocationReference(type: try row.text(0), target: try row.text(1))
            return (location, try Self.prune(transaction, cause))
        }
        guard let (location, losses) = gone else { return false }
        logger?.info("Unregistered \(location), by \(cause.who).")
        tell(losses)
        return true
    }

    /// What would go with a registered location, by reference: what nothing else leads to, and nobody else declares.
    func leaving(with location: LocationReference) async throws -> [String] {
        try await database.read { transaction in
            guard
                let row = try transaction.row(
                    """
                    SELECT id, configured FROM catalog_sources
                    WHERE type = \(location.type) AND target = \(location.target)
                    """), try !row.bool(1)
            else { return [] }
            let id = try row.integer(0)
            var graph = try SourceGraph.load(transaction)
            let before = graph.outcome().unreachable
            graph.sources[id] = graph.sources[id].map { .init(id: id, isRoot: false, origin: $0.origin) }
            let gone = graph.outcome().unreachable.subtracting(before)
            var references: [String] = []
            try StatementBatch.lists(gone.sorted()) { chunk in
                let rows = try transaction.rows("SELECT ref FROM catalog_entities WHERE source_id IN \(list: chunk)")
                references += try rows.map { try $0.text(0) }
            }
            let kept = try transaction.rows("SELECT ref, source_id FROM catalog_claims")
                .filter { try !gone.contains($0.integer(1)) }.map { try $0.text(0) }
            return Set(references).subtracting(kept).sorted()
        }
    }

    /// All that were registered, by id.
    func registered() async throws -> [Registered] { try await registered("ORDER BY id") }

    func contains(_ location: LocationReference) async throws -> Bool { try await registered(at: location) != nil }

    func registered(at location: LocationReference) async throws -> Registered? {
        try await registered("WHERE type = \(location.type) AND target = \(location.target)").first
    }

    func registered(_ id: String) async throws -> Registered? { try await registered("WHERE id = \(id)").first }

    private func registered(_ which: SQL) async throws -> [Registered] {
        try await database.read { transaction in
            try transaction.rows("SELECT id, type, target FROM catalog_locations \(sql: which)").map {
                Registered(
                    id: try $0.text(0), location: LocationReference(type: try $0.text(1), target: try $0.text(2)))
            }
        }
    }
}
