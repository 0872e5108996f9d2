/// Whether a portal runs on a database of PostgreSQL. Each has a connection that listens, and with it holds a lock that
/// ends with the connection; whoever must be alone asks for all of it. For SQLite `PortalLock` does this.
enum Presence {
    /// Shared by portals, for as long as the session lives. Waits for who is alone.
    static let share: SQL = "SELECT pg_advisory_lock_shared(7008, hashtext(current_schema()))"

    /// Refuses a portal while somebody is alone on the database.
    static func check(_ transaction: any TransactionEngine) throws {
        var isFree = false
        try transaction.forEach("SELECT pg_try_advisory_lock_shared(7008, hashtext(current_schema()))") {
            isFree = try $0.bool(0)
        }
        guard isFree else {
            throw DatabaseError(
                .busy,
                "This database is just being restored or its migrations taken back. Start again when that is done.")
        }
        try transaction.forEach("SELECT pg_advisory_unlock_shared(7008, hashtext(current_schema()))") { _ in }
    }

    /// Keeps portals away until the transaction ends.
    /// - Parameter what: is being done to the database, as the end of a sentence.
    /// - Throws: `DatabaseError` of kind `busy` while one is there.
    static func requireNobody(_ transaction: any Transaction, _ what: String) throws {
        guard transaction.dialect == .postgres else { return }
        let row = try transaction.row("SELECT pg_try_advisory_xact_lock(7008, hashtext(current_schema()))")
        if try row?.bool(0) == true { return }
        let holders = try transaction.rows(
            """
            SELECT a.pid, COALESCE(a.client_addr::text, 'this machine') FROM pg_locks l JOIN pg_stat_activity a
            ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.classid = 7008 AND l.granted
            AND l.objid::bigint = (hashtext(current_schema())::bigint & 4294967295) ORDER BY a.pid LIMIT 5
            """
        ).map { "\(try $0.integer(0)) from \(try $0.text(1))" }
        throw DatabaseError(
            .busy,
            "This database cannot be \(what) while a portal runs on it (PostgreSQL's processes "
                + "\(holders.joined(separator: ", "))). Stop every replica first.")
    }
}
