import Testing

@testable import Database

/// What PostgreSQL and libpq say is one line of a log.
@Suite struct PostgresMessageTests {
    @Test(
        "messages of several lines become one",
        arguments: [
            ("refused\n\tIs the server running?", "refused. Is the server running?"),
            ("one.\n\ttwo?\nthree\r\n", "one. two? three"), ("plain", "plain"), ("", ""), ("\n\n", ""),
        ])
    func lines(_ message: String, _ line: String) { #expect(PostgresErrors.oneLine(message) == line) }

    @Test("a server that is not there is told on one line") func away() async {
        var settings = PostgresSettings()
        settings.parameters = ["host": "127.0.0.1", "port": "1", "user": "callboard", "dbname": "portal"]
        do {
            let database = try await ConfiguredDatabase.open(.postgres(settings))
            await database.close()
            Issue.record("Nobody listens there.")
        } catch {
            let message = (error as? DatabaseError)?.message ?? ""
            #expect(message.contains("cannot be reached: ") && message.contains("refused. Is the server"), "\(message)")
            #expect(!message.contains("\n") && !message.contains("\t"))
        }
    }
}
