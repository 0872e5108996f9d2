import CPostgres
import Foundation

/// A libpq connection; used by one thread at a time, that of its `PostgresConnection` or `PostgresListener`.
final class PostgresSession: TransactionEngine {
    /// More prepared statements than this are dropped all at once.
    private static let mostPrepared = 400

    private var connection: OpaquePointer?
    private var prepared: [String: String] = [:]
    private let secrets: [String]
    /// Something was asked and never answered: what comes now would be taken for the answer to something else.
    private var isOutOfStep = false
    /// Of whom the session works for.
    var patience: PostgresPatience

    let dialect = Dialect.postgres

    init(_ settings: PostgresSettings, _ patience: PostgresPatience) throws {
        self.patience = patience
        let keywords = settings.keywords(secondsToConnect: patience.secondsToConnect)
        let start = ContinuousClock.now
        secrets = settings.secrets
        var names = keywords.map { UnsafePointer(strdup($0.0)) } + [nil]
        var values = keywords.map { UnsafePointer(strdup($0.1)) } + [nil]
        defer { for text in names + values { free(UnsafeMutablePointer(mutating: text)) } }
        connection = PQconnectdbParams(&names, &values, 1)
        guard let connection, PQstatus(connection) == CONNECTION_OK else {
            let message = withoutSecrets(Self.message(PQerrorMessage(connection)))
            PQfinish(connection)
            connection = nil
            let isSilent = start.duration(to: .now) > .milliseconds(1_500)
            throw DatabaseError(
                .connection, "\(settings) cannot be reached: \(message)", retry: isSilent ? .silence : .never)
        }
        // Whatever is sent or awaited from now on has its time.
        PQsetnonblocking(connection, 1)
        try command("SET search_path TO \(Self.quoted(settings.schema))")
    }

    deinit { close() }

    func close() {
        if let connection { PQfinish(connection) }
        connection = nil
    }

    var isAlive: Bool { connection.map { PQstatus($0) == CONNECTION_OK && !isOutOfStep } ?? false }

    static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    /// A statement of this module's own words.
    /// - Returns: what the server says it has done: `COMMIT`.
    @discardableResult
    func command(_ text: String) throws -> String {
        try start(PQsendQuery(connection, text))
        var status = ""
        try results { status = Self.text(PQcmdStatus($0)) }
        return status
    }

    /// All results of what was started; the connection is free again only when every one has been taken.
    private func results(_ take: (OpaquePointer) throws -> Void) throws {
        var failure: (any Error)?
        while let result = try nextResult() {
            defer { PQclear(result) }
            if failure != nil { continue }
            do {
                try check(result)
                try take(result)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Sees to it that the server gets what was asked.
    /// - Parameter isSent: what libpq's function said.
    private func start(_ isSent: Int32) throws {
        guard isSent == 1, !isOutOfStep else { throw lost() }
        let end = patience.end
        while true {
            switch PQflush(connection) {
            case 0: return
            case 1: try wait(for: Int16(POLLIN | POLLOUT), until: end)
            default: throw lost()
            }
            // A server that waits for somebody to read takes nothing.
            guard PQconsumeInput(connection) == 1 else { throw lost() }
        }
    }

    private func nextResult() throws -> OpaquePointer? {
        if PQisBusy(connection) == 1 {
            let end = patience.end
            repeat {
                try wait(for: Int16(POLLIN), until: end)
                // What is wrong is told by the result.
                guard PQconsumeInput(connection) == 1 else { break }
            } while PQisBusy(connection) == 1
        }
        return PQgetResult(connection)
    }

    /// - Throws: `DatabaseError` of kind `timeout` where nothing happens until then; the session is over with it.
    private func wait(for events: Int16, until end: ContinuousClock.Instant) throws {
        while true {
            let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
            var wanted = pollfd(fd: PQsocket(connection), events: events, revents: 0)
            let found = left > 0 ? poll(&wanted, 1, Int32(min(left.rounded(.up), 60_000))) : 0
            if found > 0 { return }
            if found < 0, errno != EINTR { throw lost() }
            if ContinuousClock.now >= end {
                isOutOfStep = true
                throw DatabaseError(.timeout, "PostgreSQL did not answer in time.", retry: .silence)
            }
        }
    }

    func notify(_ channel: String) throws { _ = try run("SELECT pg_notify('callboard', \(channel))") }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try send(sql)
        PQsetSingleRowMode(connection)
        var columns: [String]?
        // Cancelling after an error of the body would be quicker, and would end the transaction of one that goes on.
        try results { result in
            for row in 0..<PQntuples(result) {
                let names = columns ?? Self.columns(result)
                columns = names
                try body(Row(columns: names, values: PostgresValue.row(result, row)))
            }
        }
    }

    func run(_ sql: SQL) throws -> Int {
        try send(sql)
        var changed = 0
        try results { changed = Int(Self.text(PQcmdTuples($0))) ?? changed }
        return changed
    }

    private func send(_ sql: SQL) throws {
        let (text, values) = sql.rendered { "$\($0)" }
        let parameters = values.map(PostgresParameter.init)
        let name = try prepare(text, parameters)
        let isSent = parameters.withPointers { values, lengths, formats in
            PQsendQueryPrepared(connection, name, Int32(parameters.count), values, lengths, formats, 0)
        }
        try start(isSent)
    }

    /// Drops the prepared statements where there are too many. Called between transactions: in a failed one it would be
    /// refused, and the server would keep statements that this side has forgotten.
    func forgetStatements() throws {
        guard prepared.count >= Self.mostPrepared else { return }
        try command("DEALLOCATE ALL")
        prepared.removeAll()
    }

    func hasSchema(_ name: String) throws -> Bool {
        var isThere = false
        try forEach("SELECT 1 FROM pg_namespace WHERE nspname = \(name)") { _ in isThere = true }
        return isThere
    }

    private func prepare(_ text: String, _ parameters: [PostgresParameter]) throws -> String {
        let key = parameters.reduce(into: text) { $0 += " \($1.type)" }
        if let name = prepared[key] { return name }
        let name = "callboard_\(prepared.count)"
        try start(PQsendPrepare(connection, name, text, Int32(parameters.count), parameters.map(\.type)))
        try results { _ in }
        prepared[key] = name
        return name
    }

    private func check(_ result: OpaquePointer?) throws {
        guard let result else { throw lost() }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_EMPTY_QUERY: return
        default:
            let state = Self.text(PQresultErrorField(result, Int32(UInt8(ascii: "C"))))
            let message = Self.message(PQresultErrorField(result, Int32(UInt8(ascii: "M"))))
            if !isAlive { throw lost() }
            throw PostgresErrors.translate(state, message)
        }
    }

    private func lost() -> DatabaseError {
        DatabaseError(
            .connection,
            "The connection to PostgreSQL was lost: \(withoutSecrets(Self.message(PQerrorMessage(connection))))",
            retry: .connection)
    }

    private func withoutSecrets(_ message: String) -> String {
        secrets.reduce(message) { $0.replacing($1, with: "…") }
    }

    private static func columns(_ result: OpaquePointer) -> [String] {
        (0..<PQnfields(result)).map { text(PQfname(result, $0)) }
    }

    static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0).trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
    }

    /// What went wrong, on one line: libpq's have several, the later ones indented.
    private static func message(_ pointer: UnsafePointer<CChar>?) -> String { PostgresErrors.oneLine(text(pointer)) }

    /// Waits for notifications of `LISTEN`, at most so long.
    /// - Returns: the payloads that came.
    /// - Throws: `DatabaseError` of kind `connection` where the connection is gone.
    func waitForNotifications(milliseconds: Int32) throws -> [String] {
        var wanted = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, milliseconds) >= 0 || errno == EINTR else { throw lost() }
        guard PQconsumeInput(connection) == 1, isAlive else { throw lost() }
        var payloads: [String] = []
        while let notification = PQnotifies(connection) {
            payloads.append(Self.text(notification.pointee.extra))
            PQfreemem(notification)
        }
        return payloads
    }
}

/// PostgreSQL's errors in our words, by SQLSTATE.
enum PostgresErrors {
    static func oneLine(_ message: String) -> String {
        message.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }.reduce("") { text, line in
                let isEnded = text.isEmpty || ".:;?!".contains(text.suffix(1))
                return text.isEmpty ? line : "\(text)\(isEnded ? "" : ".") \(line)"
            }
    }

    static func translate(_ state: String, _ message: String) -> DatabaseError {
        switch state {
        case "23505": DatabaseError(.uniqueViolation, message)
        case "40001", "40P01": DatabaseError(.busy, message, retry: .transaction)
        case "55P03": DatabaseError(.busy, message)
        case "57014", "25P03": DatabaseError(.timeout, message)
        case "53100": DatabaseError(.full, message)
        // A migration of another replica changed what a prepared statement was made for, or a proxy dropped it.
        case "0A000", "26000": DatabaseError(.statement, "\(message) (\(state))", retry: .connection)
        case "53300", "57P01", "57P02", "57P03": DatabaseError(.connection, message, retry: .connection)
        default:
            switch state.prefix(2) {
            case "23": DatabaseError(.constraintViolation, message)
            case "08": DatabaseError(.connection, message, retry: .connection)
            default: DatabaseError(.statement, "\(message) (\(state))")
            }
        }
    }
}
