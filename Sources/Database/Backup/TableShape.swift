/// A table as our migrations make it.
struct TableShape: Sendable, Hashable {
    let name: String
    let columns: [String]

    /// Both come from our own migrations, and from nothing outside.
    var quotedName: String { Self.quoted(name) }
    var columnList: String { columns.map(Self.quoted).joined(separator: ", ") }

    static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}

/// What some migrations make: found by applying them to a database in memory.
struct Blueprint: Sendable {
    static let migrationTable = "callboard_migrations"

    /// By name, without the list of migrations.
    let tables: [TableShape]
    let indexes: [String]

    init(_ migrations: [Migration]) throws {
        let archive = try SQLiteArchive.inMemory()
        defer { archive.close() }
        (tables, indexes) = try archive.transaction { transaction in
            _ = try Migrator(migrations).migrate(in: transaction)
            let names = try transaction.tableNames().filter { $0 != Self.migrationTable }
            let tables = try names.map { TableShape(name: $0, columns: try transaction.columnNames(of: $0)) }
            return (tables, try transaction.indexNames())
        }
    }
}
