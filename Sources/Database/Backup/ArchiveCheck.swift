/// Whether a file of SQLite is whole.
enum ArchiveCheck {
    /// - Throws: `DatabaseError` of kind `damaged` with what SQLite found first.
    static func integrity(_ transaction: any Transaction, _ path: String) throws {
        let found = try transaction.rows("PRAGMA integrity_check(3)").map { try $0.text(0) }
        guard found == ["ok"] else {
            throw DatabaseError(
                .damaged, "\(path) is damaged: \(found.joined(separator: "; ")). It was left as it is: use another one."
            )
        }
    }
}

extension Migrator {
    /// When migrations were applied, from a database that has the same.
    static func takeTimes(from source: any Transaction, to target: any Transaction) throws {
        for applied in try applied(source) {
            try target.run(
                """
                UPDATE callboard_migrations SET applied_at = \(applied.at)
                WHERE feature = \(applied.feature) AND number = \(applied.number)
                """)
        }
    }
}
