import PortalTesting
import Testing

@testable import Database

/// Rows on their way from one database to another.
@Suite struct RowCopyTests {
    @Test("however the nulls of rows lie, few statements stay prepared", arguments: TestDatabase.engines)
    func statements(_ engine: Dialect) async throws {
        let database = try await TestDatabase.open(engine)
        let table = TableShape(name: "things", columns: ["n", "a", "b"])
        let made: SQL = "CREATE TABLE things (n BIGINT PRIMARY KEY, a TEXT, b TEXT)"
        let archive = try SQLiteArchive.inMemory()
        defer { archive.close() }
        try archive.transaction { source in
            try source.run(made)
            for number in 0..<6_000 {
                let (a, b) = (number * 7 % 5 < 2 ? nil : "a", number * 11 % 13 < 6 ? nil : "b")
                try source.run("INSERT INTO things (n, a, b) VALUES (\(number), \(a), \(b))")
            }
        }
        let (read, arrived, prepared) = try await database.write { target in
            try target.run(made)
            return try archive.transaction { source in
                let read = try RowCopy.copy(table, from: source, to: target) { _ in }
                let arrived = try RowCopy.checksum(table, target)
                guard engine == .postgres else { return (read, arrived, 0) }
                return (read, arrived, try target.row("SELECT COUNT(*) FROM pg_prepared_statements")?.int(0) ?? 0)
            }
        }
        #expect(read.rows == 6_000 && arrived == read)
        #expect(prepared < 25, "the server keeps each, and a table has millions of rows")
        await database.close()
    }
}
