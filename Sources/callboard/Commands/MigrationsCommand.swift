import ArgumentParser
import Database
import PortalKit
import PortalServer

/// `callboard migrations`
struct MigrationsCommand: PortalCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrations", abstract: "Lists the migrations of a portal's database; changes nothing.",
        discussion: """
            For each its feature and number, when it was applied, and what taking it back loses. Exits with 1 where this \
            program and the database do not fit: a migration is unknown or was edited.
            """)

    @OptionGroup var files: ConfigOptions

    func run(with tools: CommandTools) async throws {
        let operations = try Operations(standardPlugins, configPaths: files.config)
        let states = try await operations.migrationStates()
        tools.note(operations.database.summary)
        let rows = states.map { state in
            ["\(state.feature):\(state.number)", state.standing.text(state.appliedAt), state.name, state.backText]
        }
        for line in Self.aligned(rows) { tools.print(line) }
        if states.contains(where: { $0.standing == .unknown || $0.standing == .edited }) { throw ExitCode(1) }
    }

    /// Columns of one width, but for the last.
    private static func aligned(_ rows: [[String]]) -> [String] {
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
                + "  " + row[3]
        }
    }
}

extension MigrationState.Standing {
    fileprivate func text(_ at: Int64?) -> String {
        let time = at.map { " \(UTCTime.text($0))" } ?? ""
        return switch self {
        case .applied: "applied\(time)"
        case .missing: "missing: applied at the next start"
        case .unknown: "UNKNOWN, of a newer program\(time)"
        case .edited: "EDITED: another one was applied\(time)"
        }
    }
}

extension MigrationState {
    fileprivate var backText: String {
        switch back {
        case .statements(_, _, let loses?): "back: loses \(loses)"
        case .statements(_, _, nil): "back: loses nothing"
        case .none(let reason)?: "no way back: \(reason)"
        case nil: "the newer program knows the way back"
        }
    }
}
