/// How long somebody waits for PostgreSQL: people until a time by which all must be over, background work for as long as
/// the server may take for one statement.
struct PostgresPatience: Sendable {
    /// The server's own limit for a statement, and something for the way.
    private static let longestSilence: Duration = .milliseconds(PostgresSettings.statementTimeout + 5_000)
    private static let connectSeconds = 5

    /// nil for work that nobody waits for.
    let deadline: ContinuousClock.Instant?

    static let background = PostgresPatience(deadline: nil)
    static func people(_ settings: PostgresSettings) -> PostgresPatience {
        PostgresPatience(deadline: .now + settings.patience)
    }

    var isOver: Bool { deadline.map { $0 <= .now } ?? false }

    /// When what is asked now must have been answered.
    var end: ContinuousClock.Instant { deadline ?? .now + Self.longestSilence }

    /// Begins a transaction; the server, too, is to give up what nobody will wait for.
    func begin(isReadOnly: Bool) -> String {
        let begin = isReadOnly ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN"
        guard let deadline else { return begin }
        let limit = Self.serverLimit(Int(ContinuousClock.now.duration(to: deadline) / .milliseconds(1)))
        return "\(begin); SET LOCAL statement_timeout = \(limit); SET LOCAL lock_timeout = \(limit)"
    }

    /// Less than this side waits: what only takes too long is ended by the server, which says so. Else a lock that
    /// somebody holds would look like a server that says nothing, and everybody would be refused for it.
    private static func serverLimit(_ left: Int) -> Int { max(50, left - min(500, left / 4)) }

    /// For libpq's `connect_timeout`, which knows whole seconds from two on.
    var secondsToConnect: Int {
        guard let deadline else { return Self.connectSeconds }
        let left = Int(ContinuousClock.now.duration(to: deadline) / .seconds(1))
        return min(max(left, 2), Self.connectSeconds)
    }
}
