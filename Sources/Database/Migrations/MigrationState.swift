/// One migration as program and database see it.
public struct MigrationState: Sendable {
    public enum Standing: Sendable, Hashable {
        case applied
        /// Known to the program; applied at the next start.
        case missing
        /// Applied by a newer program.
        case unknown
        /// Another one was applied under its number.
        case edited
    }

    public let feature: String
    public let number: Int
    public let name: String
    public let standing: Standing
    /// Milliseconds since 1970.
    public let appliedAt: Int64?
    /// Nil for what this program does not know.
    public let back: Migration.WayBack?
}

extension Migrator {
    /// All that program or database know, by feature and number; changes nothing.
    public func states(in database: any SQLDatabase) async throws -> [MigrationState] {
        try await database.read { transaction in
            let applied = try Self.applied(transaction)
            let known = Set(migrations.map(\.key))
            let byKey = Dictionary(applied.map { ($0.key, $0) }) { first, _ in first }
            let ours = migrations.map { migration in
                let done = byKey[migration.key]
                let isSame = done?.checksum == migration.checksum(transaction.dialect)
                return MigrationState(
                    feature: migration.feature, number: migration.number, name: migration.name,
                    standing: done == nil ? .missing : isSame ? .applied : .edited, appliedAt: done?.at,
                    back: migration.back)
            }
            let foreign = applied.filter { !known.contains($0.key) }.map { done in
                MigrationState(
                    feature: done.feature, number: done.number, name: done.name, standing: .unknown,
                    appliedAt: done.at, back: nil)
            }
            return (ours + foreign).sorted { ($0.feature, $0.number) < ($1.feature, $1.number) }
        }
    }
}
