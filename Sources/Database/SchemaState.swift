/// What is wrong with a database as a whole, for whoever looks after it; each in words, empty where all is well.
public enum SchemaState {
    private static let most = 20

    /// What the engine says of its own data. SQLite reads every page; thoroughly, each index is compared with its table
    /// too. PostgreSQL has no such question for everybody: what it knows to be wrong is an index that is not valid.
    public static func integrity(_ transaction: any Transaction, isThorough: Bool) throws -> [String] {
        switch transaction.dialect {
        case .sqlite:
            let rows = try transaction.rows(isThorough ? "PRAGMA integrity_check(20)" : "PRAGMA quick_check(20)")
            return try rows.map { try $0.text(0) }.filter { $0 != "ok" }
        case .postgres:
            return try transaction.rows(
                """
                SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready) LIMIT 20
                """
            ).map { "the index \(try $0.text(0)) is not valid: REINDEX INDEX \(try $0.text(0)) makes it anew" }
        }
    }

    /// Migrations that the program does not know, or knows otherwise.
    public static func foreign(_ migrations: [Migration], _ transaction: any Transaction) throws -> [String] {
        let known = Dictionary(migrations.map { ($0.key, $0) }) { first, _ in first }
        return try Migrator.applied(transaction).compactMap { applied in
            guard let migration = known[applied.key] else { return "\(applied.key) (\(applied.name)) is unknown" }
            return migration.checksum(transaction.dialect) == applied.checksum
                ? nil : "\(applied.key) (\(applied.name)) has other statements"
        }
    }

    /// Migrations of the program that are still to be applied.
    public static func missing(_ migrations: [Migration], _ transaction: any Transaction) throws -> [String] {
        let done = Set(try Migrator.applied(transaction).map(\.key))
        return migrations.filter { !done.contains($0.key) }.map { "\($0.key) (\($0.name))" }
    }

    /// Tables that are not there, or have other columns than the applied migrations make.
    public static func wrongTables(_ migrations: [Migration], _ transaction: any Transaction) throws -> [String] {
        try Blueprint(applied(migrations, transaction)).tables.compactMap { table in
            let columns = Set(try transaction.columnNames(of: table.name))
            if columns.isEmpty { return "the table \(table.name) is not there" }
            let lacking = Set(table.columns).subtracting(columns).sorted()
            let more = columns.subtracting(table.columns).sorted()
            if lacking.isEmpty, more.isEmpty { return nil }
            return
                "\(table.name) lacks (\(lacking.joined(separator: ", "))) and has besides (\(more.joined(separator: ", ")))"
        }
    }

    /// Indexes that are not there: the statement that makes each again, or its name where no single one does.
    public static func missingIndexes(_ migrations: [Migration], _ transaction: any Transaction) throws -> [String] {
        let there = Set(try transaction.indexNames())
        let applied = try applied(migrations, transaction)
        let statements = applied.flatMap { $0.statements(transaction.dialect) }.map { statement in
            statement.rendered { "$\($0)" }.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return try Blueprint(applied).indexes.filter { !there.contains($0) }.compactMap { name in
            // The last that made it is the one that is in force.
            let made = statements.last { statement in
                let words = statement.split(separator: " ").prefix(6)
                return words.first == "CREATE" && words.contains("INDEX") && words.contains(Substring(name))
            }
            guard let made else { return name }
            // A table that is not there is told by itself, and comes back with its indexes.
            let isThere = try table(ofIndex: made).map { try !transaction.columnNames(of: $0).isEmpty } ?? true
            return isThere ? "\(made);" : nil
        }
    }

    /// What follows upon `ON`, up to its columns.
    private static func table(ofIndex statement: String) -> String? {
        let words = statement.split(separator: " ").drop { $0 != "ON" }
        return words.dropFirst().first.map { String($0.prefix { $0 != "(" }) }
    }

    private static func applied(_ migrations: [Migration], _ transaction: any Transaction) throws -> [Migration] {
        let done = Set(try Migrator.applied(transaction).map(\.key))
        return migrations.filter { done.contains($0.key) }
    }
}
