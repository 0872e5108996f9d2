import Database
import EntityModel
import PortalKit

/// Settings in the table `user_settings`.
struct SettingsStore: UserSettingsService {
    let database: any SQLDatabase
    let clock: any PortalClock
    var priority = WritePriority.interactive

    /// A row that others make and remove all the time is not waited for longer.
    private static let mostAttempts = 10

    func value(_ name: SettingName, of owner: SettingsOwner) async throws -> JSONValue? {
        try SettingsLimits.check(name)
        let owner = try StoredOwner(owner)
        return try await database.read { try Self.row(name, owner, $0).flatMap { try Self.value($0) } }
    }

    func values(_ names: [SettingName], of owner: SettingsOwner) async throws -> [JSONValue?] {
        for name in names { try SettingsLimits.check(name) }
        let owner = try StoredOwner(owner)
        if names.isEmpty { return [] }
        let found = try await database.read { try Self.rows(names, owner, $0) }
        return names.map { found[Exactly($0)] }
    }

    func values(_ name: SettingName, of owners: [SettingsOwner]) async throws -> [JSONValue?] {
        try SettingsLimits.check(name)
        let owners = try owners.map { try StoredOwner($0).text }
        if owners.isEmpty { return [] }
        let found = try await database.read { transaction in
            var found: [String: JSONValue] = [:]
            try transaction.forEach(
                """
                SELECT value, owner FROM user_settings WHERE owner IN \(list: owners)
                AND bucket = \(name.bucket) AND key = \(name.key)
                """
            ) { row in found[try row.text(1)] = try Self.value(row) }
            return found
        }
        return owners.map { found[$0] }
    }

    func write(_ value: JSONValue, as name: SettingName, of owner: SettingsOwner) async throws {
        try SettingsLimits.check(name)
        let owner = try StoredOwner(owner)
        let row = NewRow(value, now: now)
        try SettingsLimits.check(value: row.bytes)
        try await database.write(priority: priority) { transaction in
            try Self.put(row, name, owner, transaction)
            try Self.checkOwner(owner, transaction)
        }
    }

    func remove(_ name: SettingName, of owner: SettingsOwner) async throws {
        try SettingsLimits.check(name)
        let owner = try StoredOwner(owner)
        try await database.write(priority: priority) { try Self.delete(name, owner, $0) }
    }

    func all(of owner: SettingsOwner) async throws -> [(name: SettingName, value: JSONValue)] {
        let owner = try StoredOwner(owner)
        return try await database.read { transaction in
            var all: [(name: SettingName, value: JSONValue)] = []
            try transaction.forEach(
                "SELECT value, bucket, key FROM user_settings WHERE owner = \(owner.text) ORDER BY bucket, key"
            ) { row in
                all.append((SettingName(bucket: try row.text(1), key: try row.text(2)), try Self.value(row)))
            }
            return all
        }
    }

    func removeAll(of owner: SettingsOwner) async throws {
        let owner = try StoredOwner(owner)
        try await database.write(priority: priority) { transaction in
            _ = try transaction.run("DELETE FROM user_settings WHERE owner = \(owner.text)")
        }
    }

    @discardableResult
    func update(
        _ name: SettingName, of owner: SettingsOwner, _ change: @escaping @Sendable (JSONValue?) throws -> JSONValue?
    ) async throws -> JSONValue? {
        try SettingsLimits.check(name)
        let owner = try StoredOwner(owner)
        let now = now
        return try await database.write(priority: priority) { transaction in
            let before = try Self.taken(name, owner, now, transaction)
            let after = try change(before)
            guard let after else {
                try Self.delete(name, owner, transaction)
                return nil
            }
            if after == before { return after }
            let row = NewRow(after, now: now)
            try SettingsLimits.check(value: row.bytes)
            try Self.put(row, name, owner, transaction)
            try Self.checkOwner(owner, transaction)
            return after
        }
    }

    /// Removes what sessions kept that have ended by now, and the oldest of what they keep beyond a number.
    func sweepSessions(keeping: Int = SettingsLimits.mostValuesOfSessions) async throws {
        let before = now - Int64(SettingsOwner.longestSessionSeconds * 1_000)
        try await database.write { transaction in
            try transaction.run("DELETE FROM user_settings WHERE is_session = 1 AND written_at < \(before)")
            let newest = try transaction.row(
                """
                SELECT written_at FROM user_settings WHERE is_session = 1 ORDER BY written_at DESC LIMIT 1
                OFFSET \(keeping)
                """)
            guard let limit = try newest?.integer(0) else { return }
            try transaction.run("DELETE FROM user_settings WHERE is_session = 1 AND written_at <= \(limit)")
        }
    }

    private var now: Int64 { clock.now.settingsMilliseconds }

    /// A name compared byte by byte, as the database does: two spellings of one letter are two.
    private struct Exactly: Hashable {
        let bytes: [UInt8]
        init(_ name: SettingName) { bytes = name.bucket.utf8 + [0] + name.key.utf8 }
    }

    private struct NewRow: Sendable {
        let text: String
        let now: Int64
        var bytes: Int { text.utf8.count }

        init(_ value: JSONValue, now: Int64) {
            text = JSONWriter.text(value)
            self.now = now
        }
    }
}

/// What runs within a transaction.
extension SettingsStore {
    private static func row(
        _ name: SettingName, _ owner: StoredOwner, _ transaction: any Transaction, lock: SQL = ""
    ) throws -> Row? {
        try transaction.row(
            """
            SELECT value FROM user_settings WHERE owner = \(owner.text) AND bucket = \(name.bucket) AND key = \(name.key)
            \(sql: lock)
            """)
    }

    private static func value(_ row: Row) throws -> JSONValue { try JSONParser.parse(Array(try row.text(0).utf8)) }

    /// May read more than was asked for, but only of the owner, who has few.
    private static func rows(
        _ names: [SettingName], _ owner: StoredOwner, _ transaction: any Transaction
    ) throws -> [Exactly: JSONValue] {
        let wanted = Set(names.map(Exactly.init))
        var found: [Exactly: JSONValue] = [:]
        try transaction.forEach(
            """
            SELECT value, bucket, key FROM user_settings WHERE owner = \(owner.text)
            AND bucket IN \(list: names.map(\.bucket)) AND key IN \(list: names.map(\.key))
            """
        ) { row in
            let name = Exactly(SettingName(bucket: try row.text(1), key: try row.text(2)))
            if wanted.contains(name) { found[name] = try value(row) }
        }
        return found
    }

    /// The value, with the row locked: made first where there is none, so that two who find none wait for each other.
    private static func taken(
        _ name: SettingName, _ owner: StoredOwner, _ now: Int64, _ transaction: any Transaction
    ) throws -> JSONValue? {
        let lock: SQL = transaction.dialect == .postgres ? "FOR UPDATE" : ""
        for _ in 1...mostAttempts {
            let made = try transaction.run(
                """
                INSERT INTO user_settings (owner, bucket, key, value, bytes, is_session, written_at)
                VALUES (\(owner.text), \(name.bucket), \(name.key), 'null', 4, \(owner.isSession), \(now))
                ON CONFLICT (owner, bucket, key) DO NOTHING
                """)
            if made > 0 { return nil }
            if let row = try row(name, owner, transaction, lock: lock) { return try value(row) }
        }
        throw PortalError(.conflict, "The setting is made and removed by others all the time; try again.")
    }

    private static func put(
        _ row: NewRow, _ name: SettingName, _ owner: StoredOwner, _ transaction: any Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO user_settings (owner, bucket, key, value, bytes, is_session, written_at)
            VALUES (\(owner.text), \(name.bucket), \(name.key), \(row.text), \(row.bytes), \(owner.isSession), \(row.now))
            ON CONFLICT (owner, bucket, key) DO UPDATE
            SET value = excluded.value, bytes = excluded.bytes, written_at = excluded.written_at
            """)
    }

    private static func delete(_ name: SettingName, _ owner: StoredOwner, _ transaction: any Transaction) throws {
        try transaction.run(
            "DELETE FROM user_settings WHERE owner = \(owner.text) AND bucket = \(name.bucket) AND key = \(name.key)")
    }

    /// Refuses a change after which the owner keeps too much.
    private static func checkOwner(_ owner: StoredOwner, _ transaction: any Transaction) throws {
        let row = try transaction.row(
            """
            SELECT COUNT(*) AS n, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS size FROM user_settings
            WHERE owner = \(owner.text)
            """)
        guard let row else { return }
        guard try row.int("n") <= SettingsLimits.mostValues else {
            throw PortalError(
                .input,
                "Nobody can keep more than \(SettingsLimits.mostValues) settings; remove some before you add others"
            )
        }
        guard try row.int("size") <= owner.mostBytes else {
            throw PortalError(
                .input,
                "Nobody can keep more than \(ByteCount.text(owner.mostBytes)) in settings; remove some before you add others"
            )
        }
    }
}
