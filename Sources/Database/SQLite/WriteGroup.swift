import GRDB

/// Writes that share a transaction, from their first statement to their callers' answers.
struct WriteGroup {
    private struct Outcome {
        let write: PendingWrite
        let result: Result<@Sendable () -> Void, any Error>
        let channels: Set<String>
    }

    private let database: GRDB.Database
    private var outcomes: [Outcome] = []

    init(_ database: GRDB.Database) { self.database = database }

    var count: Int { outcomes.count }
    var writes: [PendingWrite] { outcomes.map(\.write) }

    /// Runs writes until `next` has no more and commits them.
    /// - Returns: why the whole group was lost, if it was.
    mutating func commit(next: (_ taken: Int, _ elapsed: Duration) -> PendingWrite?) -> (any Error)? {
        let start = ContinuousClock.now
        do {
            try database.beginTransaction(.immediate)
            while let write = next(outcomes.count, start.duration(to: .now)) {
                outcomes.append(run(write))
                // A full disk or a read error ends the transaction at once, and with it what went before.
                if !database.isInsideTransaction { return lossReason() }
            }
            try database.commit()
            return nil
        } catch {
            if outcomes.isEmpty, let write = next(0, .zero) {
                outcomes.append(Outcome(write: write, result: .failure(error), channels: []))
            }
            if database.isInsideTransaction { try? database.rollback() }
            return error
        }
    }

    /// Hands their results to the callers, after the commit.
    func succeed(_ hub: NotificationHub) {
        for outcome in outcomes {
            switch outcome.result {
            case .success(let deliver): deliver()
            case .failure(let error): outcome.write.fail(error)
            }
        }
        for channel in outcomes.reduce(into: Set<String>(), { $0.formUnion($1.channels) }) { hub.broadcast(channel) }
    }

    func fail(_ error: any Error) {
        for outcome in outcomes { outcome.write.fail(error) }
    }

    private func run(_ write: PendingWrite) -> Outcome {
        let engine = SQLiteTransaction(database)
        let transaction = OpenTransaction(engine)
        do {
            try database.execute(sql: "SAVEPOINT callboard_write")
            let deliver = try write.attempt(transaction)
            if let failure = transaction.failure { throw failure }
            transaction.end()
            try database.execute(sql: "RELEASE SAVEPOINT callboard_write")
            return Outcome(write: write, result: .success(deliver), channels: engine.channels)
        } catch {
            transaction.end()
            if database.isInsideTransaction {
                try? database.execute(sql: "ROLLBACK TO SAVEPOINT callboard_write")
                try? database.execute(sql: "RELEASE SAVEPOINT callboard_write")
            }
            return Outcome(write: write, result: .failure(error), channels: [])
        }
    }

    private func lossReason() -> any Error {
        if case .failure(let error)? = outcomes.last?.result { return error }
        return DatabaseError(.statement, "A write ended the transaction that it shares with others.")
    }
}
