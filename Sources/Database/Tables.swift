/// What tables there are, for those who care for a database as a whole.
extension Transaction {
    /// Whether there is a table, without an error where there is none.
    func hasTable(_ name: String) throws -> Bool {
        switch dialect {
        case .sqlite: try row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = \(name)") != nil
        case .postgres:
            try row(
                """
                SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p') AND relname = \(name)
                AND relnamespace = current_schema()::regnamespace
                """) != nil
        }
    }

    /// Every table of ours and others' in the file, or in our schema.
    func tableNames() throws -> [String] {
        let sql: SQL =
            switch dialect {
            case .sqlite:
                """
                SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                ORDER BY name
                """
            case .postgres:
                """
                SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p')
                AND relnamespace = current_schema()::regnamespace ORDER BY relname::text COLLATE "C"
                """
            }
        return try rows(sql).map { try $0.text(0) }
    }

    /// The columns of a table, in their order.
    func columnNames(of table: String) throws -> [String] {
        let sql: SQL =
            switch dialect {
            case .sqlite: "SELECT name FROM pragma_table_info(\(table)) ORDER BY cid"
            case .postgres:
                """
                SELECT a.attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                WHERE c.relname = \(table) AND c.relnamespace = current_schema()::regnamespace
                AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
                """
            }
        return try rows(sql).map { try $0.text(0) }
    }

    /// The indexes that were made by a statement of their own.
    func indexNames() throws -> [String] {
        let sql: SQL =
            switch dialect {
            case .sqlite: "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
            case .postgres:
                """
                SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE c.relnamespace = current_schema()::regnamespace AND i.indisvalid ORDER BY c.relname::text
                """
            }
        return try rows(sql).map { try $0.text(0) }
    }
}
