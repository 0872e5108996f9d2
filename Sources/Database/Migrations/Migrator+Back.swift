/// The way back: for the operator who upgraded, does not like it, and wants the program before it again.
extension Migrator {
    /// The migrations that lead back, the last applied of each feature first.
    /// - Parameter targets: for each feature the number to stay at; what is not named stays as it is.
    /// - Throws: `DatabaseError`: `newerVersion` or `editedMigration` as `migrate`, `noWayBack` where a migration cannot
    ///   be taken back, or a feature is unknown.
    public func plan(backTo targets: [String: Int], in database: any SQLDatabase) async throws -> [Migration] {
        try await database.read { try plan(backTo: targets, $0) }
    }

    /// Takes migrations back, all in one transaction, while no portal runs on the database.
    /// - Returns: what was taken back.
    /// - Throws: as `plan`; `busy` while a portal runs.
    public func goBack(to targets: [String: Int], in database: any SQLDatabase) async throws -> [Migration] {
        try await database.write { transaction in
            try Presence.requireNobody(transaction, "taken back")
            try Self.lock(transaction)
            let steps = try plan(backTo: targets, transaction)
            for step in steps {
                guard case .statements(let sqlite, let postgres, _) = step.back else { continue }
                for statement in transaction.dialect == .sqlite ? sqlite : postgres { try transaction.run(statement) }
                try transaction.run(
                    "DELETE FROM callboard_migrations WHERE feature = \(step.feature) AND number = \(step.number)")
            }
            return steps
        }
    }

    private func plan(backTo targets: [String: Int], _ transaction: any Transaction) throws -> [Migration] {
        let applied = try Self.applied(transaction)
        try check(applied, transaction.dialect)
        for (feature, number) in targets.sorted(by: { $0.key < $1.key }) {
            guard let last = migrations.last(where: { $0.feature == feature })?.number else {
                let names = Set(migrations.map(\.feature)).sorted().joined(separator: ", ")
                throw DatabaseError(
                    .noWayBack, "There is no feature '\(feature)' with tables; there are \(names).")
            }
            guard (0...last).contains(number) else {
                throw DatabaseError(
                    .noWayBack, "\(feature) has the migrations 1 to \(last), so there is no way back to \(number).")
            }
        }
        let done = Set(applied.map(\.key))
        let steps = migrations.filter { migration in
            done.contains(migration.key) && targets[migration.feature].map { migration.number > $0 } ?? false
        }
        for step in steps.reversed() {
            guard case .none(let reason) = step.back else { continue }
            throw DatabaseError(
                .noWayBack,
                "The migration \(step.key) (\(step.name)) cannot be taken back: \(reason). Restore a backup of before "
                    + "it with the program that made that: callboard restore FILE --replace.")
        }
        return steps.reversed()
    }
}
