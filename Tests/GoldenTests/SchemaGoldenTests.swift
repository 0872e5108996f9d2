import Database
import PortalKit
import PortalServer
import PortalTesting
import Testing

/// The tables as the engines themselves describe them after all migrations.
@Suite struct SchemaGoldenTests {
    private func migrated(_ engine: Dialect) async throws -> any SQLDatabase {
        try await TestDatabase.open(engine, standardPlugins.flatMap { $0.migrations })
    }

    @Test("the tables on SQLite") func sqlite() async throws {
        let database = try await migrated(.sqlite)
        let statements = try await database.read { transaction in
            try transaction.rows(
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name"
            ).map { try $0.text("sql") + ";" }
        }
        #expect(statements.count > 10)
        try GoldenFile.expect("schema-sqlite.sql", statements)
    }

    @Test("the tables on PostgreSQL", .enabled(if: TestDatabase.engines.contains(.postgres), "needs PostgreSQL"))
    func postgres() async throws {
        let database = try await migrated(.postgres)
        let statements = try await database.read { transaction in
            let columns = try transaction.rows(Self.columns)
            let rules = try transaction.rows(Self.constraints)
            let indexes = try transaction.rows(Self.indexes)
            var statements: [String] = []
            for table in try columns.map({ try $0.text("table_name") }).uniqued() {
                let parts = try (columns + rules).filter { try $0.text("table_name") == table }
                    .map { "    \(try $0.text("definition"))" }
                statements.append("CREATE TABLE \(table) (\n\(parts.joined(separator: ",\n"))\n);")
                statements += try indexes.filter { try $0.text("table_name") == table }
                    .map { try $0.text("definition") + ";" }
            }
            return statements
        }
        #expect(statements.count > 10)
        try GoldenFile.expect("schema-postgres.sql", statements)
    }

    private static let columns: SQL = """
        SELECT c.relname::text AS table_name, a.attname || ' ' || upper(format_type(a.atttypid, a.atttypmod))
            || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
            || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS definition
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
            AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY c.relname::text COLLATE "C", a.attnum
        """

    private static let constraints: SQL = """
        SELECT c.relname::text AS table_name, pg_get_constraintdef(r.oid) AS definition
        FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid
        WHERE c.relnamespace = current_schema()::regnamespace
        ORDER BY c.relname::text COLLATE "C", r.contype, r.conname::text COLLATE "C"
        """

    /// Without those that carry a constraint.
    private static let indexes: SQL = """
        SELECT tablename::text AS table_name, replace(indexdef, current_schema() || '.', '') AS definition
        FROM pg_indexes i
        WHERE schemaname = current_schema() AND NOT EXISTS (
            SELECT 1 FROM pg_constraint r WHERE r.conname = i.indexname
                AND r.connamespace = current_schema()::regnamespace)
        ORDER BY tablename::text COLLATE "C", indexname::text COLLATE "C"
        """
}

extension [String] {
    /// Each once, in the order of the first of them.
    fileprivate func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
