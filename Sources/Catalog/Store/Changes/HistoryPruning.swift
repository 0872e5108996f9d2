import Database
import Logging
import PortalKit

/// Removes changes that are not kept any longer: in small steps behind people's writes, by one replica at a time.
///
/// Of each entity the oldest go first, so what is left of a history goes on to the present. What was removed is noted
/// with each step, so that whoever follows the feed from before it notices.
struct HistoryPruning: Sendable {
    let database: any SQLDatabase
    let retention: @Sendable () -> HistoryRetention
    var logger: Logger?
    var pause: Duration = .milliseconds(20)

    /// Rows that are looked at in one transaction, and that are removed in one.
    private static let looked = 1_000
    private static let removed = 200

    var job: ScheduledJob {
        ScheduledJob("catalog: prune history", every: .seconds(1_800)) { lease in _ = try await prune(lease) }
    }

    /// One pass over everything.
    /// - Parameter lease: what keeps other replicas from it.
    /// - Returns: how many changes were removed.
    /// - Throws: `DatabaseError` of kind `leaseLost` where another replica is at it by now.
    func prune(_ lease: Lease) async throws -> Int {
        let retention = retention()
        let old = try await removeOld(retention, lease)
        let many = try await removeMany(retention, lease)
        if old + many > 0 {
            logger?.info("Removed \(old) changes for their age or number, \(many) of entities with too many.")
        }
        return old + many
    }

    /// A row as far as it decides about itself.
    private struct Row: Sendable {
        let number: Int64
        let reference: String
        let at: Int64
        let isDeletion: Bool
    }

    private struct Batch: Sendable {
        let rows: [Row]
        let now: Int64
        /// The newest change of each reference in the batch.
        var newest: [String: Int64] = [:]
    }

    // MARK: By age and number

    private func removeOld(_ retention: HistoryRetention, _ lease: Lease) async throws -> Int {
        if retention.maxAgeMilliseconds == nil, retention.maxChanges == nil { return 0 }
        var excess = try await excess(retention.maxChanges)
        var position: Int64 = 0
        var count = 0
        while true {
            let batch = try await batch(after: position)
            guard let last = batch.rows.last else { return count }
            position = last.number
            let aged = retention.maxAgeMilliseconds.map { batch.now - $0 } ?? .min
            let settled = batch.now - retention.graceMilliseconds
            if excess <= 0, batch.rows.allSatisfy({ $0.at >= aged }) { return count }
            if batch.rows.allSatisfy({ $0.at > settled }) { return count }
            var doomed: [Row] = []
            for row in batch.rows where row.at <= settled && (row.at < aged || excess > 0) {
                if batch.newest[row.reference] == row.number, !row.isDeletion { continue }
                doomed.append(row)
                excess -= 1
            }
            try await remove(doomed, isAge: true, lease)
            count += doomed.count
        }
    }

    private func excess(_ most: Int?) async throws -> Int {
        guard let most else { return 0 }
        return try await database.readAtLength { transaction in
            let count = try transaction.row("SELECT COUNT(*) FROM catalog_feed")?.int(0) ?? 0
            return max(0, count - most)
        }
    }

    private func batch(after position: Int64) async throws -> Batch {
        try await database.readAtLength { transaction in
            let rows = try Self.rows(after: position, transaction)
            var batch = Batch(rows: rows, now: try transaction.now())
            try StatementBatch.lists(Array(Set(rows.map(\.reference)))) { chunk in
                for row in try transaction.rows(
                    "SELECT ref, MAX(n) FROM catalog_feed WHERE ref IN \(list: chunk) GROUP BY ref")
                {
                    batch.newest[try row.text(0)] = try row.integer(1)
                }
            }
            return batch
        }
    }

    private static func rows(after position: Int64, _ transaction: any Transaction) throws -> [Row] {
        try transaction.rows(
            "SELECT n, ref, at, kind FROM catalog_feed WHERE n > \(position) ORDER BY n LIMIT \(looked)"
        ).map {
            Row(
                number: try $0.integer(0), reference: try $0.text(1), at: try $0.integer(2),
                isDeletion: try $0.text(3) == "deleted")
        }
    }

    // MARK: Of one entity

    private static let trimmed = "feed_trimmed"

    /// Each row is looked at once, when it is old enough to be removed: only then can its entity have too many of such.
    private func removeMany(_ retention: HistoryRetention, _ lease: Lease) async throws -> Int {
        guard let most = retention.maxChangesPerEntity else { return 0 }
        var position = try await position(most)
        var count = 0
        while true {
            let (rows, settled) = try await settledRows(after: position, retention)
            guard let last = rows.last else { return count }
            for reference in try await crowded(Set(rows.map(\.reference)), most) {
                count += try await trim(reference, to: most, settled, lease)
            }
            position = last.number
            try await database.write { [position] transaction in
                try lease.check(in: transaction)
                try FeedState.keep(Self.trimmed, "\(most):\(position)", transaction)
            }
        }
    }

    /// Up to where all was looked at with the same limit.
    private func position(_ most: Int) async throws -> Int64 {
        let parts = try await database.read { try FeedState.text(Self.trimmed, $0) }?.split(separator: ":")
        guard let parts, parts.count == 2, parts[0] == "\(most)" else { return 0 }
        return Int64(parts[1]) ?? 0
    }

    private func settledRows(
        after position: Int64, _ retention: HistoryRetention
    ) async throws -> (rows: [Row], settled: Int64) {
        try await database.readAtLength { transaction in
            let settled = try transaction.now() - retention.graceMilliseconds
            let rows = try Self.rows(after: position, transaction).prefix { $0.at <= settled }
            return (Array(rows), settled)
        }
    }

    private func crowded(_ references: Set<String>, _ most: Int) async throws -> [String] {
        try await database.readAtLength { transaction in
            var found: [String] = []
            try StatementBatch.lists(references.sorted()) { chunk in
                found += try transaction.rows(
                    """
                    SELECT ref FROM catalog_feed WHERE ref IN \(list: chunk) GROUP BY ref HAVING COUNT(*) > \(most)
                    """
                ).map { try $0.text(0) }
            }
            return found
        }
    }

    private func trim(_ reference: String, to most: Int, _ settled: Int64, _ lease: Lease) async throws -> Int {
        var count = 0
        while true {
            let doomed = try await database.read { transaction -> [Row] in
                let last = try transaction.row(
                    """
                    SELECT n FROM catalog_feed WHERE ref = \(reference) ORDER BY n DESC LIMIT 1 OFFSET \(most)
                    """)
                guard let last = try last?.integer(0) else { return [] }
                return try transaction.rows(
                    """
                    SELECT n, at FROM catalog_feed WHERE ref = \(reference) AND n <= \(last) AND at <= \(settled)
                    ORDER BY n LIMIT \(Self.removed)
                    """
                ).map {
                    Row(number: try $0.integer(0), reference: reference, at: try $0.integer(1), isDeletion: false)
                }
            }
            if doomed.isEmpty { return count }
            try await remove(doomed, isAge: false, lease)
            count += doomed.count
        }
    }

    // MARK: Removing

    private func remove(_ rows: [Row], isAge: Bool, _ lease: Lease) async throws {
        var rest = rows[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(Self.removed))
            rest = rest.dropFirst(part.count)
            try await database.write { transaction in
                try lease.check(in: transaction)
                try transaction.run("DELETE FROM catalog_feed WHERE n IN \(list: part.map(\.number))")
                try FeedState.note(
                    removed: part.map(\.number).max() ?? 0, since: isAge ? part.map(\.at).max() : nil, transaction)
            }
            // Others write meanwhile.
            try await Task.sleep(for: pause)
        }
    }
}
