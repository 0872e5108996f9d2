import Foundation
import PortalTesting
import Testing

@testable import Database
@testable import PortalServer

/// A database with rows in every table, on either engine, which a test opens as often as it likes.
struct FilledDatabase {
    let folder: TemporaryFolder
    let configuration: DatabaseConfiguration

    /// - Parameter fill: with rows; else there is only a place for a database.
    static func make(_ engine: Dialect, fill: Bool = true, migrates: Bool = true) async throws -> FilledDatabase {
        let folder = try TemporaryFolder()
        let configuration: DatabaseConfiguration =
            engine == .sqlite ? .sqlite(directory: "\(folder.path)/data") : TestDatabase.configuration(.postgres)
        let made = FilledDatabase(folder: folder, configuration: configuration)
        guard fill else { return made }
        try await made.change { transaction in
            for statement in try Self.firstRelease(engine) { try transaction.run(statement) }
        }
        guard migrates else { return made }
        try await made.migrate()
        try await made.change { transaction in
            try transaction.run(
                """
                INSERT INTO user_settings (owner, bucket, key, value, bytes, is_session, written_at)
                VALUES ('user:default/guest', 'stars', 'component:default/a', '{"at":1}', 8, 0, 1764000000000)
                """)
            try transaction.run(
                """
                INSERT INTO callboard_jobs (name, slot, is_done, started_at, ended_at, runs, failures, error)
                VALUES ('count', 7, 1, 1764000000000, 1764000000009, 3, 1, 'It rained.')
                """)
        }
        return made
    }

    var operations: Operations { Operations(standardPlugins, database: configuration) }

    func backupPath(_ name: String = "backup.sqlite") -> String { "\(folder.path)/\(name)" }

    func backUp(_ name: String = "backup.sqlite") async throws -> Backup.Report {
        try await operations.backup(to: backupPath(name), overwrites: false) { _ in }
    }

    func restore(_ path: String, replaces: Bool = false) async throws -> Restoration.Report {
        try await operations.restore(from: path, replaces: replaces) { _ in }
    }

    func migrate() async throws { _ = try await operations.migrate() }

    /// Changes something as nobody else is there.
    func change(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws {
        if let folder = configuration.folder {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        let isThere = configuration.file.map(DurableFile.isThere) ?? true
        let database = try await ConfiguredDatabase.open(configuration, for: isThere ? .alone : .portal)
        do { try await database.write { try body($0) } } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        let database = try await ConfiguredDatabase.open(configuration, for: .reading)
        do {
            let result = try await database.read(body)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    /// Checksums of all tables by name, in the columns of some migrations.
    func checksums(_ migrations: [Migration]? = nil) async throws -> [String: String] {
        let tables = try Blueprint(migrations ?? operations.migrations).tables
        return try await read { transaction in
            Dictionary(
                uniqueKeysWithValues: try tables.map { ($0.name, try RowCopy.checksum($0, transaction).text) })
        }
    }

    /// Tables, columns and indexes, as far as both engines tell the same way.
    func schema() async throws -> [String] {
        try await read { transaction in
            let tables = try transaction.tableNames()
            let columns = try tables.map { "\($0): \(try transaction.columnNames(of: $0).joined(separator: " "))" }
            let texts: SQL =
                transaction.dialect == .sqlite
                ? "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
                : "SELECT replace(indexdef, current_schema() || '.', '') FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname"
            return columns + (try transaction.rows(texts).map { try $0.text(0) })
        }
    }

    /// The statements of the fixture: schema and rows as the first program left them.
    static func firstRelease(_ engine: Dialect) throws -> [SQL] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/Database/first-release-\(engine.rawValue).sql")
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.components(separatedBy: ";\n").map { part in
            part.split(separator: "\n").filter { !$0.hasPrefix("--") }.joined(separator: "\n")
        }.filter { !$0.isEmpty }.map { SQL(trusted: $0) }
    }

    static func message(_ body: () async throws -> Void) async -> String {
        do { try await body() } catch { return (error as? DatabaseError)?.message ?? "\(error)" }
        return "It succeeded."
    }
}
